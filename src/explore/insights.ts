/** Every insight rule, and what they say of a look, in the order in which an owner would ask. */
import type { Insight } from "../contract/explore.ts";
import type { InsightRule } from "./insight.ts";
import { adsOrFollowUp } from "./insights/ads-or-follow-up.ts";
import { afterHours } from "./insights/after-hours.ts";
import { arrivalHours } from "./insights/arrival-hours.ts";
import { attempts } from "./insights/attempts.ts";
import { budgetDistribution } from "./insights/budget-distribution.ts";
import { bestCampaigns, worstCampaigns } from "./insights/campaign-costs.ts";
import { campaignLife } from "./insights/campaign-life.ts";
import { cohortDecline } from "./insights/cohort-decline.ts";
import { concentration } from "./insights/concentration.ts";
import { costDrop, costSpike } from "./insights/cost-jump.ts";
import { costSpread } from "./insights/cost-spread.ts";
import { fatigue } from "./insights/fatigue.ts";
import { focus } from "./insights/focus.ts";
import { followUpSpread } from "./insights/follow-up-spread.ts";
import { labelDelay } from "./insights/label-delay.ts";
import { monthChange } from "./insights/month-change.ts";
import { neverCalled } from "./insights/never-called.ts";
import { overlap } from "./insights/overlap.ts";
import { pacing } from "./insights/pacing.ts";
import { salesOrder } from "./insights/sales-order.ts";
import { speedToLead } from "./insights/speed-to-lead.ts";
import { statusMix } from "./insights/status-mix.ts";
import { thinEvidence } from "./insights/thin-evidence.ts";
import { weekday } from "./insights/weekday.ts";
import type { Look } from "./look.ts";
import type { Ranked } from "./rank-insights.ts";

/** In the order in which they are told. */
export const INSIGHT_RULES: readonly InsightRule[] = [
  adsOrFollowUp,
  neverCalled,
  statusMix,
  speedToLead,
  attempts,
  afterHours,
  salesOrder,
  labelDelay,
  cohortDecline,
  followUpSpread,
  costSpread,
  monthChange,
  concentration,
  thinEvidence,
  campaignLife,
  budgetDistribution,
  weekday,
  arrivalHours,
];

/** Rules of a selection: those of the report, and those that only speak of a part or of now. */
export const SELECTION_RULES: readonly InsightRule[] = [
  ...INSIGHT_RULES,
  worstCampaigns,
  bestCampaigns,
  costSpike,
  costDrop,
  focus,
  fatigue,
  pacing,
  overlap,
];

/** What rules have to say, in their order, with the campaigns that each names. */
export async function tellWithCampaigns(
  look: Look,
  rules: readonly InsightRule[] = SELECTION_RULES,
): Promise<Ranked[]> {
  const told: Ranked[] = [];
  for (const rule of rules) {
    if (rule.needs.some((table) => look.rows[table] === 0)) continue;
    const insight = await rule.tell(look);
    if (insight) told.push({ id: rule.id, title: rule.title, campaigns: [], ...insight });
  }
  return told;
}

/** What every rule has to say, in the order of the list; a rule without its tables, or without evidence, is silent. */
export async function tellAll(look: Look): Promise<Insight[]> {
  return (await tellWithCampaigns(look, INSIGHT_RULES)).map(
    ({ campaigns: _, ...insight }) => insight,
  );
}
