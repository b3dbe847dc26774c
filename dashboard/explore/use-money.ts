import type { Currency } from "../../src/contract/formats.ts";
import { useWaterfall } from "../query/explore.ts";

/** The currency of amounts in findings and insights: that of the totals they are parts of. */
export function useMoney(asOf: string | null): Currency {
  const found = useWaterfall(asOf).data?.waterfall;
  return found ?? { currency: null, currencyDecimals: 2 };
}
