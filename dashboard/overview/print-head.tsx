import type { ReactNode } from "react";
import type { Period } from "../../src/contract/common.ts";
import { useSpeech } from "../i18n/language.tsx";
import type { Selection } from "../route/address.ts";

/** On paper: what is being looked at, in words, where the screen has its filters. */
export function PrintHead(props: {
  readonly selection: Selection;
  readonly shown: Period | undefined;
}): ReactNode {
  const { t, formats } = useSpeech();
  const { selection, shown } = props;
  const filters = [
    [t("filters.account"), selection.account],
    [t("filters.project"), selection.project],
  ] as const;
  return (
    <div className="print-only print-head">
      <p>
        <strong translate="no">{t("app.name")}</strong>
        {shown ? <> · {formats.period(shown.from, shown.to)}</> : null} ·{" "}
        {t(`basis.${selection.basis}`)}
        {selection.asOf === null ? null : (
          <> · {t("filters.asOf", { day: formats.day(selection.asOf) })}</>
        )}
      </p>
      {filters.map(([name, values]) =>
        values.length === 0 ? null : (
          <p key={name}>
            {name}: <bdi>{formats.list(values)}</bdi>
          </p>
        ),
      )}
      {selection.campaign.length === 0 ? null : (
        <p>{t("filters.campaignsOf", { n: formats.count(selection.campaign.length) })}</p>
      )}
    </div>
  );
}
