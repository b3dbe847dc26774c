import { type ReactNode, useState } from "react";
import type { WorkAccount, WorkEntry, WorkLead } from "../../src/contract/work.ts";
import { useSpeech } from "../i18n/language.tsx";
import type { Speech } from "../i18n/speech.ts";
import { Failure } from "../parts/panel.tsx";
import { useHistory } from "../query/work.ts";
import { statusWords } from "./statuses.ts";

function entryWords(entry: WorkEntry, speech: Speech): string {
  const { t } = speech;
  if (entry.kind === "status" && entry.status !== null)
    return t(entry.takenBack ? "work.entry.takenBack" : "work.entry.status", {
      status: statusWords(speech, entry.status),
    });
  if (entry.kind === "assigned" && entry.assignee === null) return t("work.entry.toPool");
  if (entry.kind === "assigned")
    return t("work.entry.assigned", { name: entry.assigneeName ?? entry.assignee ?? "" });
  return t(`work.entry.${entry.kind === "status" ? "note" : entry.kind}`);
}

/** What happened to a lead here, on request: most calls need none of it. */
export function History(props: {
  readonly lead: WorkLead;
  readonly statuses: WorkAccount["statuses"];
}): ReactNode {
  const speech = useSpeech();
  const { t, formats } = speech;
  const [open, setOpen] = useState(false);
  const { lead } = props;
  const history = useHistory(open ? { account: lead.account, leadId: lead.leadId } : null);
  if (lead.version === 0) return null;
  return (
    <details
      className="lead-history"
      open={open}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>{t("work.history")}</summary>
      {history.error && !history.data ? <Failure error={history.error} /> : null}
      <ol>
        {(history.data?.items ?? []).map((entry) => (
          <li key={`${entry.recordedAt} ${entry.kind}`}>
            <p>
              {entryWords(entry, speech)}
              <span className="label-soft"> {formats.instant(entry.at)}</span>
            </p>
            {entry.note === null ? null : (
              <p className="soft">
                <bdi>{entry.note}</bdi>
              </p>
            )}
          </li>
        ))}
      </ol>
    </details>
  );
}
