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

/** A round number: money stands without its currency, which the caption names, a share without decimals. */
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
