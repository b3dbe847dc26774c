/**
 * One formatter per kind of number, all through `Intl`. Takes a language and a choice of digits, gives plain
 * functions from a number (or null) to the text a reader sees. Null is always "—", never 0.
 */

export type Language = "en" | "ar";
export type Digits = "latn" | "arab";

/** What stands where there is no value. */
export const NOTHING = "—";

export interface Currency {
  /** ISO 4217; null when the selection mixes currencies. */
  readonly currency: string | null;
  /** Minor units per major unit, as a power of ten. */
  readonly currencyDecimals: number;
}

type Maybe = number | null | undefined;

export interface Formats {
  readonly language: Language;
  /** 68,733 */
  count(n: Maybe): string;
  /** A value as it stands, grouped: 68,733 or 0.25. */
  number(n: Maybe): string;
  /** A number that names something, such as a line: 68733. */
  plain(n: Maybe): string;
  /** For cards: 56,965, but 199.5M. */
  countShort(n: Maybe): string;
  /** Full amount with its currency, from minor units: EGP 24,847,745.87. */
  money(minor: Maybe, unit: Currency): string;
  /** For cards: EGP 24.8M; below 10,000 the full amount. */
  moneyShort(minor: Maybe, unit: Currency): string;
  /** An amount that is only roughly known, such as the end of an interval: whole from 1,000 on. EGP 2,837. */
  moneyRough(minor: Maybe, unit: Currency): string;
  /** Full amount without its currency, for columns whose head names it. */
  amount(minor: Maybe, unit: Currency): string;
  /** The currency as this language writes it: EGP, ج.م. */
  currencySign(currency: string): string;
  /** A fraction in [0, 1] as a percentage with two decimals. */
  rate(fraction: Maybe): string;
  /** A quotient with two decimals: 1.37. */
  ratio(quotient: Maybe): string;
  /** A relative change with its sign: +3.2%. */
  change(fraction: Maybe): string;
  /** Up to one decimal; for axis ticks: 1.2M. */
  tick(n: number): string;
  /** `YYYY-MM-DD` → 16 Oct 2024 */
  day(day: string): string;
  /** `YYYY-MM-DD` → 16 Oct */
  dayShort(day: string): string;
  /** `YYYY-MM-DD` → Wed 16 Oct 2024 */
  dayLong(day: string): string;
  /** `YYYY-MM-DD` → Oct 2024 */
  month(day: string): string;
  /** `YYYY-MM-DD` → Oct */
  monthShort(day: string): string;
  /** Two days → 10–16 Oct 2024 */
  period(from: string, to: string): string;
  /** The same without the year where both lie in the year of `near`. */
  periodShort(from: string, to: string, near: string): string;
  /** Wall time `YYYY-MM-DD HH:MM:SS` or an instant → 16 Oct 2024, 14:05 */
  wallTime(text: string): string;
  instant(text: string): string;
  /** A length of time in minutes, hours or days, as fits: 12 min, 3.5 hr, 44 days. */
  duration(minutes: Maybe): string;
  /** Time gone by, in the largest fitting unit. */
  ago(ms: number): string;
  bytes(n: number): string;
  /** Names or counts joined as this language joins them: a, b and c. */
  list(parts: readonly string[]): string;
}

const MONEY_SHORT_FROM = 10_000;
const MONEY_WHOLE_FROM = 1000;
const COUNT_SHORT_FROM = 10_000_000;

function asUtc(day: string): Date {
  return new Date(`${day.slice(0, 10)}T00:00:00Z`);
}

/**
 * All formatters for one reader.
 *
 * @param language English shows currency codes (EGP), Arabic the currency's own sign
 * @param digits Latin or Arabic-Indic; English always uses Latin ones
 */
export function makeFormats(language: Language, digits: Digits): Formats {
  // Numbers in plain English ("24.8M"), dates day first ("16 Oct"), as people write them here.
  const numbers = language === "en" ? "en" : `ar-EG-u-nu-${digits}`;
  const dates = language === "en" ? "en-GB" : `ar-EG-u-nu-${digits}`;
  const number = (options: Intl.NumberFormatOptions) => new Intl.NumberFormat(numbers, options);
  const date = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(dates, { timeZone: "UTC", ...options });

  const whole = number({ maximumFractionDigits: 0 });
  const asItStands = number({ maximumFractionDigits: 6 });
  const ungrouped = number({ maximumFractionDigits: 0, useGrouping: false });
  const compact = number({ notation: "compact", maximumFractionDigits: 1 });
  const percent = number({ style: "percent", minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const signed = number({
    style: "percent",
    signDisplay: "exceptZero",
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  const two = number({ minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const day = date({ day: "numeric", month: "short", year: "numeric" });
  const dayShort = date({ day: "numeric", month: "short" });
  const dayLong = date({ weekday: "short", day: "numeric", month: "short", year: "numeric" });
  const month = date({ month: "short", year: "numeric" });
  const monthShort = date({ month: "short" });
  const wall = date({
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  const local = new Intl.DateTimeFormat(dates, {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  const joined = new Intl.ListFormat(dates, { type: "conjunction" });
  const relative = new Intl.RelativeTimeFormat(numbers, { numeric: "auto" });

  const lengthIn = (unit: "minute" | "hour" | "day", places: number) =>
    number({ style: "unit", unit, unitDisplay: "short", maximumFractionDigits: places });
  const [minutesLong, hoursLong, daysLong] = [
    [lengthIn("minute", 0), lengthIn("minute", 0)],
    [lengthIn("hour", 0), lengthIn("hour", 1)],
    [lengthIn("day", 0), lengthIn("day", 1)],
  ] as const;
  /** Under two hours in minutes, under two days in hours, else in days; a decimal below ten. */
  const duration = (minutes: number): string => {
    const [[whole, exact], of] =
      minutes < 120
        ? ([minutesLong, 1] as const)
        : minutes < 2880
          ? ([hoursLong, 60] as const)
          : ([daysLong, 1440] as const);
    const length = minutes / of;
    return (length < 10 ? exact : whole).format(length);
  };

  const moneyFormats = new Map<string, Intl.NumberFormat>();
  const moneyFormat = (unit: Currency, length: "full" | "short" | "whole"): Intl.NumberFormat => {
    const key = `${unit.currency ?? ""} ${unit.currencyDecimals} ${length}`;
    const known = moneyFormats.get(key);
    if (known) return known;
    const places = { full: unit.currencyDecimals, short: 1, whole: 0 }[length];
    const made = number({
      ...(unit.currency === null
        ? {}
        : {
            style: "currency",
            currency: unit.currency,
            currencyDisplay: language === "en" ? "code" : "symbol",
          }),
      ...(length === "short" ? { notation: "compact" } : {}),
      minimumFractionDigits: places,
      maximumFractionDigits: places,
    });
    moneyFormats.set(key, made);
    return made;
  };

  const known = (value: Maybe): value is number =>
    typeof value === "number" && !Number.isNaN(value);
  const with_ = (format: Intl.NumberFormat) => (value: Maybe) =>
    known(value) ? format.format(value) : NOTHING;
  const major = (minor: number, unit: Currency) => minor / 10 ** unit.currencyDecimals;
  const money = (minor: Maybe, unit: Currency) =>
    known(minor) ? moneyFormat(unit, "full").format(major(minor, unit)) : NOTHING;
  const range = (format: Intl.DateTimeFormat, from: string, to: string) =>
    from === to
      ? format.format(asUtc(from))
      : format
          .formatRange(asUtc(from), asUtc(to))
          .replace(/^(\p{Nd}+)\s–\s(?=\p{Nd}+\s)/u, "$1–")
          .replaceAll("\u2009", " ");

  return {
    language,
    count: with_(whole),
    number: with_(asItStands),
    plain: with_(ungrouped),
    countShort: (n) =>
      known(n) ? (Math.abs(n) >= COUNT_SHORT_FROM ? compact : whole).format(n) : NOTHING,
    money,
    moneyShort: (minor, unit) =>
      known(minor) && Math.abs(major(minor, unit)) >= MONEY_SHORT_FROM
        ? moneyFormat(unit, "short").format(major(minor, unit))
        : money(minor, unit),
    moneyRough: (minor, unit) =>
      known(minor) && Math.abs(major(minor, unit)) >= MONEY_WHOLE_FROM
        ? moneyFormat(unit, "whole").format(major(minor, unit))
        : money(minor, unit),
    amount: (minor, unit) => money(minor, { ...unit, currency: null }),
    currencySign: (currency) =>
      moneyFormat({ currency, currencyDecimals: 2 }, "full")
        .formatToParts(0)
        .find((part) => part.type === "currency")?.value ?? currency,
    rate: with_(percent),
    ratio: with_(two),
    change: with_(signed),
    tick: (n) => compact.format(n),
    day: (text) => day.format(asUtc(text)),
    dayShort: (text) => dayShort.format(asUtc(text)),
    dayLong: (text) => dayLong.format(asUtc(text)),
    month: (text) => month.format(asUtc(text)),
    monthShort: (text) => monthShort.format(asUtc(text)),
    period: (from, to) => range(day, from, to),
    periodShort: (from, to, near) =>
      from.slice(0, 4) === near.slice(0, 4) && to.slice(0, 4) === near.slice(0, 4)
        ? range(dayShort, from, to)
        : range(day, from, to),
    wallTime: (text) => wall.format(new Date(`${text.slice(0, 19).replace(" ", "T")}Z`)),
    instant: (text) => local.format(new Date(text)),
    duration: (minutes) => (known(minutes) ? duration(minutes) : NOTHING),
    ago: (ms) => {
      const seconds = Math.max(0, Math.round(ms / 1000));
      if (seconds < 60) return relative.format(-seconds, "second");
      if (seconds < 3600) return relative.format(-Math.floor(seconds / 60), "minute");
      if (seconds < 86_400) return relative.format(-Math.floor(seconds / 3600), "hour");
      return relative.format(-Math.floor(seconds / 86_400), "day");
    },
    list: (parts) => joined.format(parts),
    bytes: (n) => {
      const units = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;
      const step = n < 1 ? 0 : Math.min(3, Math.floor(Math.log10(n) / 3));
      return number({
        style: "unit",
        unit: units[step] as string,
        unitDisplay: step === 0 ? "long" : "short",
        maximumFractionDigits: step === 0 ? 0 : 1,
      }).format(n / 1000 ** step);
    },
  };
}
