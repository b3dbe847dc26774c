/** The questions of the place Campaigns beyond its table: one campaign in full, segments, two segments side by side. */
import type { z } from "zod";
import { Problem } from "../base/problem.ts";
import type {
  CampaignAnswer,
  CampaignQuery,
  SegmentPairAnswer,
  SegmentPairQuery,
  SegmentsAnswer,
  SegmentsQuery,
} from "../contract/campaigns.ts";
import type { SelectionQuery } from "../contract/common.ts";
import type { Definitions } from "../domain/definitions.ts";
import type { Scope } from "../domain/scope.ts";
import type { Session, Warehouse } from "../warehouse/warehouse.ts";
import { campaignAdSets } from "./campaign-ad-sets.ts";
import { campaignList } from "./campaign-list.ts";
import { peersOf } from "./campaign-peers.ts";
import { costSplit } from "./cost-verdict.ts";
import { segmentPair } from "./segment-pair.ts";
import { segmentList } from "./segments.ts";
import { resolveSelection, type Selected } from "./selection.ts";

export interface CampaignQuestions {
  /**
   * One campaign over its whole life, with its peers as far as the scope sees them.
   *
   * @throws Problem `CAMPAIGN_UNKNOWN` also for one that the scope does not see
   */
  campaign(id: string, query: z.infer<typeof CampaignQuery>, scope: Scope): Promise<CampaignAnswer>;
  segments(query: z.infer<typeof SegmentsQuery>, scope: Scope): Promise<SegmentsAnswer>;
  /** @throws Problem `SEGMENT_UNKNOWN` */
  segmentPair(query: z.infer<typeof SegmentPairQuery>, scope: Scope): Promise<SegmentPairAnswer>;
}

function unknown(id: string): Problem {
  return new Problem("CAMPAIGN_UNKNOWN", {
    what: `There is no campaign "${id}"`,
    where: "campaign",
    fix: "Use an id that /campaigns lists.",
    details: { id },
  });
}

/** @param whole scope, basis and day of knowledge; narrowed to nothing else */
async function campaignOf(
  session: Session,
  id: string,
  whole: SelectionQuery,
  resolve: (selection: SelectionQuery) => Promise<Selected>,
): Promise<CampaignAnswer> {
  const alone = await resolve({ ...whole, campaign: [id] });
  const list = await campaignList(session, alone, {
    ...whole,
    campaign: [id],
    sort: "spend",
    order: "desc",
    limit: 1,
  });
  const campaign = list.items[0];
  if (campaign === undefined) throw unknown(id);
  const everyone = await resolve(whole);
  return {
    frame: list.frame,
    campaign,
    cost: costSplit({
      spendMinor: campaign.spendMinor,
      leads: campaign.leads ?? 0,
      judged: campaign.judged ?? 0,
      qualified: campaign.qualified ?? 0,
    }),
    peers: await peersOf(session, everyone, campaign),
    adSets: await campaignAdSets(session, everyone, id, whole.basis),
  };
}

/** The questions over a warehouse; definitions are those in force, asked anew for each answer. */
export function createCampaignQuestions({
  warehouse,
  definitions,
}: {
  readonly warehouse: Warehouse;
  readonly definitions: () => Definitions;
}): CampaignQuestions {
  const within = <T>(
    selection: SelectionQuery,
    scope: Scope,
    answer: (session: Session, selected: Selected) => Promise<T>,
  ): Promise<T> =>
    warehouse.snapshot(async (session) =>
      answer(session, await resolveSelection(session, selection, scope, definitions())),
    );
  return {
    campaign: (id, query, scope) =>
      warehouse.snapshot((session) =>
        campaignOf(
          session,
          id,
          { ...query, from: "all", account: [], project: [], campaign: [] },
          (selection) => resolveSelection(session, selection, scope, definitions()),
        ),
      ),
    segments: (query, scope) =>
      within(query, scope, (session, selected) => segmentList(session, selected, query)),
    segmentPair: (query, scope) =>
      within(query, scope, (session, selected) => segmentPair(session, selected, query)),
  };
}
