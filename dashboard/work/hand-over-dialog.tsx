import { type ReactNode, useState } from "react";
import type { TeamRow } from "../../src/contract/work.ts";
import { useSpeech } from "../i18n/language.tsx";
import { DoneDialog } from "../parts/done-dialog.tsx";
import { Field } from "../parts/field.tsx";
import { FormDialog } from "../parts/form-dialog.tsx";
import { useAssign } from "../query/work.ts";

const RULES = ["in_turn", "by_load", "pool"] as const;
const PERSON = "person:";

/** All open leads of a person go to somebody else, as who is away, or leaves, needs. */
export function HandOverDialog(props: {
  readonly from: TeamRow;
  readonly team: readonly TeamRow[];
  readonly onClose: () => void;
}): ReactNode {
  const { t, n } = useSpeech();
  const { from, team, onClose } = props;
  const assign = useAssign();
  const [to, setTo] = useState<string>("in_turn");
  const others = team.filter(({ person, awayNow }) => person !== from.person && !awayNow);
  if (assign.data)
    return (
      <DoneDialog title={t("team.handOverTitle", { name: from.name })} onClose={onClose}>
        <p>
          {assign.data.kept > 0 ? n("team.assigned", assign.data.kept) : t("team.assignedNone")}
        </p>
        {assign.data.refused > 0 ? (
          <p className="bad">{n("team.refused", assign.data.refused)}</p>
        ) : null}
      </DoneDialog>
    );
  const submit = () => {
    const rule = RULES.find((one) => one === to);
    assign.mutate({
      from: from.person,
      to: rule === undefined ? { person: to.slice(PERSON.length) } : { rule },
    });
  };
  return (
    <FormDialog
      title={t("team.handOverTitle", { name: from.name })}
      deed={t("team.handOver")}
      busy={assign.isPending}
      error={assign.error}
      onClose={onClose}
      onSubmit={submit}
    >
      <p>{t("team.handOverAll", { name: from.name, leads: n("count.leads", from.open) })}</p>
      <Field label={t("team.to")}>
        {(names) => (
          <select
            {...names}
            className="input"
            value={to}
            onChange={(event) => setTo(event.target.value)}
          >
            {RULES.map((rule) => (
              <option key={rule} value={rule}>
                {t(`team.to.${rule}`)}
              </option>
            ))}
            {others.map(({ person, name }) => (
              <option key={person} value={`${PERSON}${person}`}>
                {name}
              </option>
            ))}
          </select>
        )}
      </Field>
    </FormDialog>
  );
}
