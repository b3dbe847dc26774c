import { type ReactNode, useMemo } from "react";
import { useSpeech } from "../i18n/language.tsx";
import { Field } from "../parts/field.tsx";
import { type Address, HOME } from "../route/address.ts";
import { useLink } from "../route/use-address.ts";
import { shownSetting } from "../settings/draft.ts";
import { AssignmentField } from "../settings/work-fields.tsx";
import type { StepProps } from "./first-hour.tsx";

/** How a new lead finds its rep, and who the lead table names. */
export function CallersStep({ evidence, answer, draft, onChange }: StepProps): ReactNode {
  const { t, n, formats } = useSpeech();
  const { callers } = evidence;
  const people = useMemo<Address>(() => ({ ...HOME, place: "settings", settings: "people" }), []);
  const link = useLink(people);
  return (
    <>
      <p>
        {callers.named.length === 0
          ? t("first.callers.none")
          : t("first.callers.named", {
              names: formats.count(callers.named.length),
              leads: formats.count(callers.namedLeads),
              of: formats.count(callers.leads),
            })}{" "}
        {t("first.callers.reps", { n: formats.count(callers.reps) })}
      </p>
      {callers.named.length > 0 ? (
        <table className="table first-table">
          <tbody>
            {callers.named.map((one) => (
              <tr key={one.name}>
                <th scope="row">
                  <bdi>{one.name}</bdi>
                </th>
                <td className="number">{n("waits.leads", one.leads)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      <Field label={t("settings.assignment")} help={t("settings.assignment.help")}>
        {(names) => (
          <AssignmentField
            names={names}
            value={shownSetting(draft, answer, "assignment")}
            onChange={(assignment) =>
              onChange({ ...draft, settings: { ...draft.settings, assignment } })
            }
          />
        )}
      </Field>
      <p>
        <a {...link} className="button">
          {t("first.callers.invite")}
        </a>
      </p>
    </>
  );
}
