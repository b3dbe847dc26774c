/** Checks of campaigns and their delivery, in no order that matters. */
import type { Rule } from "./rule.ts";
import { cumulativeSeries } from "./rules/cumulative-series.ts";
import { negativeValues } from "./rules/negative-values.ts";

export const DELIVERY_RULES: readonly Rule[] = [cumulativeSeries, negativeValues];
