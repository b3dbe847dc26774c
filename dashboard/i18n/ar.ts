/** Arabic texts, written for the reader; plural forms as Arabic counts: zero, one, two, few (3–10), many (11–99). */
import { arCampaigns } from "./ar-campaigns.ts";
import { arExplore } from "./ar-explore.ts";
import { arFirst } from "./ar-first.ts";
import { arImport } from "./ar-import.ts";
import { arJobs } from "./ar-jobs.ts";
import { arLeads } from "./ar-leads.ts";
import { arPalette } from "./ar-palette.ts";
import { arPeople } from "./ar-people.ts";
import { arPortfolio } from "./ar-portfolio.ts";
import { arToday } from "./ar-today.ts";
import { arWork } from "./ar-work.ts";
import type { Dictionary, PluralForm } from "./messages.ts";

export const ar: Dictionary<PluralForm> = {
  ...arFirst,
  ...arCampaigns,
  ...arExplore,
  ...arImport,
  ...arJobs,
  ...arLeads,
  ...arPalette,
  ...arPeople,
  ...arToday,
  ...arPortfolio,
  ...arWork,
};
