/** English texts of the palette. */
export const enPalette = {
  "palette.hint": "A page, campaign, lead, account, project or command",
  "palette.parts": "Pages",
  "palette.campaigns": "Campaigns",
  "palette.leads": "Leads",
  "palette.filters": "Show only",
  "palette.deeds": "Commands",
  "palette.account": "Account {name}",
  "palette.project": "Project {name}",
  "palette.everything": "Clear all filters",
  "palette.allTime": "Show all time",
  "palette.language": "Language: العربية",
  "palette.searching": "Searching",
  "palette.none": "Nothing has this name.",
  "palette.found": { one: "{n} result", other: "{n} results" },
} as const;
