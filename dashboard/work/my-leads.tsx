import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect, useMemo } from "react";
import type { MeAnswer } from "../../src/contract/people.ts";
import { useSpeech } from "../i18n/language.tsx";
import { Failure, Skeleton, useNow } from "../parts/panel.tsx";
import { SearchInput } from "../parts/search-input.tsx";
import { type Mine, useMine } from "../query/work.ts";
import { changeAddress, changeOwn, useAddress } from "../route/use-address.ts";
import { AlertsLine } from "./alerts-line.tsx";
import { hearOfLeads } from "./hear.ts";
import { LeadCard } from "./lead-card.tsx";
import { LeadList } from "./lead-list.tsx";
import { did, settle, startOutbox, useOutbox } from "./outbox-live.ts";
import { PoolLine } from "./pool-line.tsx";
import { dayOf, keyOf, type QueueLead, searched, withWaiting } from "./queue.ts";
import { startWorker } from "./register.ts";
import { SignalLine } from "./signal-line.tsx";
import { UndoBar } from "./undo-bar.tsx";
import "../styles/work.css";

/** My leads: whom to call now, with what is known of them, and one tap for what came of it. */
export function MyLeads(props: { readonly me: MeAnswer }): ReactNode {
  const queries = useQueryClient();
  const { person } = props.me;
  useEffect(() => startOutbox(person, queries), [person, queries]);
  useEffect(startWorker, []);
  useEffect(() => hearOfLeads(queries), [queries]);
  const { search } = useAddress();
  const mine = useMine(search);
  const { t } = useSpeech();
  // What is kept on this device tells nothing of what was sent since.
  const shownAt = mine.data?.keptAt === undefined ? mine.data?.askedAt : undefined;
  useEffect(() => {
    if (shownAt !== undefined) settle(shownAt);
  }, [shownAt]);
  if (mine.data) return <Queue mine={mine.data} me={props.me} refused={mine.error} />;
  return (
    <div className="work">
      <h1 className="sr-only">{t("place.mine")}</h1>
      {mine.error ? (
        <Failure error={mine.error} onRetry={() => void mine.refetch()} />
      ) : (
        <div role="status">
          <span className="sr-only">{t("app.loading")}</span>
          <Skeleton className="skeleton-lead" />
        </div>
      )}
    </div>
  );
}

function Queue(props: {
  readonly mine: Mine;
  readonly me: MeAnswer;
  readonly refused: ReturnType<typeof useMine>["error"];
}): ReactNode {
  const { t, n, formats } = useSpeech();
  const { mine, me } = props;
  const { search, own } = useAddress();
  const outbox = useOutbox();
  const nowMs = useNow(true);
  const unheard = useMemo(
    () => [...outbox.settling.map(({ item }) => item), ...outbox.waiting],
    [outbox.settling, outbox.waiting],
  );
  const leads = useMemo(() => {
    const all = withWaiting(mine.items, unheard, nowMs);
    return mine.keptAt === undefined ? all : searched(all, search);
  }, [mine.items, mine.keptAt, unheard, nowMs, search]);
  const chosen = own.lead ? leads.find((lead) => keyOf(lead) === own.lead) : undefined;
  const current = chosen ?? leads[0];
  const zone = (lead: QueueLead) => mine.accounts.find(({ account }) => account === lead.account);
  const day = dayOf(mine, unheard, search === "" ? leads.length : mine.total);
  const choose = (lead: QueueLead) => {
    changeOwn({ lead: keyOf(lead) });
    scrollTo({ top: 0 });
  };
  const account = current ? zone(current) : undefined;
  return (
    <div className="work">
      <header className="work-head">
        <h1>{t("place.mine")}</h1>
        <dl className="work-day">
          {(["done", "reached", "open"] as const).map((what) => (
            <div key={what} data-day={what}>
              <dt>{t(`work.day.${what}`)}</dt>
              <dd>{formats.count(day[what])}</dd>
            </div>
          ))}
        </dl>
      </header>
      {mine.away.length > 0 ? (
        <p className="label-soft">
          {t("work.ownLeave", {
            days: formats.list(mine.away.map(({ from, to }) => formats.period(from, to))),
          })}
        </p>
      ) : null}
      <SignalLine keptAt={mine.keptAt ?? null} refused={props.refused} />
      <UndoBar />
      {current && account ? (
        <LeadCard
          key={keyOf(current)}
          lead={current}
          account={account}
          nowMs={nowMs}
          next={chosen === undefined}
          onOutcome={async (deed) => {
            await did(deed, current.name);
            changeOwn({ lead: null }, { replace: true });
          }}
        />
      ) : search === "" ? (
        <div className="empty">
          <h2>{t("work.none")}</h2>
          <p>{t(mine.accounts.some(({ pool }) => pool > 0) ? "work.nonePool" : "work.noneHelp")}</p>
        </div>
      ) : null}
      <PoolLine accounts={mine.accounts} waiting={unheard} />
      <section className="work-rest" aria-labelledby="rest">
        <header>
          <h2 id="rest">{t("work.rest")}</h2>
          <SearchInput
            name={t("work.search")}
            value={search}
            onChange={(value) => changeAddress({ search: value }, { replace: true })}
          />
        </header>
        <LeadList
          leads={leads.filter((lead) => search !== "" || lead !== current)}
          nowMs={nowMs}
          current={current ? keyOf(current) : null}
          onChoose={choose}
        />
        {mine.total > mine.items.length ? (
          <p className="label-soft">{n("work.more", mine.total - mine.items.length)}</p>
        ) : null}
      </section>
      <AlertsLine person={me.person} />
    </div>
  );
}
