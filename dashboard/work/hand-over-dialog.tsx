import { type ReactNode, useState } from "react";
import type { AssignRequest, TeamRow } from "../../src/contract/work.ts";
import { useSpeech } from "../i18n/language.tsx";
import { DoneDialog } from "../parts/done-dialog.tsx";
import { Field } from "../parts/field.tsx";
import { FormDialog } from "../parts/form-dialog.tsx";
import { Segmented } from "../parts/segmented.tsx";
import { useAssign, useHeld } from "../query/work.ts";
import { HeldLeads } from "./held-leads.tsx";
import { keyOf } from "./queue.ts";

const RULES = ["in_turn", "by_load", "pool"] as const;
const PERSON = "person:";

/** Whose leads are handed over: a person's, or those of an account that nobody has. */
export type Whose =
  | { readonly kind: "person"; readonly row: TeamRow }
  | { readonly kind: "pool"; readonly account: string; readonly leads: number };

/** Leads go to somebody else: one, several, or all, as who is away needs. */
export function HandOverDialog(props: {
  readonly whose: Whose;
  readonly team: readonly TeamRow[];
  readonly onClose: () => void;
}): ReactNode {
  const { t, n } = useSpeech();
  const { whose, team, onClose } = props;
  const assign = useAssign();
  const pool = whose.kind === "pool";
  const [to, setTo] = useState<string>("in_turn");
  const [all, setAll] = useState(!pool);
  const [search, setSearch] = useState("");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [missing, setMissing] = useState(false);
  const held = useHeld(
    pool ? { account: whose.account } : all ? null : { person: whose.row.person },
    search,
  );
  const title = pool
    ? t("team.giveOutTitle", { account: whose.account })
    : t("team.handOverTitle", { name: whose.row.name });
  if (assign.data)
    return (
      <DoneDialog title={title} onClose={onClose}>
        <p>
          {assign.data.kept > 0 ? n("team.assigned", assign.data.kept) : t("team.assignedNone")}
        </p>
        {assign.data.refused > 0 ? (
          <p className="bad">{n("team.refused", assign.data.refused)}</p>
        ) : null}
      </DoneDialog>
    );
  const others = team.filter(
    ({ person, awayNow }) => !awayNow && (pool || person !== whose.row.person),
  );
  const rules = pool ? RULES.filter((rule) => rule !== "pool") : RULES;
  const submit = () => {
    const leads = [...chosen].map((key) => {
      const [account, leadId] = JSON.parse(key) as [string, string];
      return { account, leadId };
    });
    setMissing(!all && leads.length === 0);
    if (!all && leads.length === 0) return;
    const rule = RULES.find((one) => one === to);
    const asked: AssignRequest = {
      to: rule === undefined ? { person: to.slice(PERSON.length) } : { rule },
      ...(all && !pool ? { from: whose.row.person } : { leads }),
    };
    assign.mutate(asked);
  };
  return (
    <FormDialog
      title={title}
      deed={t(pool ? "team.giveOut" : "team.handOver")}
      busy={assign.isPending}
      error={assign.error}
      onClose={onClose}
      onSubmit={submit}
    >
      {pool ? null : (
        <Segmented
          name={t("team.which")}
          value={all ? "all" : "chosen"}
          choices={[
            { value: "all", label: `${t("team.all")} · ${n("count.leads", whose.row.open)}` },
            { value: "chosen", label: t("team.chosen") },
          ]}
          onChange={(which) => setAll(which === "all")}
        />
      )}
      {all ? null : (
        <HeldLeads
          held={held}
          search={search}
          onSearch={setSearch}
          chosen={chosen}
          fault={missing && chosen.size === 0}
          onChosen={(leads, on) => {
            const next = new Set(chosen);
            for (const lead of leads) {
              if (on) next.add(keyOf(lead));
              else next.delete(keyOf(lead));
            }
            setChosen(next);
          }}
        />
      )}
      <Field label={t("team.to")}>
        {(names) => (
          <select
            {...names}
            className="input"
            value={to}
            onChange={(event) => setTo(event.target.value)}
          >
            {rules.map((rule) => (
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
