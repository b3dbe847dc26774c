import { FASTING_LEAD_HOURS, isFasting, LEAD_HOURS, MONTH_OF_DAY, WORLD_DAYS } from "./calendar.ts";
import type { Campaign } from "./campaigns.ts";
import { cumulative, type Draw, logistic } from "./draw.ts";

/** The numbers of the mechanism that makes a status out of a lead; written to the truth as they stand. */
export const LEAD_LAW = {
  qualifyBase: 0.8,
  /** Log-odds per month since January 2025, before the month's own noise. */
  qualifyDriftPerMonth: -0.2,
  contactQualityOnQualify: 0.25,
  nightOnQualify: -0.25,
  budgetOnQualify: [-0.9, -0.1, 0.45, 0.8],
  timelineOnQualify: [0.5, 0.1, -0.5],
  reachBase: 1.6,
  /** Log-odds of being reached lost per unit of ln(1 + hours until the call): the speed-to-lead effect. */
  reachPerLogHour: -0.36,
  contactQualityOnReach: 0.6,
  laterAttemptOnReach: -0.35,
  anotherAttempt: 0.16,
} as const;

export const BUDGET_ANSWERS = ["Under 2M", "2M - 4M", "4M - 8M", "Over 8M"] as const;
export const TIMELINE_ANSWERS = ["This month", "1 - 3 months", "Just looking"] as const;

const HOURS = cumulative(LEAD_HOURS);
const FASTING_HOURS = cumulative(FASTING_LEAD_HOURS);

export interface LogEntry {
  readonly status: string;
  /** Seconds since day 0. */
  readonly second: number;
}

export interface Deal {
  readonly stage: "reservation" | "contract" | "cancelled";
  readonly value: number;
  readonly day: number;
  readonly cancelledSecond: number | null;
}

/** What happens to one lead, and what was true of it beforehand. */
export interface LeadLife {
  readonly qualifyChance: number;
  /** Log-odds of being reached by a call without delay. */
  readonly reachLogit: number;
  /** Hours until the first call, null when nobody ever calls. */
  firstCallHours: number | null;
  reached: boolean;
  /** Would be judged qualified by whoever reaches it. */
  readonly wouldQualify: boolean;
  readonly budgetAnswer: number;
  readonly timelineAnswer: number;
  readonly rep: number;
  /** In order of time; the first is NEW_LEAD. */
  readonly log: LogEntry[];
  deals: readonly Deal[];
}

const NO_DEALS: readonly Deal[] = [];

/** Second of the day of an arrival; on the first day not before the campaign's start. */
export function arrivalSecond(draw: Draw, campaign: Campaign, day: number): number {
  const hour = draw.pick(isFasting(day) ? FASTING_HOURS : HOURS);
  const second = hour * 3600 + draw.int(3600);
  if (day !== campaign.startDay) return second;
  const open = campaign.startSecond - day * 86_400;
  return second >= open ? second : open + draw.int(86_400 - open);
}

const OFFICE_OPENS = 9 * 3600;
const OFFICE_CLOSES = 21 * 3600;

/** A call falls into office hours: later ones wait for the next morning. */
function inOffice(second: number, draw: Draw): number {
  const ofDay = second % 86_400;
  if (ofDay >= OFFICE_OPENS && ofDay < OFFICE_CLOSES) return second;
  const wait = ofDay < OFFICE_OPENS ? OFFICE_OPENS - ofDay : 86_400 - ofDay + OFFICE_OPENS;
  return second + wait + draw.int(5400);
}

const REFUSALS: readonly (readonly [status: string, until: number])[] = [
  ["NOT_QUALIFIED", 0.44],
  ["LOW_BUDGET", 0.58],
  ["FOLLOW_UP", 0.71],
  ["WHATSAPP", 0.83],
  ["CALL_AGAIN", 0.91],
  ["ALREADY_BOUGHT", 0.93],
  ["RESALE_REQUEST", 0.95],
  ["SPAM", 1],
];

function missedCall(draw: Draw, contactQuality: number): string {
  const u = draw.next();
  if (contactQuality < -1.2 && u < 0.35) return "WRONG_NUMBER";
  if (u < 0.72) return "NO_ANSWER";
  return u < 0.84 ? "SWITCHED_OFF" : "CALL_AGAIN";
}

function dealsAfter(draw: Draw, wonDay: number): Deal[] {
  const value = Math.round(draw.logNormal(5_200_000, 0.5) / 1000) * 1000;
  const deals: Deal[] = [{ stage: "reservation", value, day: wonDay, cancelledSecond: null }];
  const lag = 7 + draw.int(30);
  const cancelled = draw.chance(0.16);
  const day = wonDay + lag;
  if (day >= WORLD_DAYS) return deals;
  if (cancelled) {
    const cancelledSecond = day * 86_400 + OFFICE_OPENS + draw.int(30_000);
    deals.push({ stage: "cancelled", value, day: wonDay, cancelledSecond });
  } else deals.push({ stage: "contract", value, day, cancelledSecond: null });
  return deals;
}

/**
 * Lives one lead through to the end of the world.
 *
 * @param draw aimed at the lead, its arrival already drawn
 * @param arrived seconds since day 0
 * @param drift log-odds added in each month of the world
 */
export function liveLead(
  draw: Draw,
  campaign: Campaign,
  arrived: number,
  contactQuality: number,
  drift: Float64Array,
): LeadLife {
  const law = LEAD_LAW;
  const day = Math.floor(arrived / 86_400);
  const hour = Math.floor((arrived % 86_400) / 3600);
  const u = draw.next();
  const budgetAnswer = u < 0.4 ? 0 : u < 0.7 ? 1 : u < 0.9 ? 2 : 3;
  const v = draw.next();
  const timelineAnswer = v < 0.3 ? 0 : v < 0.65 ? 1 : 2;
  const account = campaign.account;
  const qualifyChance = logistic(
    law.qualifyBase +
      account.quality +
      campaign.quality +
      (drift[MONTH_OF_DAY[day] as number] as number) +
      (law.budgetOnQualify[budgetAnswer] as number) +
      (law.timelineOnQualify[timelineAnswer] as number) +
      law.contactQualityOnQualify * contactQuality +
      (hour < 6 ? law.nightOnQualify : 0),
  );
  const wouldQualify = draw.chance(qualifyChance);
  const reachLogit = law.reachBase + law.contactQualityOnReach * contactQuality;
  const rep = draw.int(account.reps);
  const log: LogEntry[] = [{ status: "NEW_LEAD", second: arrived + draw.int(4) }];
  const life: LeadLife = {
    qualifyChance,
    reachLogit,
    firstCallHours: null,
    reached: false,
    wouldQualify,
    budgetAnswer,
    timelineAnswer,
    rep,
    log,
    deals: NO_DEALS,
  };
  const loaded = account.touchShare * (hour >= 23 || hour < 7 ? 0.85 : 1);
  if (!draw.chance(loaded)) return life;

  let at = inOffice(
    arrived + 60 + Math.floor(draw.logNormal(account.touchHours, 1.4) * 3600),
    draw,
  );
  life.firstCallHours = (at - arrived) / 3600;
  let reached = false;
  for (let attempt = 0; attempt < 4; attempt++) {
    const hours = (at - arrived) / 3600;
    const logit =
      reachLogit +
      law.reachPerLogHour * Math.log(1 + hours) +
      (attempt === 0 ? 0 : law.laterAttemptOnReach);
    reached = draw.chance(logistic(logit));
    if (reached) break;
    log.push({ status: missedCall(draw, contactQuality), second: at });
    if (!draw.chance(law.anotherAttempt)) break;
    at = inOffice(at + 3600 + Math.floor(draw.logNormal(20, 0.8) * 3600), draw);
  }
  life.reached = reached;
  if (reached && !wouldQualify) {
    const w = draw.next();
    log.push({ status: REFUSALS.find(([, until]) => w < until)?.[0] ?? "SPAM", second: at });
  } else if (reached) {
    if (draw.chance(0.08)) {
      log.push({ status: draw.chance(0.5) ? "FOLLOW_UP" : "WHATSAPP", second: at });
      at = inOffice(at + 86_400 + draw.int(5 * 86_400), draw);
    }
    log.push({ status: "QUALIFIED", second: at });
    if (draw.chance(0.06)) {
      at = inOffice(at + 86_400 + draw.int(6 * 86_400), draw);
      log.push({ status: "HIGH_INTEREST", second: at });
    }
    if (draw.chance(0.06)) {
      at = inOffice(at + 2 * 86_400 + draw.int(12 * 86_400), draw);
      log.push({ status: "MEETING_DONE", second: at });
      if (draw.chance(0.6)) {
        at = inOffice(at + 3 * 86_400 + draw.int(25 * 86_400), draw);
        log.push({ status: "DONE_DEAL", second: at });
        if (at < WORLD_DAYS * 86_400) life.deals = dealsAfter(draw, Math.floor(at / 86_400));
      }
    }
  }
  while ((log[log.length - 1] as LogEntry).second >= WORLD_DAYS * 86_400) log.pop();
  return life;
}
