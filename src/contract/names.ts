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
