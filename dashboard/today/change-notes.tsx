import type { ReactNode } from "react";
import type { ChangesAnswer } from "../../src/contract/today.ts";
import { useSpeech } from "../i18n/language.tsx";

/** A difference that chance alone would make this often says little. */
const CHANCE = 0.05;

/** What about the two spans one must know before believing their difference. */
export function ChangeNotes(props: { readonly answer: ChangesAnswer }): ReactNode {
  const { t, n, formats } = useSpeech();
  const { partialDay, immature, evidence, frame, by, span } = props.answer;
  const judged = by === "qualified" || by === "cpql";
  return (
    <>
      {evidence !== null && evidence.p >= CHANCE ? (
        <p className="changes-note" data-note="chance">
          {t("changes.chance", {
            after: formats.count(evidence.after),
            before: formats.count(evidence.before),
          })}
        </p>
      ) : null}
      {partialDay !== null && span !== "period" ? (
        <p className="changes-note" data-note="partial">
          {t(`changes.partial.${partialDay.why}`, {
            day: formats.day(partialDay.day),
            time: partialDay.lastArrival?.slice(11, 16) ?? "",
            spend: formats.moneyShort(partialDay.spendMinor, frame),
            leads: n("waits.leads", partialDay.leads),
          })}
        </p>
      ) : null}
      {immature !== null && judged ? (
        <p className="changes-note" data-note="immature">
          {t("changes.immature", {
            age: n("count.days", immature.ageDays),
            horizon: n("count.days", immature.horizonDays),
          })}{" "}
          {immature.qualifiedAtSameAge
            ? t("changes.sameAge", {
                after: formats.count(immature.qualifiedAtSameAge.after),
                before: formats.count(immature.qualifiedAtSameAge.before),
              })
            : null}
        </p>
      ) : null}
    </>
  );
}
