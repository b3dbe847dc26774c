/** Steps of the cividis scale, which reads the same to every eye; the colours are in styles/leads.css. */
export const HEAT_LEVELS = 9;

/** The step of a value between 0 and the largest one; null where there is no value. */
export function heatLevel(value: number | null, most: number): number | null {
  if (value === null) return null;
  if (most <= 0) return 0;
  return Math.min(HEAT_LEVELS - 1, Math.floor((value / most) * HEAT_LEVELS));
}

/** Class of a cell. */
export function heatClass(value: number | null, most: number): string {
  const level = heatLevel(value, most);
  return level === null ? "heat heat-none" : `heat heat-${level}`;
}
