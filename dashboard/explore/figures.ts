/** Numbers of pictures, changes and shares as texts. */
import type { Picture } from "../../src/contract/explore.ts";
import type { Currency, Formats } from "../../src/contract/formats.ts";
import { NOTHING } from "../../src/contract/formats.ts";

/** A change with its sign: +EGP 3, −EGP 3; "—" where nothing changes or nothing is known. */
export function signed(value: number | null, show: (size: number) => string): string {
  if (value === null || value === 0) return NOTHING;
  return `${value > 0 ? "+" : "−"}${show(Math.abs(value))}`;
}

export function pictureValue(
  formats: Formats,
  unit: Picture["unit"],
  value: number | null,
  money: Currency,
): string {
  if (unit === "money") return formats.moneyShort(value, money);
  if (unit === "share") return formats.rate(value);
  return unit === "hours" ? formats.ratio(value) : formats.count(value);
}

/** On an axis money stands without its currency, which the caption names. */
export function tickValue(
  formats: Formats,
  unit: Picture["unit"],
  value: number,
  money: Currency,
): string {
  if (unit === "money") return formats.tick(value / 10 ** money.currencyDecimals);
  return unit === "share"
    ? formats.rate(value).replace(/[.٫][0٠]+(?=\D*$)/u, "")
    : formats.tick(value);
}

/** Round steps that cover [low, high] with about `wanted` of them. */
export function ticksOf(low: number, high: number, wanted = 4): readonly number[] {
  if (!(high > low)) return [low];
  const rough = (high - low) / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((one) => one * power >= rough) ?? 10) * power;
  const first = Math.ceil(low / step);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step);
}

/** Stretches of a series between its gaps, as indices. */
export function runsOf(values: readonly (number | null)[]): readonly (readonly number[])[] {
  const runs: number[][] = [];
  values.forEach((value, i) => {
    if (value === null) return;
    if (i === 0 || values[i - 1] === null) runs.push([]);
    runs.at(-1)?.push(i);
  });
  return runs;
}
