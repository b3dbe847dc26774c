/** From the raw totals to the corrected ones: what deduplication takes, and what each accepted treatment changes. */
import type { Frame } from "../contract/overview.ts";
import type { Session } from "../warehouse/warehouse.ts";
import type { Selected } from "./selection.ts";

export interface WaterfallFigures {
  readonly frame: Frame;
  /** Minor units; null where the currencies are mixed or no account knows its spend. */
  readonly spend: {
    readonly raw: number | null;
    readonly deduplicated: number | null;
    readonly corrected: number | null;
  };
  readonly leads: {
    readonly raw: number | null;
    readonly deduplicated: number | null;
    readonly corrected: number | null;
  };
  /** By rule, in the order of acceptance; from deduplicated to corrected they add up exactly. */
  readonly steps: readonly {
    readonly rule: string;
    readonly spendMinor: number | null;
    readonly leads: number;
  }[];
}

interface BasesRow {
  raw_spend: number | null;
  deduplicated_spend: number | null;
  corrected_spend: number | null;
  raw_leads: number | null;
  deduplicated_leads: number | null;
  corrected_leads: number | null;
}

/** @param selected a selection on the corrected basis, with all its days */
export async function waterfallOf(session: Session, selected: Selected): Promise<WaterfallFigures> {
  const row = (await session.first<BasesRow>(
    selected.sql("waterfall"),
    selected.params,
  )) as BasesRow;
  const steps = await session.all<{ rule: string; spend: number; leads: number }>(
    selected.sql("waterfall-steps"),
    selected.params,
  );
  const money = (minor: number | null) => (selected.mixedCurrency ? null : minor);
  return {
    frame: selected.frame,
    spend: {
      raw: money(row.raw_spend),
      deduplicated: money(row.deduplicated_spend),
      corrected: money(row.corrected_spend),
    },
    leads: {
      raw: row.raw_leads,
      deduplicated: row.deduplicated_leads,
      corrected: row.corrected_leads,
    },
    steps: steps.map(({ rule, spend, leads }) => ({ rule, spendMinor: money(spend), leads })),
  };
}
