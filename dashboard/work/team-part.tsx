import { type ReactNode, useState } from "react";
import type { TeamAnswer, TeamRow } from "../../src/contract/work.ts";
import { useSpeech } from "../i18n/language.tsx";
import { useFewFirst } from "../parts/few-first.tsx";
import { Answered, Panel, Skeleton } from "../parts/panel.tsx";
import { useTeam } from "../query/work.ts";
import { HandOverDialog, type Whose } from "./hand-over-dialog.tsx";
import { LeaveDialog } from "./leave-dialog.tsx";
import "../styles/work.css";

type Open =
  | { readonly deed: "hand-over"; readonly whose: Whose }
  | { readonly deed: "leave"; readonly row: TeamRow };

/** Leads → Team: who has how much to do, what nobody has, and handing it over. */
export function TeamPart(): ReactNode {
  const { t, n, formats } = useSpeech();
  const team = useTeam();
  const [open, setOpen] = useState<Open | null>(null);
  return (
    <Answered query={team} stacked skeleton={<Skeleton className="skeleton-table" />}>
      {({ items, pool, strangers }) => (
        <>
          <Panel title={t("leads.tab.team")} className="team">
            {items.length === 0 ? <p className="soft">{t("team.none")}</p> : null}
            <ul className="team-list">
              {items.map((row) => (
                <li key={row.person} data-person={row.person}>
                  <p className="team-name">
                    <bdi>{row.name}</bdi>
                    {row.awayNow ? (
                      <span className="badge badge-warn">{t("team.awayNow")}</span>
                    ) : null}
                  </p>
                  <dl>
                    <div data-team="open">
                      <dt>{t("team.open")}</dt>
                      <dd>{formats.count(row.open)}</dd>
                    </div>
                    <div data-team="overdue">
                      <dt>{t("team.overdue")}</dt>
                      <dd className={row.overdue > 0 ? "bad" : ""}>{formats.count(row.overdue)}</dd>
                    </div>
                    <div data-team="done">
                      <dt>{t("team.done")}</dt>
                      <dd>{formats.count(row.doneToday)}</dd>
                    </div>
                  </dl>
                  <p className="soft team-about">
                    {row.away.map(({ from, to }) => (
                      <span key={from}>
                        {t("team.awayDays", { days: formats.period(from, to) })}
                      </span>
                    ))}
                  </p>
                  <div className="buttons">
                    <button
                      type="button"
                      className="button"
                      disabled={row.open === 0}
                      aria-label={`${t("team.handOver")}: ${row.name}`}
                      onClick={() => setOpen({ deed: "hand-over", whose: { kind: "person", row } })}
                    >
                      {t("team.handOver")}
                    </button>
                    <button
                      type="button"
                      className="button"
                      aria-label={`${t("team.leave")}: ${row.name}`}
                      onClick={() => setOpen({ row, deed: "leave" })}
                    >
                      {t("team.leave")}
                    </button>
                  </div>
                </li>
              ))}
            </ul>
          </Panel>
          <Pool
            pool={pool}
            onGiveOut={(account, leads) =>
              setOpen({ deed: "hand-over", whose: { kind: "pool", account, leads } })
            }
          />
          {strangers.length === 0 ? null : (
            <Panel title={t("team.strangers")}>
              <p className="soft">{t("team.strangersHelp")}</p>
              <ul className="team-pool">
                {strangers.slice(0, 50).map(({ account, name, leads }) => (
                  <li key={`${account} ${name}`}>
                    <bdi>{name}</bdi>
                    <bdi className="soft">{account}</bdi>
                    <span>{n("count.leads", leads)}</span>
                  </li>
                ))}
              </ul>
              {strangers.length > 50 ? (
                <p className="soft">{n("count.restGroups", strangers.length - 50)}</p>
              ) : null}
            </Panel>
          )}
          {open?.deed === "hand-over" ? (
            <HandOverDialog whose={open.whose} team={items} onClose={() => setOpen(null)} />
          ) : null}
          {open?.deed === "leave" ? (
            <LeaveDialog
              row={items.find(({ person }) => person === open.row.person) ?? open.row}
              onClose={() => setOpen(null)}
            />
          ) : null}
        </>
      )}
    </Answered>
  );
}

/** Accounts shown before somebody asks for all. */
const FEW = 10;

/** Leads that nobody has, by account, where most wait first. */
function Pool(props: {
  readonly pool: TeamAnswer["pool"];
  readonly onGiveOut: (account: string, leads: number) => void;
}): ReactNode {
  const { t, n, formats } = useSpeech();
  const ranked = [...props.pool].sort((one, other) => other.leads - one.leads);
  const { shown, others } = useFewFirst(ranked, FEW);
  return (
    <Panel title={t("team.pool")}>
      <p className="soft">{t(ranked.length === 0 ? "team.poolNone" : "team.poolWho")}</p>
      <ul className="team-pool">
        {shown.map(({ account, leads, overdue }) => (
          <li key={account}>
            <bdi>{account}</bdi>
            <span>{n("count.leads", leads)}</span>
            <span className={overdue > 0 ? "bad" : "soft"}>
              {t("team.overdue")} {formats.count(overdue)}
            </span>
            <button
              type="button"
              className="button"
              aria-label={`${t("team.giveOut")}: ${account}`}
              onClick={() => props.onGiveOut(account, leads)}
            >
              {t("team.giveOut")}
            </button>
          </li>
        ))}
      </ul>
      {others}
    </Panel>
  );
}
