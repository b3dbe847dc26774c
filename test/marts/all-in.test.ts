import { expect, it } from "vitest";
import { openHouse } from "./raw-world.ts";

it("adds tax and fee exactly: halves of a minor unit go up, whatever the binary form of the rate", async () => {
  const house = await openHouse();
  const rows = await house.warehouse.all<{ net: number; all_in: number }>(
    `SELECT net, marts.all_in(net, 1.14::DOUBLE) AS all_in FROM range(1, 20000) AS t(net)`,
  );
  for (const { net, all_in } of rows) {
    // In whole hundredths of a minor unit: net × 114, rounded to 100 by hand.
    const hundredths = net * 114;
    expect([net, all_in]).toEqual([net, Math.floor((hundredths + 50) / 100)]);
  }
  await house.close();
});
