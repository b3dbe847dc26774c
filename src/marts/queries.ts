/** The face of the marts: one function per question of the page, each narrowed by the caller's scope. */
import type { z } from "zod";
import type { CampaignsAnswer, CampaignsQuery } from "../contract/campaigns.ts";
import type { SelectionQuery } from "../contract/common.ts";
import type { AdsOrFollowUpAnswer, AdsOrFollowUpQuery } from "../contract/explore.ts";
import type {
  BreakdownAnswer,
  BreakdownQuery,
  FacetsAnswer,
  FunnelAnswer,
  KpisAnswer,
  RowsAnswer,
  RowsQuery,
  TrendAnswer,
  TrendQuery,
} from "../contract/overview.ts";
import type { Scope } from "../domain/scope.ts";
import type { WaterfallFigures } from "./waterfall.ts";

export interface MartQueries {
  facets(scope: Scope): Promise<FacetsAnswer>;
  kpis(selection: SelectionQuery, scope: Scope): Promise<KpisAnswer>;
  trend(query: z.infer<typeof TrendQuery>, scope: Scope): Promise<TrendAnswer>;
  breakdown(query: z.infer<typeof BreakdownQuery>, scope: Scope): Promise<BreakdownAnswer>;
  funnel(selection: SelectionQuery, scope: Scope): Promise<FunnelAnswer>;
  campaigns(query: z.infer<typeof CampaignsQuery>, scope: Scope): Promise<CampaignsAnswer>;
  rows(query: z.infer<typeof RowsQuery>, scope: Scope): Promise<RowsAnswer>;
  adsOrFollowUp(
    query: z.infer<typeof AdsOrFollowUpQuery>,
    scope: Scope,
  ): Promise<AdsOrFollowUpAnswer>;
  /** The bases of a selection side by side, whatever basis it names. */
  waterfall(selection: SelectionQuery, scope: Scope): Promise<WaterfallFigures>;
}
