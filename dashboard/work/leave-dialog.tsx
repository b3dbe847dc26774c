import { type ReactNode, useState } from "react";
import type { TeamRow } from "../../src/contract/work.ts";
import { useSpeech } from "../i18n/language.tsx";
import { Field } from "../parts/field.tsx";
import { FormDialog } from "../parts/form-dialog.tsx";
import { useLeave } from "../query/work.ts";

/** Days on which somebody takes no new leads. */
export function LeaveDialog(props: {
  readonly row: TeamRow;
  readonly onClose: () => void;
}): ReactNode {
  const { t, formats } = useSpeech();
  const { row, onClose } = props;
  const leave = useLeave();
  const [from, setFrom] = useState("");
  const [to, setTo] = useState("");
  const [fault, setFault] = useState(false);
  const days = [
    { label: "team.leaveFrom", value: from, set: setFrom },
    { label: "team.leaveTo", value: to, set: setTo },
  ] as const;
  return (
    <FormDialog
      title={t("team.leaveTitle", { name: row.name })}
      deed={t("team.leaveSave")}
      busy={leave.isPending}
      error={leave.error}
      onClose={onClose}
      onSubmit={() => {
        const wrong = from === "" || to === "" || from > to;
        setFault(wrong);
        if (!wrong) leave.mutate({ person: row.person, from, to }, { onSuccess: onClose });
      }}
    >
      <p className="soft">{t("team.leaveHelp")}</p>
      {row.away.map((one) => (
        <p key={one.from} className="leave">
          {formats.period(one.from, one.to)}
          <button
            type="button"
            className="button"
            disabled={leave.isPending}
            onClick={() => leave.mutate({ person: row.person, ...one, cancel: true })}
          >
            {t("team.leaveCancel")}
          </button>
        </p>
      ))}
      {days.map(({ label, value, set }) => (
        <Field key={label} label={t(label)} fault={fault ? t("team.leaveOrder") : null}>
          {(names) => (
            <input
              {...names}
              type="date"
              className="input"
              value={value}
              onChange={(event) => set(event.target.value)}
            />
          )}
        </Field>
      ))}
    </FormDialog>
  );
}
