/** The ten figures that are laid out first; the others are one click away. */
export const MAIN_KPI_IDS: readonly string[] = [
  "spend",
  "leads",
  "qualified",
  "cpl",
  "cpql",
  "ctr",
  "conversionRate",
  "undecidedShare",
  "meetings",
  "deals",
];
