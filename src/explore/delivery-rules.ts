/** Checks of campaigns and their delivery, in no order that matters. */
import type { Rule } from "./rule.ts";
import { clicksOverImpressions } from "./rules/clicks-over-impressions.ts";
import { conflictingKeys } from "./rules/conflicting-keys.ts";
import { cumulativeSeries } from "./rules/cumulative-series.ts";
import { exactDuplicates } from "./rules/exact-duplicates.ts";
import { negativeValues } from "./rules/negative-values.ts";
import { neverDelivered } from "./rules/never-delivered.ts";
import { overBudget } from "./rules/over-budget.ts";
import { reachOverImpressions } from "./rules/reach-over-impressions.ts";
import { repeatedBlock } from "./rules/repeated-block.ts";
import { spendAfterStop } from "./rules/spend-after-stop.ts";
import { spendBeforeStart } from "./rules/spend-before-start.ts";
import { spendWithoutImpressions } from "./rules/spend-without-impressions.ts";
import { stopBeforeStart } from "./rules/stop-before-start.ts";
import { swappedColumns } from "./rules/swapped-columns.ts";

export const DELIVERY_RULES: readonly Rule[] = [
  clicksOverImpressions,
  conflictingKeys,
  cumulativeSeries,
  exactDuplicates,
  negativeValues,
  neverDelivered,
  overBudget,
  reachOverImpressions,
  repeatedBlock,
  spendAfterStop,
  spendBeforeStart,
  spendWithoutImpressions,
  stopBeforeStart,
  swappedColumns,
];
