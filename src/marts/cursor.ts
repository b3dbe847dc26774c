import { Problem } from "../base/problem.ts";

/** A place in a list: the sort key of the last row given, opaque to callers. */
export function encodeCursor(place: readonly (string | number | null)[]): string {
  return Buffer.from(JSON.stringify(place)).toString("base64url");
}

/**
 * The place a cursor names.
 *
 * @throws Problem `BAD_CURSOR` for a text that this program did not give, or for another list
 */
export function decodeCursor(cursor: string, length: number): readonly (string | number | null)[] {
  try {
    const place: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    const fits = (item: unknown) =>
      item === null || typeof item === "string" || typeof item === "number";
    if (Array.isArray(place) && place.length === length && place.every(fits)) return place;
  } catch {
    // Not JSON: refused below like any other foreign text.
  }
  throw new Problem("BAD_CURSOR", {
    what: "The cursor does not belong to this list",
    where: "cursor",
    fix: "Use the `next` of the page before, with the same selection and sorting, or begin without a cursor.",
  });
}
