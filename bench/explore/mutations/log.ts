/** Faults of the status log and of current statuses. */
import { type Ground, later } from "../ground.ts";
import { by, type Mutation, type Strength } from "../mutation.ts";
import type { Row } from "../tables.ts";

/** The log of some leads is given further rows. */
function logs(
  id: string,
  rules: readonly string[],
  counts: readonly [number, number, number],
  make: (ground: Ground, lead: Row, log: readonly Row[], strength: Strength) => Row[],
  fits: (ground: Ground, lead: Row, log: readonly Row[]) => boolean = () => true,
  pack = "log",
  place: "leads" | "lines" = "leads",
): Mutation {
  return {
    id,
    rules,
    pack,
    plant(ground, strength) {
      const own = ground.logOf();
      const logOf = (row: Row) => own.get(ground.get("leads", row, "id")) ?? [];
      const picked = ground.takeLeads(
        by(strength, ...counts),
        (row) => logOf(row).length > 0 && fits(ground, row, logOf(row)),
      );
      const lines = picked.flatMap((row) => make(ground, row, logOf(row), strength));
      const old = new Set(ground.tables.log.rows);
      ground.tables.log.rows.push(...lines.filter((row) => !old.has(row)));
      if (lines.length === 0) return null;
      return place === "lines"
        ? { lines }
        : { leads: picked.map((row) => ground.get("leads", row, "id")), touched: lines };
    },
  };
}

const lastOf = (ground: Ground, log: readonly Row[]) =>
  [...log]
    .sort((a, b) =>
      ground.get("log", a, "created_at").localeCompare(ground.get("log", b, "created_at")),
    )
    .at(-1) ?? [];

function entry(ground: Ground, model: Row, status: string, seconds: number): Row {
  const row = [...model];
  ground.set("log", row, "status", status);
  ground.set("log", row, "created_at", later(ground.get("log", model, "created_at"), seconds));
  return row;
}

/** Further statuses after the last one, with the lead's current status following. */
const then =
  (...steps: readonly (readonly [string, number])[]) =>
  (ground: Ground, lead: Row, log: readonly Row[]) => {
    const last = lastOf(ground, log);
    const rows: Row[] = [];
    let seconds = 0;
    for (const [status, after] of steps) {
      seconds += after;
      rows.push(entry(ground, last, status, seconds));
      ground.set("leads", lead, "lead_status", status);
    }
    return rows;
  };

/** Some rows with a status carry it in another spelling, in log and leads. */
function spelling(id: string, rules: readonly string[], from: string, to: string): Mutation {
  return {
    id,
    rules,
    pack: "status-spelling",
    plant(ground, strength) {
      const rows = ground
        .shuffled(ground.tables.log.rows.filter((row) => ground.get("log", row, "status") === from))
        .slice(0, by(strength, 2, 6, 15));
      for (const row of rows) ground.set("log", row, "status", to);
      return rows.length > 0 ? { names: [to], touched: rows } : null;
    },
  };
}

const DAY = 86_400;
const untouched = (ground: Ground, _: Row, log: readonly Row[]) =>
  log.every((row) => ground.get("log", row, "status") === "NEW_LEAD");

export const LOG: readonly Mutation[] = [
  logs("status-before-lead", ["status-before-lead"], [3, 8, 20], (g, lead, _, s) => {
    const row = [
      g.get("leads", lead, "id"),
      "NO_ANSWER",
      later(g.get("leads", lead, "added_date"), -by(s, 2 * 3600, DAY, 30 * DAY)),
    ];
    return [row];
  }),
  logs(
    "back-to-new",
    ["backward-transitions", "illegal-transitions"],
    [2, 6, 15],
    then(["QUALIFIED", DAY], ["NEW_LEAD", 3 * DAY]),
    untouched,
  ),
  logs(
    "won-and-then-no-answer",
    ["backward-transitions", "illegal-transitions"],
    [2, 6, 15],
    then(["QUALIFIED", DAY], ["MEETING_DONE", 2 * DAY], ["DONE_DEAL", 9 * DAY], ["NO_ANSWER", DAY]),
    untouched,
  ),
  logs(
    "repeated-statuses",
    ["repeated-statuses"],
    [3, 10, 30],
    then(["NOT_QUALIFIED", DAY], ["NOT_QUALIFIED", 40], ["NOT_QUALIFIED", 55]),
    untouched,
  ),
  logs(
    "contradictory-statuses",
    ["contradictory-statuses"],
    [2, 6, 15],
    (g, lead, log, s) =>
      then(["QUALIFIED", DAY], ["NOT_QUALIFIED", by(s, 30, 10, 0)])(g, lead, log),
    untouched,
  ),
  logs("current-against-log", ["current-vs-log"], [3, 10, 40], (g, lead, log) => {
    g.set(
      "leads",
      lead,
      "lead_status",
      g.get("log", lastOf(g, log), "status") === "QUALIFIED" ? "SPAM" : "QUALIFIED",
    );
    return [lastOf(g, log)];
  }),
  logs(
    "future-log-rows",
    ["future-sales-dates"],
    [1, 3, 8],
    then(["FOLLOW_UP", 3653 * DAY]),
    untouched,
  ),
  logs(
    "orphan-log-rows",
    ["orphan-rows"],
    [3, 8, 20],
    (g, _, log) => {
      const row = entry(g, lastOf(g, log), "NO_ANSWER", 600);
      g.set("log", row, "lead_id", 800_000_000 + g.draw.int(1_000_000));
      return [row];
    },
    () => true,
    "orphans",
    "lines",
  ),
  logs(
    "unmapped-statuses",
    ["unmapped-statuses"],
    [2, 8, 25],
    then(["WAITING_LIST", DAY]),
    untouched,
    "status-spelling",
  ),
  spelling("status-case", ["status-spelling", "unmapped-statuses"], "NO_ANSWER", "No Answer"),
  spelling(
    "status-typo",
    ["status-spelling", "unmapped-statuses"],
    "NOT_QUALIFIED",
    "NOT_QUALIFED",
  ),
  spelling("status-space", ["status-spelling", "unmapped-statuses"], "CALL_AGAIN", "CALL_AGAIN "),
  spelling("status-arabic", ["status-spelling", "unmapped-statuses"], "QUALIFIED", "مؤهل"),
  {
    id: "bulk-edits",
    rules: ["bulk-edits"],
    pack: "bulk",
    plant(ground, strength) {
      const own = ground.logOf();
      const campaigns = ground.campaignsOf();
      const account = [...campaigns].sort((a, b) => b[1].length - a[1].length)[
        ground.draw.int(3)
      ]?.[0];
      const leads = ground.takeLeads(
        by(strength, 12, 30, 100),
        (row) =>
          ground.accountOf(ground.get("leads", row, "campaign_id")) === account &&
          untouched(ground, row, own.get(ground.get("leads", row, "id")) ?? []),
      );
      if (leads.length < 10) return null;
      const latest =
        leads
          .map((row) => ground.get("leads", row, "added_date"))
          .sort()
          .at(-1) ?? "";
      const minute = `${later(latest, 2 * DAY).slice(0, 16)}:00`;
      const lines = leads.map((row, i) => {
        ground.set("leads", row, "lead_status", "NOT_QUALIFIED");
        return [
          ground.get("leads", row, "id"),
          "NOT_QUALIFIED",
          later(minute, Math.floor((i * 58) / leads.length)),
        ];
      });
      ground.tables.log.rows.push(...lines);
      return { lines };
    },
  },
  {
    id: "late-logging",
    rules: ["logging-start"],
    pack: "late-logging",
    plant(ground, strength) {
      const months = [
        ...new Set(
          ground.tables.leads.rows.map((row) => ground.get("leads", row, "added_date").slice(0, 7)),
        ),
      ].sort();
      const from = months[by(strength, 2, 4, 7)] ?? "";
      const early = new Set(
        ground.tables.leads.rows
          .filter(
            (row) =>
              ground.get("leads", row, "added_date").slice(0, 7) < from &&
              !ground.draw.chance(0.06),
          )
          .map((row) => ground.get("leads", row, "id")),
      );
      ground.tables.log.rows = ground.tables.log.rows.filter(
        (row) => !early.has(ground.get("log", row, "lead_id")),
      );
      for (const row of ground.tables.leads.rows)
        if (early.has(ground.get("leads", row, "id")) && ground.draw.chance(0.9))
          ground.set("leads", row, "lead_status", "UNKNOWN");
      return { names: [from], leads: [...early] };
    },
  },
  {
    id: "status-mix-turns",
    rules: ["status-mix-change", "label-drift"],
    pack: "mix",
    plant(ground, strength) {
      const times = ground.tables.log.rows
        .map((row) => ground.get("log", row, "created_at"))
        .sort();
      const from = times[Math.floor(times.length * 0.7)] ?? "";
      const share = by(strength, 0.3, 0.5, 0.8);
      const turned = ground.tables.log.rows.filter(
        (row) =>
          ground.get("log", row, "created_at") >= from &&
          !["NEW_LEAD", "NOT_QUALIFIED"].includes(ground.get("log", row, "status")) &&
          ground.draw.chance(share),
      );
      for (const row of turned) ground.set("log", row, "status", "NOT_QUALIFIED");
      return { months: [from.slice(0, 7), later(from, 31 * DAY).slice(0, 7)], touched: turned };
    },
  },
];
