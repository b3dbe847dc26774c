import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { HeldAnswer, WorkLead } from "../../src/contract/work.ts";
import { useSpeech } from "../i18n/language.tsx";
import { Answered, Skeleton, useNow } from "../parts/panel.tsx";
import { SearchInput } from "../parts/search-input.tsx";
import type { Refusal } from "../query/http.ts";
import { dueWords } from "./due.ts";
import { keyOf } from "./queue.ts";

/** Open leads to choose from, in the order of calling. */
export function HeldLeads(props: {
  readonly held: UseQueryResult<HeldAnswer, Refusal>;
  readonly search: string;
  readonly onSearch: (search: string) => void;
  readonly chosen: ReadonlySet<string>;
  readonly fault: boolean;
  readonly onChosen: (leads: readonly WorkLead[], on: boolean) => void;
}): ReactNode {
  const speech = useSpeech();
  const { t, n } = speech;
  const { chosen, onChosen } = props;
  const nowMs = useNow(true);
  return (
    <div className="held">
      <SearchInput name={t("work.search")} value={props.search} onChange={props.onSearch} />
      <Answered query={props.held} skeleton={<Skeleton className="skeleton-table" />}>
        {({ items, total }) => (
          <>
            <label className="check held-all">
              <input
                type="checkbox"
                checked={items.length > 0 && items.every((lead) => chosen.has(keyOf(lead)))}
                onChange={(event) => onChosen(items, event.target.checked)}
              />
              {n("team.allShown", items.length)}
            </label>
            <ul className="held-list">
              {items.map((lead) => {
                const due = dueWords(lead, speech, nowMs);
                return (
                  <li key={keyOf(lead)}>
                    <label className="check">
                      <input
                        type="checkbox"
                        checked={chosen.has(keyOf(lead))}
                        onChange={(event) => onChosen([lead], event.target.checked)}
                      />
                      <bdi>{lead.name ?? t("work.noName", { id: lead.leadId })}</bdi>
                      <span className={`label-soft lead-${due.mood}`}>{due.text}</span>
                    </label>
                  </li>
                );
              })}
            </ul>
            {total > items.length ? (
              <p className="label-soft">{n("work.more", total - items.length)}</p>
            ) : null}
          </>
        )}
      </Answered>
      <p className="bad" role="alert">
        {props.fault ? t("team.chooseLeads") : null}
      </p>
    </div>
  );
}
