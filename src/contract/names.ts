/** Names that page and server share, apart from the schemas that check them, so that the page need not load those. */
export {
  accountsWith,
  EVERY_ACCOUNT,
  type Grant,
  mayGive,
  type Permission,
  ROLES,
  type Role,
} from "../domain/roles.ts";
export { STAGES, type Stage } from "../domain/stages.ts";

/** The tables that can be imported. */
export const TABLES = [
  "campaigns",
  "insights",
  "campaign_leads",
  "lead_status_changes",
  "people",
  "deals",
] as const;

/** Live: delivered within the last week of the data and not past its stop time. Never: no delivery at all. */
export const CAMPAIGN_STATES = ["live", "ended", "never"] as const;
/** Spent without a lead; has leads of which none was judged. */
export const CAMPAIGN_MARKS = ["spend_no_lead", "never_judged"] as const;
/** Slot: weekday and hour of arrival. Age: days since the campaign's first delivery. */
export const SEGMENTATIONS = ["project", "account", "budget", "age", "weekday", "slot"] as const;
export const SEGMENT_SORTS = [
  "segment",
  "spend",
  "leads",
  "judged",
  "qualified",
  "judgedShare",
  "conversion",
  "cpl",
  "cpql",
] as const;
/** The key of what belongs to no segment: no project, no budget, no campaign. */
export const NO_SEGMENT = "∅";
