/** Faults of leads and of those who left them. Every name, number and address here is invented. */
import { dayNumber, type Ground, later } from "../ground.ts";
import { by, type Mutation, type Planted, type Strength } from "../mutation.ts";
import type { Row } from "../tables.ts";

function leads(
  id: string,
  rules: readonly string[],
  counts: readonly [number, number, number],
  change: (ground: Ground, row: Row, index: number, strength: Strength) => void,
  fits: (ground: Ground, row: Row) => boolean = () => true,
  pack = "leads",
): Mutation {
  return {
    id,
    rules,
    pack,
    plant(ground, strength) {
      const rows = ground.takeLeads(by(strength, ...counts), (row) => fits(ground, row));
      rows.forEach((row, i) => {
        change(ground, row, i, strength);
      });
      return rows.length > 0 ? { lines: rows } : null;
    },
  };
}

const DISPOSABLE = [
  "mailinator.com",
  "yopmail.com",
  "guerrillamail.com",
  "10minutemail.com",
  "temp-mail.org",
  "trashmail.com",
];
const MALFORMED = [
  "amal.hosny@",
  "karim.example.com",
  "mona@@example.com",
  "sara@example",
  "nour samir@example.com",
  "@example.com",
  "rami@example..com",
  "-",
];
const JUNK = [
  "test test",
  "asdf",
  "asdfgh jkl",
  "xxxx",
  "1234",
  "aaaaaa",
  "تجربة",
  "no name",
  "qwerty",
  "test",
];
const SPREADSHEET = ["2.01E+11", "9.66E+11", "1.23457E+11", "2.0112E+11"];
const IMPOSSIBLE = [
  "123",
  "0000000000",
  "+20111",
  "1111111111",
  "+2010000000000000000",
  "0123456789",
  "12345678",
];

/** Ways in which one number is written. */
const WAYS = [
  (n: string) => `+20${n}`,
  (n: string) => `0${n}`,
  (n: string) => `0020${n}`,
  (n: string) => `+20 ${n.slice(0, 3)} ${n.slice(3, 6)} ${n.slice(6)}`,
  (n: string) => `20${n}`,
];

/** Several leads with one phone number. */
function samePhone(
  id: string,
  rules: readonly string[],
  groups: readonly [number, number, number],
  size: readonly [number, number, number],
  within: "account" | "anywhere",
): Mutation {
  return {
    id,
    rules,
    pack: "persons",
    plant(ground, strength): Planted | null {
      const lines: Row[] = [];
      const touched: Row[] = [];
      for (let k = 0; k < by(strength, ...groups); k++) {
        const number = `10${String(10_000_000 + ground.draw.int(89_999_999))}`;
        const [first] = ground.takeLeads(1);
        if (!first) break;
        const home = ground.accountOf(ground.get("leads", first, "campaign_id"));
        const others = ground.takeLeads(
          by(strength, ...size) - 1,
          (row) =>
            within === "anywhere" ||
            ground.accountOf(ground.get("leads", row, "campaign_id")) === home,
        );
        if (others.length === 0) continue;
        [first, ...others].forEach((row, i) => {
          ground.set(
            "leads",
            row,
            "phone",
            (WAYS[i % WAYS.length] as (n: string) => string)(number),
          );
          if (within === "account")
            ground.set("leads", row, "name", ground.get("leads", first, "name"));
        });
        // Whoever came first is a lead like others; those after it are the repeats.
        const inTime = [first, ...others].sort((a, b) =>
          ground.get("leads", a, "added_date").localeCompare(ground.get("leads", b, "added_date")),
        );
        lines.push(...inTime.slice(within === "account" ? 1 : 0));
        touched.push(...inTime);
      }
      return lines.length > 0 ? { lines, touched } : null;
    },
  };
}

/** Arrival moved by hours: of one account, or of everybody from a day on; the log stays as it was. */
function shifted(
  id: string,
  hours: readonly [number, number, number],
  scope: "account" | "since",
): Mutation {
  return {
    id,
    rules: ["status-before-lead", "timezone-evidence", "clock-change"],
    pack: id,
    plant(ground, strength) {
      const own = ground.leadsOf();
      const seconds = by(strength, ...hours) * 3600;
      let rows: Row[];
      if (scope === "account") {
        const [account, campaigns] =
          [...ground.campaignsOf()].sort((a, b) => b[1].length - a[1].length)[0] ?? [];
        if (account === undefined || campaigns === undefined) return null;
        rows = campaigns.flatMap((row) => own.get(ground.get("campaigns", row, "id")) ?? []);
      } else {
        const days = ground.tables.leads.rows
          .map((row) => dayNumber(ground.get("leads", row, "added_date")))
          .sort((a, b) => a - b);
        const from = days[Math.floor(days.length * 0.7)] ?? 0;
        rows = ground.tables.leads.rows.filter(
          (row) => dayNumber(ground.get("leads", row, "added_date")) >= from,
        );
      }
      for (const row of rows)
        ground.set(
          "leads",
          row,
          "added_date",
          later(ground.get("leads", row, "added_date"), seconds),
        );
      return { leads: rows.map((row) => ground.get("leads", row, "id")) };
    },
  };
}

export const LEADS: readonly Mutation[] = [
  leads("spreadsheet-phones", ["damaged-phones"], [2, 6, 20], (g, row, i) =>
    g.set("leads", row, "phone", SPREADSHEET[i % SPREADSHEET.length] ?? ""),
  ),
  leads("impossible-phones", ["damaged-phones", "placeholder-contacts"], [3, 7, 20], (g, row, i) =>
    g.set("leads", row, "phone", IMPOSSIBLE[i % IMPOSSIBLE.length] ?? ""),
  ),
  leads(
    "cut-phones",
    ["damaged-phones"],
    [4, 10, 30],
    (g, row, _, s) => {
      const phone = g.get("leads", row, "phone").replace(/[^0-9+]/g, "");
      g.set("leads", row, "phone", phone.slice(0, -by(s, 3, 4, 5)));
    },
    (g, row) => /^\+?[0-9 ()-]{11,}$/.test(g.get("leads", row, "phone")),
  ),
  leads("disposable-emails", ["unusable-emails"], [3, 8, 25], (g, row, i) =>
    g.set("leads", row, "email", `visitor${i}@${DISPOSABLE[i % DISPOSABLE.length]}`),
  ),
  leads("malformed-emails", ["unusable-emails"], [3, 8, 25], (g, row, i) =>
    g.set("leads", row, "email", MALFORMED[i % MALFORMED.length] ?? ""),
  ),
  leads("mistyped-emails", ["unusable-emails"], [3, 6, 15], (g, row, i) =>
    g.set(
      "leads",
      row,
      "email",
      `someone${i}@${["gmial.com", "hotmial.com", "gmail.con", "yaho.com"][i % 4]}`,
    ),
  ),
  leads("junk-names", ["junk-leads", "placeholder-contacts"], [3, 8, 25], (g, row, i) =>
    g.set("leads", row, "name", JUNK[i % JUNK.length] ?? ""),
  ),
  leads("future-leads", ["future-sales-dates"], [1, 3, 6], (g, row) =>
    g.set("leads", row, "added_date", later(g.get("leads", row, "added_date"), 3653 * 86_400)),
  ),
  leads("orphan-leads", ["orphan-rows"], [2, 6, 15], (g, row, i) =>
    g.set("leads", row, "campaign_id", 900_000_000 + i),
  ),
  leads(
    "lead-days-and-months-exchanged",
    ["leads-out-of-time", "future-sales-dates"],
    [5, 12, 30],
    (g, row) => {
      const text = g.get("leads", row, "added_date");
      g.set(
        "leads",
        row,
        "added_date",
        `${text.slice(0, 5)}${text.slice(8, 10)}-${text.slice(5, 7)}${text.slice(10)}`,
      );
    },
    (g, row) => {
      const text = g.get("leads", row, "added_date");
      return Number(text.slice(8, 10)) <= 12 && text.slice(8, 10) !== text.slice(5, 7);
    },
    "mixed-dates",
  ),
  leads(
    "ids-in-scientific-notation",
    ["damaged-ids", "refused-rows"],
    [3, 8, 25],
    (g, row) => {
      const id = g.get("leads", row, "id");
      g.set("leads", row, "id", `${Number(id).toExponential(2).replace("e+", "E+0")}`);
    },
    () => true,
    "ids",
  ),
  samePhone(
    "one-person-many-leads",
    ["one-person-several-leads"],
    [3, 6, 12],
    [2, 2, 4],
    "account",
  ),
  samePhone(
    "brokers",
    ["broker-pattern", "one-person-several-leads", "placeholder-contacts"],
    [1, 2, 3],
    [6, 10, 16],
    "anywhere",
  ),
  {
    id: "placeholder-phone",
    rules: ["placeholder-contacts", "broker-pattern", "damaged-phones"],
    pack: "placeholder",
    plant(ground, strength) {
      const lines = ground.takeLeads(by(strength, 12, 30, 60));
      for (const row of lines) ground.set("leads", row, "phone", "+201000000000");
      return { lines };
    },
  },
  {
    id: "arrival-burst",
    rules: ["arrival-bursts"],
    pack: "burst",
    plant(ground, strength) {
      const own = ground.leadsOf();
      const wanted = by(strength, 12, 25, 50);
      const campaign = [...own].filter(([, rows]) => rows.length >= 5).map(([id]) => id)[
        ground.draw.int(20)
      ];
      const model = campaign === undefined ? undefined : own.get(campaign)?.[2];
      if (!model) return null;
      const logs = ground.logOf();
      const lines = ground
        .takeLeads(wanted, (row) => row !== model)
        .map((row) => {
          ground.set("leads", row, "campaign_id", ground.get("leads", model, "campaign_id"));
          const moved = later(ground.get("leads", model, "added_date"), 1 + ground.draw.int(50));
          const by =
            (Date.parse(moved) - Date.parse(ground.get("leads", row, "added_date"))) / 1000;
          ground.set("leads", row, "added_date", moved);
          for (const one of logs.get(ground.get("leads", row, "id")) ?? [])
            ground.set("log", one, "created_at", later(ground.get("log", one, "created_at"), by));
          return row;
        });
      return { lines };
    },
  },
  shifted("leads-later-by-hours-in-an-account", [2, 3, 7], "account"),
  shifted("leads-earlier-by-hours-in-an-account", [-3, -7, -10], "account"),
  shifted("leads-later-by-hours-since-a-day", [1, 2, 3], "since"),
  {
    id: "leakage-column",
    rules: ["leakage-suspects"],
    pack: "leakage",
    plant(ground, strength) {
      const table = ground.tables.leads;
      table.header.push("reason_closed");
      const judged = new Set([
        "QUALIFIED",
        "NOT_QUALIFIED",
        "LOW_BUDGET",
        "DONE_DEAL",
        "MEETING_DONE",
        "HIGH_INTEREST",
        "SPAM",
      ]);
      for (const row of table.rows) {
        const known = judged.has(ground.get("leads", row, "lead_status"));
        const filled = known
          ? ground.draw.chance(by(strength, 0.6, 0.9, 1))
          : ground.draw.chance(by(strength, 0.03, 0.01, 0));
        row.push(filled ? (ground.draw.chance(0.5) ? "price" : "area") : "");
      }
      return { names: ["reason_closed"] };
    },
  },
];
