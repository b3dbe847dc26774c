import http from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, expect, it } from "vitest";
import { openWorkHouse, type WorkHouse } from "./work-house.ts";

let house: WorkHouse;
const open: http.ClientRequest[] = [];
afterEach(async () => {
  for (const request of open.splice(0)) request.destroy();
  await house.close();
});

async function listening(person: string, port: number, address: string): Promise<() => string> {
  const { sessions } = house.workspace.store;
  const expiresAt = new Date("2026-01-01T00:00:00Z");
  const cookie = `leadsmart_session_${port}=${await sessions.create({ person, expiresAt })}`;
  let text = "";
  await new Promise<void>((resolve) => {
    const request = http.get(
      { port, host: "127.0.0.1", path: `/api/v1${address}`, headers: { cookie } },
      (response) => {
        response.on("data", (chunk: Buffer) => {
          text += chunk.toString();
          if (text.includes("event: hello")) resolve();
        });
        response.on("error", () => {});
      },
    );
    request.on("error", () => {});
    open.push(request);
  });
  return () => text;
}

it("tells within a second that leads changed, to those who may see the account and to nobody else", async () => {
  house = await openWorkHouse();
  await house.app.listen({ host: "127.0.0.1", port: 0 });
  const { port } = house.app.server.address() as AddressInfo;
  const mona = await house.person("Mona", { account: "7", role: "sales_manager" });
  const sara = await house.rep("Sara", "7");
  const ziad = await house.rep("Ziad", "8");
  const heard = {
    mona: await listening(mona.id, port, "/stream"),
    sara: await listening(sara.id, port, "/work/stream"),
    ziad: await listening(ziad.id, port, "/work/stream"),
  };
  const began = performance.now();
  expect((await mona.post("/leads", { id: "n1", account: "7" })).body.kept).toBe(1);
  while (!heard.sara().includes("leads.changed")) {
    expect(performance.now() - began).toBeLessThan(5000);
    await pause(5);
  }
  expect(performance.now() - began).toBeLessThan(1000);
  await pause(50);
  expect(heard.sara()).toContain('data: {"type":"leads.changed","accounts":["7"]}');
  expect(heard.mona()).toContain('data: {"type":"leads.changed","accounts":["7"]}');
  expect(heard.ziad()).not.toContain("leads.changed");
});
