import { dayText, timeText } from "./calendar.ts";
import type { Campaign } from "./campaigns.ts";
import { DISPOSABLE_MAIL, damagedPhone, personOf, writtenName, writtenPhone } from "./contact.ts";
import { Draw } from "./draw.ts";
import type { FaultPlan } from "./faults.ts";
import { LeadFaults, type PersonKey } from "./lead-faults.ts";
import {
  arrivalSecond,
  BUDGET_ANSWERS,
  type LeadLife,
  type LogEntry,
  liveLead,
  TIMELINE_ANSWERS,
} from "./leads.ts";
import { FIRST_PERSON_ID } from "./people.ts";
import { SpanBook } from "./span-book.ts";
import type { TableFile } from "./table-file.ts";
import { rounded, type Truth } from "./truth.ts";

export const LEADS_HEADER =
  "id,campaign_id,name,email,phone,lead_status,added_date,platform,language,form_name,assigned_to,What is your budget?,When do you plan to buy?";

/** A campaign that may still bring leads. */
export interface Live {
  readonly campaign: Campaign;
  readonly losesLeads: boolean;
}

/** A lead that somebody left to try a form. */
export interface Trial {
  readonly campaignId: number;
  readonly second: number;
}

export interface LeadTables {
  readonly leads: TableFile;
  readonly log: TableFile;
  readonly deals: TableFile;
}

const FORM_TEXT = { more_volume: "More volume", higher_intent: "Higher intent" } as const;
const ID_BASE = 70_000;

/** Writes the leads of one day after another, in order of arrival, with their status log and deals. */
export class LeadDesk {
  private readonly tables: LeadTables;
  private readonly truth: Truth;
  private readonly drift: Float64Array;
  private readonly lostDays: ReadonlySet<number>;
  private readonly faults: LeadFaults;
  private readonly arrivals: Draw;
  private readonly lives: Draw;
  private readonly persons: Draw;
  private readonly words: Draw;
  private readonly places: Draw;
  private readonly spans = new SpanBook();
  private position = 0;
  private lost = 0;

  /** @param lostDays days whose leads are missing as a whole */
  constructor(
    world: {
      seed: number;
      scale: number;
      plan: FaultPlan;
      drift: Float64Array;
      lostDays: ReadonlySet<number>;
    },
    tables: LeadTables,
    truth: Truth,
  ) {
    this.tables = tables;
    this.truth = truth;
    this.drift = world.drift;
    this.lostDays = world.lostDays;
    this.faults = new LeadFaults(world.seed, world.plan, world.scale);
    this.arrivals = new Draw(world.seed, "arrival");
    this.lives = new Draw(world.seed, "lead");
    this.persons = new Draw(world.seed, "person");
    this.words = new Draw(world.seed, "written");
    this.places = new Draw(world.seed, "lead id");
  }

  /** Writes all leads of `day`; gives back how many were lost to an outage. */
  async writeDay(day: number, live: readonly Live[], trials: readonly Trial[]): Promise<number> {
    const from: Live[] = [];
    const keys: number[] = [];
    const seconds: number[] = [];
    for (const one of live) {
      const offset = day - one.campaign.startDay;
      const count = one.campaign.leadsPerDay[offset] ?? 0;
      for (let j = 0; j < count; j++) {
        const key = offset * 4096 + j;
        this.arrivals.at(one.campaign.index, key);
        seconds.push(arrivalSecond(this.arrivals, one.campaign, day) * 2_097_152 + from.length);
        from.push(one);
        keys.push(key);
      }
    }
    const order = new Float64Array(seconds).sort();
    const waiting = [...trials];
    const outage = this.lostDays.has(day);
    this.lost = 0;
    for (const packed of order) {
      const at = packed % 2_097_152;
      const second = day * 86_400 + Math.floor(packed / 2_097_152);
      const one = from[at] as Live;
      this.places.at(this.position);
      const id = ID_BASE + 2 * this.position + this.places.int(2);
      const kept = !one.losesLeads && !outage;
      if (outage && !one.losesLeads) this.lost++;
      const trial = outage ? undefined : waiting[0];
      const trialFirst = trial !== undefined && id % 2 === 1;
      if (trialFirst) this.writeTrial(id - 1, trial, second);
      if (kept) this.writeLead(id, one.campaign, keys[at] as number, second);
      if (trial !== undefined && !trialFirst) this.writeTrial(id + 1, trial, second);
      if (trial !== undefined) waiting.shift();
      this.position++;
      if (this.tables.leads.full) await this.tables.leads.flush();
      if (this.truth.leads.full) await this.truth.leads.flush();
    }
    return this.lost;
  }

  /** Records what spans many leads: brokers and sittings. */
  close(): void {
    this.spans.record(this.truth);
  }

  private writeTrial(id: number, trial: Trial, second: number): void {
    const when = timeText(Math.max(trial.second, second));
    const line = this.tables.leads.line(
      `${id},${trial.campaignId},"test test",test@example.com,+201000000000,UNKNOWN,"${when}",facebook,en,More volume,,"Under 2M","Just looking"`,
    );
    this.truth.fault(
      {
        rule: "test_campaigns",
        table: "campaign_leads",
        lines: [line],
        ids: { lead_id: id, campaign_id: trial.campaignId },
        magnitude: { leads: 1 },
      },
      0,
    );
  }

  private writeLead(id: number, campaign: Campaign, key: number, second: number): void {
    const position = this.position;
    const own: PersonKey = { i: campaign.index, j: key };
    const { fault, person: personKey } = this.faults.identity(position, campaign.account.id, own);
    const ownPerson = personOf(this.persons.at(own.i, own.j));
    const person =
      personKey === own ? ownPerson : personOf(this.persons.at(personKey.i, personKey.j));
    const life = liveLead(
      this.lives.at(own.i, own.j),
      campaign,
      second,
      ownPerson.contactQuality,
      this.drift,
    );
    const day = Math.floor(second / 86_400);
    const words = this.words.at(own.i, own.j);
    const arabic = words.chance(campaign.account.arabicShare);
    const name = writtenName(person, arabic, words);
    const phone =
      fault === "damaged_phones" ? damagedPhone(person, words) : writtenPhone(person, words);
    const email =
      fault === "disposable_emails"
        ? `${person.email.split("@")[0]}@${DISPOSABLE_MAIL[words.int(DISPOSABLE_MAIL.length)]}`
        : person.email;
    const unlogged = this.faults.unlogged(position, campaign, day);
    const trueStatus = (life.log[life.log.length - 1] as LogEntry).status;
    const status = unlogged
      ? this.faults.unloggedStatus(position, trueStatus)
      : this.writeLog(id, position, campaign, second, life);
    const future = fault === null ? this.faults.futureArrival(position, second) : null;
    const line = this.tables.leads.line(
      `${id},${campaign.id},"${name}",${email},${phone},${status},"${timeText(future ?? second)}",${campaign.platform},${arabic ? "ar" : "en"},${FORM_TEXT[campaign.form]},${FIRST_PERSON_ID + campaign.account.firstPerson + life.rep},"${BUDGET_ANSWERS[life.budgetAnswer]}","${TIMELINE_ANSWERS[life.timelineAnswer]}"`,
    );
    if (fault !== null) this.noteIdentity(fault, id, line, person.phone, phone, email);
    if (future !== null) {
      this.truth.fault({
        rule: "future_dates",
        table: "campaign_leads",
        lines: [line],
        ids: { lead_id: id },
        magnitude: { daysAhead: Math.round((future - second) / 86_400) },
      });
    }
    for (const deal of life.deals) {
      this.tables.deals.line(
        `${id},${deal.stage},${deal.value},EGP,${dayText(deal.day)},${deal.cancelledSecond === null ? "" : `"${timeText(deal.cancelledSecond)}"`}`,
      );
    }
    this.truth.leads.line(
      `[${id},${rounded(life.qualifyChance, 4)},${rounded(life.reachLogit, 3)},${life.firstCallHours === null ? "null" : rounded(life.firstCallHours, 3)},${life.reached ? 1 : 0},${life.wouldQualify ? 1 : 0},"${trueStatus}","${person.phone}"]`,
    );
  }

  private noteIdentity(
    fault: "shared_person" | "broker_pattern" | "damaged_phones" | "disposable_emails",
    id: number,
    line: number,
    truePhone: string,
    phone: string,
    email: string,
  ): void {
    if (fault === "broker_pattern") {
      this.spans.broker(truePhone, id);
      return;
    }
    const magnitude =
      fault === "damaged_phones"
        ? { written: phone, truePhone }
        : fault === "disposable_emails"
          ? { written: email }
          : { truePhone };
    this.truth.fault({
      rule: fault,
      table: "campaign_leads",
      lines: [line],
      ids: { lead_id: id },
      magnitude,
    });
  }

  /** Writes the log of a lead and gives the status that it shows now. */
  private writeLog(
    id: number,
    position: number,
    campaign: Campaign,
    arrived: number,
    life: LeadLife,
  ): string {
    let log = this.faults.inSittings(position, campaign, life.log);
    if (campaign.account.sitting !== null) {
      for (const entry of log.slice(1)) this.spans.sitting(campaign.account.id, entry.second);
    }
    const status = (log[log.length - 1] as LogEntry).status;
    const fault = this.faults.log(position, arrived, log.length);
    const spoilt = log[log.length - 1] as LogEntry;
    if (fault !== null) log = this.faults.spoil(position, fault, log, arrived);
    const first = this.tables.log.lines + 1;
    for (const entry of log) {
      this.tables.log.line(`${id},${entry.status},"${timeText(entry.second)}"`);
    }
    if (fault === null) return status;
    const at = fault === "status_before_lead" ? 0 : log.length - 1;
    const changed = log[at] as LogEntry;
    const lines = [first + at];
    if (fault === "duplicate_rows") {
      lines.push(this.tables.log.line(`${id},${changed.status},"${timeText(changed.second)}"`));
    }
    this.truth.fault({
      rule: fault,
      table: "lead_status_changes",
      lines,
      ids: { lead_id: id },
      magnitude: { trueStatus: spoilt.status, trueTime: timeText(spoilt.second) },
    });
    return fault === "unmapped_status" ? changed.status : status;
  }
}
