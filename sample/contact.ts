import { twoDigits } from "./calendar.ts";
import type { Draw } from "./draw.ts";
import { FAMILY, GIVEN } from "./names.ts";

/** Who a lead is, whatever they write on one form or another. */
export interface Person {
  readonly given: number;
  readonly family: number;
  readonly country: "EG" | "AE" | "SA";
  /** National number without leading zero, e.g. "1012345678". */
  readonly national: string;
  /** E.164, e.g. "+201012345678". */
  readonly phone: string;
  readonly email: string;
  /** −2…2 or so; low = a number that is not picked up. */
  readonly contactQuality: number;
}

const CALLING_CODE = { EG: "20", AE: "971", SA: "966" } as const;
const MAIL = ["@example.com", "@example.net", "@example.org"];
const GIVEN_USER = GIVEN.map(([latin]) => `${latin.toLowerCase()}.`);
const FAMILY_USER = FAMILY.map(([latin]) => latin.toLowerCase());
/** Known throw-away services; used by the fault of that name alone. */
export const DISPOSABLE_MAIL = [
  "mailinator.com",
  "yopmail.com",
  "guerrillamail.com",
  "10minutemail.com",
  "trashmail.com",
];
const ARABIC_DIGITS = "٠١٢٣٤٥٦٧٨٩";

function digits(draw: Draw, count: number): string {
  let text = "";
  for (let i = 0; i < count; i += 2) text += twoDigits(draw.int(100));
  return text.slice(0, count);
}

function nationalNumber(country: Person["country"], draw: Draw): string {
  if (country === "EG") {
    const u = draw.next();
    return (u < 0.42 ? "10" : u < 0.68 ? "11" : u < 0.92 ? "12" : "15") + digits(draw, 8);
  }
  if (country === "AE") return `5${[0, 2, 4, 5, 6, 8][draw.int(6)]}${digits(draw, 7)}`;
  return `5${[0, 3, 4, 5, 6, 9][draw.int(6)]}${digits(draw, 7)}`;
}

/** The person of an aimed stream: the same address, the same person. */
export function personOf(draw: Draw): Person {
  const u = draw.next();
  const country = u < 0.86 ? "EG" : u < 0.93 ? "AE" : "SA";
  const given = draw.int(GIVEN.length);
  const family = draw.int(FAMILY.length);
  const national = nationalNumber(country, draw);
  const email = `${GIVEN_USER[given]}${FAMILY_USER[family]}${draw.int(10_000)}${MAIL[draw.int(3)]}`;
  return {
    given,
    family,
    country,
    national,
    phone: `+${CALLING_CODE[country]}${national}`,
    email,
    contactQuality: draw.normal(),
  };
}

/** The person's name as typed on a form. */
export function writtenName(person: Person, arabic: boolean, draw: Draw): string {
  const script = arabic ? 1 : 0;
  const given = (GIVEN[person.given] as readonly string[])[script] as string;
  if (draw.chance(0.06)) return given;
  return `${given} ${(FAMILY[person.family] as readonly string[])[script]}`;
}

/** The person's phone in one of the forms that people and platforms write; all of them mean the same number. */
export function writtenPhone(person: Person, draw: Draw): string {
  const code = CALLING_CODE[person.country];
  const n = person.national;
  const u = draw.next();
  if (u < 0.55) return person.phone;
  if (u < 0.75) {
    if (person.country === "EG") return `0${n}`;
    return `00${code}${n}`;
  }
  if (u < 0.83) return `00${code}${n}`;
  if (u < 0.9) return `${code}${n}`;
  if (u < 0.94) return `+${code} ${n.slice(0, 3)} ${n.slice(3, 6)} ${n.slice(6)}`;
  if (u < 0.97) return `+${code}-${n.slice(0, 2)}-${n.slice(2)}`;
  if (u < 0.985) return `(+${code}) ${n}`;
  let arabic = "";
  for (const digit of `00${code}${n}`) arabic += ARABIC_DIGITS[Number(digit)];
  return arabic;
}

/** A phone that cannot be one, in the ways forms and spreadsheets damage them. */
export function damagedPhone(person: Person, draw: Draw): string {
  const n = person.national;
  const kind = draw.int(6);
  if (kind === 0) return person.phone.slice(0, 7);
  if (kind === 1) return `${n.slice(0, 1)}.${n.slice(1, 4)}E+${n.length + 1}`;
  if (kind === 2) return "00000000000";
  if (kind === 3) return `+${CALLING_CODE[person.country]}`;
  if (kind === 4) return `${person.phone}${n}`;
  return "no phone";
}
