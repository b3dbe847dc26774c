/** English texts; these keys are the keys of every language. */
import { enCampaigns } from "./en-campaigns.ts";
import { enExplore } from "./en-explore.ts";
import { enFirst } from "./en-first.ts";
import { enImport } from "./en-import.ts";
import { enJobs } from "./en-jobs.ts";
import { enLeads } from "./en-leads.ts";
import { enPalette } from "./en-palette.ts";
import { enPeople } from "./en-people.ts";
import { enPortfolio } from "./en-portfolio.ts";
import { enToday } from "./en-today.ts";
import { enWork } from "./en-work.ts";

export const en = {
  ...enFirst,
  ...enCampaigns,
  ...enExplore,
  ...enImport,
  ...enJobs,
  ...enLeads,
  ...enPalette,
  ...enPeople,
  ...enToday,
  ...enPortfolio,
  ...enWork,
} as const;
