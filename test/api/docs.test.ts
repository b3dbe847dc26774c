import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { openDoor } from "./fakes.ts";

it("shows every address of the API at least once, and none that does not exist", async () => {
  const { app } = await openDoor();
  const { paths } = (await app.inject("/openapi.json")).json() as { paths: object };
  const text = readFileSync("docs/api.md", "utf8");
  const shown = new Set(
    [...text.matchAll(/\$BASE(\/[^"?\s]*)/g)].map(([, path]) =>
      String(path)
        .replace("/imports/I/", "/imports/{importId}/")
        .replace("/preview/P", "/preview/{previewId}")
        .replace("/campaigns/C", "/campaigns/{id}")
        .replace("/views/V", "/views/{id}")
        .replace("/digests/D", "/digests/{id}")
        .replace("/shares/H", "/shares/{id}")
        .replace("/jobs/J/", "/jobs/{id}/")
        .replace("/leads/L", "/leads/{leadId}")
        .replace("/people/P", "/people/{id}")
        .replace("/alerts/P", "/alerts/{id}")
        .replace("/passkeys/C", "/passkeys/{id}")
        .replace("/keys/K", "/keys/{id}")
        .replace("/templates/uses/U", "/templates/uses/{key}")
        .replace("/templates/T", "/templates/{id}")
        .replace("/findings/F/", "/findings/{key}/")
        .replace("/treatments/T", "/treatments/{key}")
        .replace("/questions/Q/", "/questions/{key}/")
        .replace("/insights/I/", "/insights/{key}/"),
    ),
  );
  shown.delete("/enter");
  expect([...shown].sort()).toEqual(Object.keys(paths).sort());
  await app.close();
});

it("shows examples of questions that the API takes", async () => {
  const { app, ask } = await openDoor();
  const text = readFileSync("docs/api.md", "utf8");
  const questions = [...text.matchAll(/-b jar\.txt "\$BASE([^"]+)"/g)].map(([, url]) =>
    String(url),
  );
  expect(questions.length).toBeGreaterThan(9);
  for (const url of questions.filter((one) => !one.endsWith("/stream"))) {
    expect((await ask({ url })).statusCode, url).toBe(200);
  }
  await app.close();
});
