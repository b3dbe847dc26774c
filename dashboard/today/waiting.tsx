import { type ReactNode, useMemo } from "react";
import type { ExploreSummary } from "../../src/contract/explore.ts";
import type { Currency } from "../../src/contract/formats.ts";
import type { TodayAnswer } from "../../src/contract/today.ts";
import type { TeamAnswer } from "../../src/contract/work.ts";
import { useSpeech } from "../i18n/language.tsx";
import type { Speech } from "../i18n/speech.ts";
import { Answered, Panel, Skeleton } from "../parts/panel.tsx";
import { useFiguresCame } from "../query/ask-again.ts";
import { useSummary } from "../query/explore.ts";
import { useMay } from "../query/may.ts";
import { useAnswer } from "../query/overview.ts";
import { useToday } from "../query/today.ts";
import { type Address, HOME } from "../route/address.ts";
import { useAddress, useLink } from "../route/use-address.ts";

/** One thing that waits: how many, what of, what it costs, and where to go. */
interface Waiting {
  readonly id: string;
  readonly count: number;
  readonly title: string;
  readonly detail: string;
  readonly moneyMinor: number | null;
  readonly to: Partial<Address>;
  /** The one day it is about, whatever days the page looks at. */
  readonly day?: string;
}

/** At most so many cards; what costs most comes first. */
const MOST = 10;

/** What waits for the reader, by what they may do. */
export function WaitingPanel(): ReactNode {
  const { t, formats } = useSpeech();
  const { selection } = useAddress();
  const query = useToday(selection);
  const ready = useFiguresCame();
  const summary = useSummary(selection.asOf, ready).data;
  const treats = useMay("treat");
  const manages = useMay("work_leads");
  const team = useAnswer<TeamAnswer>("/work/team", undefined, { enabled: manages && ready }).data;
  return (
    <Panel title={t("waits.title")} className="panel-waiting">
      <Answered query={query} skeleton={<Skeleton className="skeleton-waiting" />}>
        {(answer) => (
          <>
            <WaitingCards answer={answer} summary={treats ? summary : undefined} team={team} />
            {answer.at === null ? null : (
              <p className="label-soft">
                {t("waits.until", { when: formats.wallTime(answer.at) })}
              </p>
            )}
          </>
        )}
      </Answered>
    </Panel>
  );
}

function WaitingCards(props: {
  readonly answer: TodayAnswer;
  readonly summary: ExploreSummary | undefined;
  readonly team: TeamAnswer | undefined;
}): ReactNode {
  const speech = useSpeech();
  const { answer, summary, team } = props;
  const items = useMemo(
    () =>
      [
        ...ofLeads(answer, speech),
        ...(team ? ofTeam(team, speech) : []),
        ...ofKeys(answer, speech),
        ...(summary ? ofData(summary, speech) : []),
      ]
        .filter((one) => one.count > 0)
        .sort((one, other) => (other.moneyMinor ?? 0) - (one.moneyMinor ?? 0))
        .slice(0, MOST),
    [answer, summary, team, speech],
  );
  if (items.length === 0) return <p className="soft">{speech.t("waits.none")}</p>;
  return (
    <ul className="waiting">
      {items.map((item) => (
        <WaitingCard key={item.id} item={item} money={answer.frame} />
      ))}
    </ul>
  );
}

function WaitingCard(props: { readonly item: Waiting; readonly money: Currency }): ReactNode {
  const { t, formats } = useSpeech();
  const { selection } = useAddress();
  const { item, money } = props;
  const target = useMemo<Address>(
    () => ({
      ...HOME,
      ...item.to,
      selection:
        item.day === undefined ? selection : { ...selection, from: item.day, to: item.day },
    }),
    [selection, item.to, item.day],
  );
  const link = useLink(target);
  return (
    <li>
      <a {...link} className="waiting-card" data-waiting={item.id}>
        <span className="waiting-title">{item.title}</span>
        <strong className="waiting-count" data-value={item.count}>
          <bdi>{formats.count(item.count)}</bdi>
        </strong>
        <span className="label-soft">
          {item.detail}
          {item.moneyMinor === null || item.moneyMinor === 0 ? null : (
            <>
              {" · "}
              <bdi>{t("waits.cost", { money: formats.moneyShort(item.moneyMinor, money) })}</bdi>
            </>
          )}
        </span>
      </a>
    </li>
  );
}

/** Leads that came, wait, or were never contacted. */
function ofLeads(
  { newLeads, firstContact, neverContacted }: TodayAnswer,
  { t, n, formats }: Speech,
): Waiting[] {
  const items: Waiting[] = [];
  if (newLeads) {
    items.push({
      id: "new",
      count: newLeads.leads,
      title: t("waits.new", { day: formats.day(newLeads.day) }),
      detail: t("waits.newDetail", {
        untouched: formats.count(newLeads.untouched),
        inTime: formats.count(newLeads.inTime),
      }),
      moneyMinor: null,
      to: { place: "leads" },
      day: newLeads.day,
    });
  }
  if (firstContact) {
    const { promisedMinutes } = firstContact;
    const values = {
      leads: n("waits.leads", firstContact.leads),
      inTime: formats.count(firstContact.inTime),
    };
    items.push({
      id: "breached",
      count: firstContact.breached,
      title: t("waits.breached"),
      detail:
        promisedMinutes === null
          ? t("waits.breachedDetailMany", values)
          : t("waits.breachedDetail", {
              ...values,
              promised: n("waits.minutes", promisedMinutes),
            }),
      moneyMinor: firstContact.breachedMinor,
      to: { place: "leads", leads: "speed" },
    });
  }
  if (neverContacted) {
    items.push({
      id: "never",
      count: neverContacted.leads,
      title: t("waits.never"),
      detail: t("waits.neverDetail", { of: n("waits.leads", neverContacted.of) }),
      moneyMinor: neverContacted.moneyMinor,
      to: { place: "leads", leads: "speed" },
    });
  }
  return items;
}

/** Leads that nobody has, for who gives them out. */
function ofTeam({ pool }: TeamAnswer, { t, formats }: Speech): Waiting[] {
  const sum = (of: "leads" | "overdue") => pool.reduce((all, one) => all + one[of], 0);
  return [
    {
      id: "pool",
      count: sum("leads"),
      title: t("waits.pool"),
      detail: t("waits.poolDetail", { overdue: formats.count(sum("overdue")) }),
      moneyMinor: null,
      to: { place: "mine" },
    },
  ];
}

/** Keys for programs that stop working soon. */
function ofKeys({ keysEnding }: TodayAnswer, { t, formats }: Speech): Waiting[] {
  const [first] = [...keysEnding].sort((one, other) => (one.expiresAt < other.expiresAt ? -1 : 1));
  if (!first) return [];
  return [
    {
      id: "keys",
      count: keysEnding.length,
      title: t("waits.keys"),
      detail: t("waits.keysDetail", {
        names: formats.list(keysEnding.map((one) => one.name)),
        day: formats.day(first.expiresAt),
      }),
      moneyMinor: null,
      to: { place: "settings", settings: "people" },
    },
  ];
}

/** What the data need somebody to decide. */
function ofData({ questions, corrections }: ExploreSummary, { t }: Speech): Waiting[] {
  return [
    {
      id: "corrections",
      count: corrections.findings,
      title: t("waits.corrections"),
      detail: t("waits.correctionsDetail"),
      moneyMinor: null,
      to: { place: "data", tab: "health" },
    },
    {
      id: "questions",
      count: questions,
      title: t("waits.questions"),
      detail: t("waits.questionsDetail"),
      moneyMinor: null,
      to: { place: "data", tab: "questions" },
    },
  ];
}
