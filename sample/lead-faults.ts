import { WORLD_DAYS } from "./calendar.ts";
import type { Campaign } from "./campaigns.ts";
import { Draw } from "./draw.ts";
import { Anchors, type FaultClass, type FaultPlan } from "./faults.ts";
import type { LogEntry } from "./leads.ts";

/** The address of a person's stream. */
export interface PersonKey {
  readonly i: number;
  readonly j: number;
}

/** What goes wrong with who a lead is. */
export type IdentityFault =
  | "shared_person"
  | "broker_pattern"
  | "damaged_phones"
  | "disposable_emails";
/** What goes wrong with the dates and statuses of a lead. */
export type LogFault = "unmapped_status" | "future_dates" | "status_before_lead" | "duplicate_rows";

/** Leads per broker, and the chance that the next lead of the world is the broker's while it is at work. */
const BROKER_LEADS = 12;
const BROKER_GRAB = 0.25;
const BROKER_PER_ACCOUNT = 3;
const RECENT = 8;
/** Leads a world of scale 1 has at least; places of lead faults are spread over this many. */
const LEADS_AT_SCALE_1 = 48_000;
/** Share of the leads before logging that are logged all the same, and that keep their last status. */
const LOGGED_EARLY = 0.06;
const KEPT_STATUS = 0.35;

/** Chooses leads for the faults of identity and of the log; streams and places depend on the seed alone. */
export class LeadFaults {
  private readonly draw: Draw;
  private readonly anchors: Map<string, Anchors>;
  private readonly recent = new Map<number, PersonKey[]>();
  private broker = -1;
  private brokerLeft = 0;
  private readonly brokerSeen = new Map<number, number>();

  constructor(seed: number, plan: FaultPlan, scale: number) {
    this.draw = new Draw(seed, "lead fault");
    const total = Math.max(20, LEADS_AT_SCALE_1 * scale);
    const place = (name: FaultClass, count = plan[name], label: string = name) =>
      [label, new Anchors(seed, `lead ${label}`, count, total)] as const;
    this.anchors = new Map([
      place("shared_person"),
      place("broker_pattern", Math.ceil(plan.broker_pattern / BROKER_LEADS)),
      place("damaged_phones"),
      place("disposable_emails"),
      place("unmapped_status"),
      place("future_dates"),
      place("future_dates", plan.future_dates, "future log"),
      place("status_before_lead"),
      place("duplicate_rows", plan.duplicate_rows === 0 ? 0 : Math.ceil(plan.duplicate_rows / 10)),
    ]);
  }

  private take(name: string, position: number): boolean {
    const anchor = this.anchors.get(name);
    if (anchor?.due(position) !== true) return false;
    anchor.take();
    return true;
  }

  /** @param position the lead's place among all leads of the world, lost ones included */
  identity(
    position: number,
    account: number,
    own: PersonKey,
  ): { fault: IdentityFault | null; person: PersonKey } {
    if (this.brokerLeft === 0 && this.take("broker_pattern", position)) {
      this.broker++;
      this.brokerLeft = BROKER_LEADS;
      this.brokerSeen.clear();
    }
    const seen = this.brokerSeen.get(account) ?? 0;
    const free = this.brokerLeft > 0 && seen < BROKER_PER_ACCOUNT;
    if (free && this.draw.at(position, 1).chance(BROKER_GRAB)) {
      this.brokerLeft--;
      this.brokerSeen.set(account, seen + 1);
      return { fault: "broker_pattern", person: { i: 0xf0000000 + this.broker, j: 1 } };
    }
    const recent = this.recent.get(account);
    if (recent !== undefined && this.take("shared_person", position)) {
      const person = recent[this.draw.at(position, 2).int(recent.length)] as PersonKey;
      return { fault: "shared_person", person };
    }
    if (this.take("damaged_phones", position)) return { fault: "damaged_phones", person: own };
    if (this.take("disposable_emails", position))
      return { fault: "disposable_emails", person: own };
    if (recent === undefined) this.recent.set(account, [own]);
    else {
      recent.push(own);
      if (recent.length > RECENT) recent.shift();
    }
    return { fault: null, person: own };
  }

  /** True when nothing of this lead was logged because its account did not log yet. */
  unlogged(position: number, campaign: Campaign, day: number): boolean {
    return day < campaign.account.loggedFrom && !this.draw.at(position, 3).chance(LOGGED_EARLY);
  }

  /** The status that an unlogged lead shows. */
  unloggedStatus(position: number, last: string): string {
    const known = last === "QUALIFIED" || last === "NOT_QUALIFIED" || last === "NO_ANSWER";
    return known && this.draw.at(position, 4).chance(KEPT_STATUS) ? last : "UNKNOWN";
  }

  /** A date far after the world's end for the lead itself, in seconds since day 0; null almost always. */
  futureArrival(position: number, arrived: number): number | null {
    if (!this.take("future_dates", position)) return null;
    return arrived + (WORLD_DAYS + this.draw.at(position, 5).int(900)) * 86_400;
  }

  /** The fault of this logged lead's log, if its turn has come. */
  log(position: number, arrived: number, entries: number): LogFault | null {
    if (entries > 1 && this.take("unmapped_status", position)) return "unmapped_status";
    if (this.take("future log", position)) return "future_dates";
    if (arrived > 5 * 86_400 && this.take("status_before_lead", position))
      return "status_before_lead";
    if (this.take("duplicate_rows", position)) return "duplicate_rows";
    return null;
  }

  /** The log with its last entry spoilt as `fault` says; a doubled entry is left to the writer. */
  spoil(position: number, fault: LogFault, log: readonly LogEntry[], arrived: number): LogEntry[] {
    const last = log[log.length - 1] as LogEntry;
    const before = log.slice(0, -1);
    this.draw.at(position, 6);
    if (fault === "unmapped_status") {
      const raw = last.status;
      const ways = [
        raw.toLowerCase(),
        `${raw} `,
        raw.replace("_", " ").concat("!"),
        `${raw[0]}${raw.slice(1).toLowerCase()}`,
      ];
      return [...before, { ...last, status: ways[this.draw.int(ways.length)] as string }];
    }
    if (fault === "future_dates") {
      const second = last.second + (WORLD_DAYS + this.draw.int(900)) * 86_400;
      return [...before, { ...last, second }];
    }
    if (fault === "status_before_lead") {
      return [{ ...last, second: arrived - 3600 - this.draw.int(3 * 86_400) }, ...before];
    }
    return [...log];
  }

  /**
   * The log as entered in the account's sittings: every change after the first waits for the next one, and those of one
   * lead follow each other by a second. What would be entered after the world's end is not.
   */
  inSittings(position: number, campaign: Campaign, log: readonly LogEntry[]): readonly LogEntry[] {
    const sitting = campaign.account.sitting;
    if (sitting === null || log.length === 1) return log;
    const offset = this.draw.at(position, 7).int(50);
    const entered: LogEntry[] = [];
    for (const [n, entry] of log.entries()) {
      if (n === 0) {
        entered.push(entry);
        continue;
      }
      const after = entry.second - sitting.minute * 60;
      const day = Math.max(0, Math.ceil(after / 86_400));
      const wait =
        (((sitting.phase - day) % sitting.everyDays) + sitting.everyDays) % sitting.everyDays;
      const second = (day + wait) * 86_400 + sitting.minute * 60 + offset + n;
      if (second >= WORLD_DAYS * 86_400) break;
      entered.push({ status: entry.status, second });
    }
    return entered;
  }
}
