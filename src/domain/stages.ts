/** Where a lead stands, in the field's order; the last three lie beside the funnel, not in it. */
export const STAGES = [
  "new",
  "attempting",
  "engaged",
  "qualified",
  "meeting",
  "won",
  "lost",
  "invalid",
  "unknown",
] as const;

export type Stage = (typeof STAGES)[number];

/** The funnel proper: each stage includes all that went further. */
export const FUNNEL_STAGES = [
  "new",
  "attempting",
  "engaged",
  "qualified",
  "meeting",
  "won",
] as const;
