/** What a deed was about: the values of its address, in their order. */
export function aboutValues(about: unknown): string[] {
  if (typeof about !== "object" || about === null) return [];
  return Object.values(about).filter((value) => typeof value === "string" && value !== "");
}
