/** Where a campaign stands among its peers: the same project, or where those are few, the same account. */
import type { CampaignAnswer, PeerMeasure } from "../contract/campaigns.ts";
import type { Estimate } from "../contract/common.ts";
import { costInterval, wilsonInterval } from "../stats/intervals.ts";
import { type Events, fitRates, shrunkenRate } from "../stats/shrunken-rates.ts";
import { fitShares, type Shrunken, shrunkenShare } from "../stats/shrunken-shares.ts";
import type { Session } from "../warehouse/warehouse.ts";
import type { Selected } from "./selection.ts";

/** One row of sql/campaign-peers.sql. */
export interface PeerRow {
  readonly campaign_id: string;
  readonly of_project: boolean;
  readonly of_account: boolean;
  readonly spend_minor: number | null;
  readonly impressions: number | null;
  readonly clicks: number | null;
  readonly leads: number | null;
  readonly qualified: number | null;
}

type Peers = NonNullable<CampaignAnswer["peers"]>;

/** Peers besides the campaign itself that make a group worth standing in. */
const FEWEST = 4;

/** A cost that may be so many times as high is as good as open. */
const MOST_TIMES = 100;

/** What one peer's figure rests on: hits in trials, or events bought with money. */
type Ground = { readonly hits: number; readonly trials: number };

/** All that a measure needs to tell one peer from another. */
interface Standing {
  /** The ground of a peer; null where it knows nothing of the measure. */
  ground(row: PeerRow): Ground | null;
  /** The figure of one ground, and its interval. */
  own(ground: Ground): Estimate;
  pooled(ground: Ground): number | null;
  /** Posteriors in the order of the grounds, on the scale on which more is better; null where nothing can be fitted. */
  shrink(grounds: readonly Ground[]): Shrunken[] | null;
  /** From that scale to the figure's own. */
  shown(rate: number): number;
}

const both = (hits: number | null, trials: number | null): Ground | null =>
  hits === null || trials === null || trials <= 0 ? null : { hits, trials };

function shrinkRates(grounds: readonly Ground[]): Shrunken[] | null {
  const events: Events[] = grounds.map(({ hits, trials }) => ({ count: hits, exposure: trials }));
  if (events.length < 2 || events.every(({ count }) => count === 0)) return null;
  const prior = fitRates(events);
  return events.map((one) => shrunkenRate(prior, one));
}

/** The cost of an event, by the rate of events per money: its reciprocal. */
function costOf(count: "leads" | "qualified"): Standing {
  return {
    ground: (row) => both(row[count], row.spend_minor),
    own: ({ hits, trials }) => {
      const interval = costInterval(trials, hits);
      return {
        value: hits === 0 ? null : trials / hits,
        n: hits,
        low: interval?.low ?? null,
        high: interval?.high ?? null,
      };
    },
    pooled: ({ hits, trials }) => (hits === 0 ? null : trials / hits),
    shrink: shrinkRates,
    shown: (rate) => 1 / rate,
  };
}

const STANDINGS: Readonly<Record<PeerMeasure["measure"], Standing>> = {
  ctr: {
    ground: (row) =>
      row.clicks !== null && row.impressions !== null && row.clicks > row.impressions
        ? null
        : both(row.clicks, row.impressions),
    own: ({ hits, trials }) => {
      const interval = wilsonInterval(hits, trials);
      return {
        value: hits / trials,
        n: trials,
        low: interval?.low ?? null,
        high: interval?.high ?? null,
      };
    },
    pooled: ({ hits, trials }) => hits / trials,
    shrink: (grounds) => {
      const hits = grounds.reduce((sum, one) => sum + one.hits, 0);
      const trials = grounds.reduce((sum, one) => sum + one.trials, 0);
      if (grounds.length < 2 || hits === 0 || hits === trials) return null;
      const prior = fitShares(grounds);
      return grounds.map((one) => shrunkenShare(prior, one));
    },
    shown: (rate) => rate,
  },
  cpl: costOf("leads"),
  cpql: costOf("qualified"),
};

const NO_ESTIMATE: Estimate = { value: null, n: null, low: null, high: null };

/** Where one campaign of a group stands by one measure. */
export function standingOf(
  rows: readonly PeerRow[],
  campaignId: string,
  measure: PeerMeasure["measure"],
): PeerMeasure {
  const standing = STANDINGS[measure];
  const known = rows.flatMap((row) => {
    const ground = standing.ground(row);
    return ground === null ? [] : [{ key: row.campaign_id, ground }];
  });
  const at = known.findIndex(({ key }) => key === campaignId);
  const mine = known[at];
  const total = known.reduce(
    (sum, { ground }) => ({ hits: sum.hits + ground.hits, trials: sum.trials + ground.trials }),
    { hits: 0, trials: 0 },
  );
  const all = standing.shrink(known.map(({ ground }) => ground));
  const drawn = all?.[at];
  const ends = drawn === undefined ? [] : [standing.shown(drawn.low), standing.shown(drawn.high)];
  return {
    measure,
    own: mine === undefined ? NO_ESTIMATE : standing.own(mine.ground),
    pooled: total.trials > 0 ? standing.pooled(total) : null,
    shrunken:
      drawn === undefined
        ? null
        : {
            value: standing.shown(drawn.mean),
            low: Math.min(...ends),
            high:
              Math.max(...ends) > MOST_TIMES * standing.shown(drawn.mean)
                ? null
                : Math.max(...ends),
          },
    ownWeight: drawn?.ownWeight ?? null,
    place:
      all === null || drawn === undefined || all.every(({ mean }) => mean === drawn.mean)
        ? null
        : 1 + all.filter((other) => other.mean > drawn.mean).length,
    of: known.length,
  };
}

/** The peers of a campaign and its standing among them; null where it has too few. */
export async function peersOf(
  session: Session,
  selected: Selected,
  campaign: {
    readonly campaignId: string;
    readonly project: string | null;
    readonly account: string;
  },
): Promise<Peers | null> {
  const rows = await session.all<PeerRow>(selected.sql("campaign-peers"), {
    ...selected.params,
    campaign_id: campaign.campaignId,
  });
  const groups = [
    { group: "project" as const, name: campaign.project, of: (row: PeerRow) => row.of_project },
    { group: "account" as const, name: campaign.account, of: (row: PeerRow) => row.of_account },
  ];
  for (const { group, name, of } of groups) {
    const members = rows.filter(of);
    const others = members.filter((row) => row.campaign_id !== campaign.campaignId).length;
    if (name === null || others < FEWEST) continue;
    return {
      group,
      name,
      campaigns: members.length,
      measures: (["ctr", "cpl", "cpql"] as const).map((measure) =>
        standingOf(members, campaign.campaignId, measure),
      ),
    };
  }
  return null;
}
