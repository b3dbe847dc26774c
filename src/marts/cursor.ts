import { createHash } from "node:crypto";
import { Problem } from "../base/problem.ts";

type Place = readonly (string | number | null)[];

/** Ties a place to its list and sorting, so that no other text, and no cursor of another list, passes for one. */
function seal(list: string, place: Place): string {
  return createHash("sha256")
    .update(`${list}\0${JSON.stringify(place)}`)
    .digest("base64url")
    .slice(0, 8);
}

/**
 * A place in a list: the sort key of the last row given, opaque to callers.
 *
 * @param list names the list with its sorting, e.g. "leads arrival desc"
 */
export function encodeCursor(list: string, place: Place): string {
  return Buffer.from(JSON.stringify([seal(list, place), ...place])).toString("base64url");
}

/**
 * The place a cursor names.
 *
 * @throws Problem `BAD_CURSOR` for a text that this list did not give
 */
export function decodeCursor(list: string, cursor: string): Place {
  try {
    const [sealed, ...place] = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    if (sealed === seal(list, place)) return place;
  } catch {
    // Not JSON, or no list: refused below like any other foreign text.
  }
  throw new Problem("BAD_CURSOR", {
    what: "The cursor does not belong to this list",
    where: "cursor",
    fix: "Use the `next` of the page before, with the same sorting, or begin without a cursor.",
  });
}
