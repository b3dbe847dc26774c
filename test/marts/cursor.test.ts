import { expect, it } from "vitest";
import { decodeCursor, encodeCursor } from "../../src/marts/cursor.ts";

it("gives a place back to the list that gave it, and to no other", () => {
  const cursor = encodeCursor("leads arrival desc", ["2025-01-01 10:00:00", 7]);
  expect(decodeCursor("leads arrival desc", cursor)).toEqual(["2025-01-01 10:00:00", 7]);
  expect(() => decodeCursor("leads stage desc", cursor)).toThrow("does not belong to this list");
});

it.each(["", "x", "[]", "null", '["a",2]', '[null,"a","b"]', "{}"])("refuses %j", (text) => {
  const cursor = Buffer.from(text).toString("base64url");
  expect(() => decodeCursor("campaigns spend desc", cursor)).toThrow("does not belong");
  expect(() => decodeCursor("campaigns spend desc", text)).toThrow("does not belong");
});
