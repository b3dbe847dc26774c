/** Which outcomes are chosen on this device, and how often. */

const USED = "leadsmart.outcomes";

export function used(): Readonly<Record<string, number>> {
  try {
    return (JSON.parse(localStorage.getItem(USED) ?? "{}") as Record<string, number> | null) ?? {};
  } catch {
    return {};
  }
}

/** Remembers on this device that an outcome was chosen. */
export function countUse(status: string): void {
  const counts = used();
  localStorage.setItem(USED, JSON.stringify({ ...counts, [status]: (counts[status] ?? 0) + 1 }));
}
