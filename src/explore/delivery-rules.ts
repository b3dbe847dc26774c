/** Checks of campaigns and their delivery, in no order that matters. */
import type { Rule } from "./rule.ts";
import { budgetMeaning } from "./rules/budget-meaning.ts";
import { clicksOverImpressions } from "./rules/clicks-over-impressions.ts";
import { conflictingKeys } from "./rules/conflicting-keys.ts";
import { cumulativeSeries } from "./rules/cumulative-series.ts";
import { duplicateCampaigns } from "./rules/duplicate-campaigns.ts";
import { exactDuplicates } from "./rules/exact-duplicates.ts";
import { frozenSeries } from "./rules/frozen-series.ts";
import { futureDatesDelivery } from "./rules/future-dates-delivery.ts";
import { implausibleCtr } from "./rules/implausible-ctr.ts";
import { lateDays } from "./rules/late-days.ts";
import { leadsNoQualified } from "./rules/leads-no-qualified.ts";
import { liveBudget } from "./rules/live-budget.ts";
import { missingDays } from "./rules/missing-days.ts";
import { mixedCurrencies } from "./rules/mixed-currencies.ts";
import { negativeValues } from "./rules/negative-values.ts";
import { neverDelivered } from "./rules/never-delivered.ts";
import { overBudget } from "./rules/over-budget.ts";
import { projectSpelling } from "./rules/project-spelling.ts";
import { reachOverImpressions } from "./rules/reach-over-impressions.ts";
import { repeatedBlock } from "./rules/repeated-block.ts";
import { rollingWindowTotals } from "./rules/rolling-window-totals.ts";
import { spendAfterStop } from "./rules/spend-after-stop.ts";
import { spendBeforeStart } from "./rules/spend-before-start.ts";
import { spendNoLead } from "./rules/spend-no-lead.ts";
import { spendWithoutImpressions } from "./rules/spend-without-impressions.ts";
import { stopBeforeStart } from "./rules/stop-before-start.ts";
import { suddenChange } from "./rules/sudden-change.ts";
import { swappedColumns } from "./rules/swapped-columns.ts";
import { testCampaigns } from "./rules/test-campaigns.ts";
import { timezoneEvidence } from "./rules/timezone-evidence.ts";
import { trackingOutage } from "./rules/tracking-outage.ts";
import { unitChange } from "./rules/unit-change.ts";

export const DELIVERY_RULES: readonly Rule[] = [
  budgetMeaning,
  clicksOverImpressions,
  conflictingKeys,
  cumulativeSeries,
  duplicateCampaigns,
  exactDuplicates,
  frozenSeries,
  futureDatesDelivery,
  implausibleCtr,
  lateDays,
  leadsNoQualified,
  liveBudget,
  missingDays,
  mixedCurrencies,
  negativeValues,
  neverDelivered,
  overBudget,
  projectSpelling,
  reachOverImpressions,
  repeatedBlock,
  rollingWindowTotals,
  spendAfterStop,
  spendBeforeStart,
  spendNoLead,
  spendWithoutImpressions,
  stopBeforeStart,
  suddenChange,
  swappedColumns,
  testCampaigns,
  timezoneEvidence,
  trackingOutage,
  unitChange,
];
