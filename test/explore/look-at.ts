import { Finding } from "../../src/contract/explore.ts";
import { readDefinitions } from "../../src/domain/definitions.ts";
import { EVERYTHING } from "../../src/domain/scope.ts";
import { findAll, plainFinding } from "../../src/explore/find.ts";
import { openLook } from "../../src/explore/look.ts";
import type { Rule } from "../../src/explore/rule.ts";
import type { House } from "../marts/raw-world.ts";

/** What one rule finds in a settled house, as it would be sent. */
export async function findingsOf(
  house: House,
  rule: Rule,
  settings: object = {},
): Promise<Finding[]> {
  const look = await openLook(house.warehouse, {
    scope: EVERYTHING,
    definitions: readDefinitions([{ default: settings }], "a test"),
  });
  try {
    return (await findAll(look, [rule])).live.map((one) => Finding.parse(plainFinding(one)));
  } finally {
    await look.close();
  }
}
