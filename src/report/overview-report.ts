/** The Overview as one document, for the terminal and for machines. */

import type { Basis } from "../contract/common.ts";
import type {
  BreakdownAnswer,
  FacetsAnswer,
  FunnelAnswer,
  KpisAnswer,
} from "../contract/overview.ts";
import type { TableCounts } from "../quality/table-counts.ts";

export interface OverviewReport {
  /** Instant at which it was made, ISO 8601. */
  readonly madeAt: string;
  readonly asOf: string | null;
  readonly definitionsVersion: string;
  readonly data: {
    readonly firstDay: string | null;
    readonly lastDay: string | null;
    readonly tables: readonly TableCounts[];
    readonly rejects: number;
    /** Insight keys with several different rows of one file; all of them count. */
    readonly conflictingInsightKeys: number;
    /** Files that are kept but could not be read into the warehouse. */
    readonly unreadable: readonly {
      readonly name: string;
      readonly code: string;
      readonly what: string;
    }[];
    readonly sample: boolean;
  };
  /** Everything there is, on each basis. */
  readonly totals: Readonly<Record<Basis, Readonly<Record<string, number | null>>>>;
  readonly allTime: KpisAnswer;
  /** The chosen or default period with its comparison. */
  readonly period: KpisAnswer;
  readonly funnel: FunnelAnswer;
  readonly projects: BreakdownAnswer;
  readonly accounts: BreakdownAnswer;
  readonly facets: Pick<FacetsAnswer, "defaultPeriod" | "empty">;
}
