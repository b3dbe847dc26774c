import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { launch, open, openWindow, signIn } from "./browser.ts";
import { type Server, startServer } from "./server.ts";
import { watch } from "./watch.ts";

let folder: string;
let server: Server;
let browser: Browser;
beforeAll(async () => {
  browser = await launch();
  folder = await mkdtemp(path.join(tmpdir(), "leadsmart-browser-passkeys-"));
  server = await startServer({ home: folder, data: inject("sample").tables });
});
afterAll(async () => {
  await browser.close();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Passkeys belong to a name. */
const named = (address: string) => address.replace("127.0.0.1", "localhost");

it("somebody makes a passkey, signs out, comes in by it alone, and removes it; by a number there is none", async () => {
  const state = await signIn(browser, named(server.link));
  const page = await openWindow(browser, named(server.origin), state);
  const ears = watch(page, /^401: |status of 401/);
  const client = await page.context().newCDPSession(page);
  await client.send("WebAuthn.enable");
  const { authenticatorId } = await client.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  const keysOnDevice = async () =>
    (await client.send("WebAuthn.getCredentials", { authenticatorId })).credentials.length;
  const menu = async (button: string) => {
    await page.getByRole("button", { name: "You and display" }).click();
    await page.getByRole("button", { name: button }).click();
  };

  await open(page, "/");
  await menu("Passkeys");
  const dialog = page.getByRole("dialog", { name: "Passkeys" });
  await dialog.getByText("You have no passkey yet.").waitFor();
  await dialog.getByRole("button", { name: "Make a passkey here" }).click();
  await dialog.getByText("Give the device a name.").waitFor();
  await dialog.getByLabel("Name of this device").fill("Office laptop");
  await dialog.getByRole("button", { name: "Make a passkey here" }).click();
  await dialog.getByRole("button", { name: "Remove Office laptop" }).waitFor();
  expect(await keysOnDevice()).toBe(1);
  await dialog.getByRole("button", { name: "Cancel" }).click();

  await menu("Sign out");
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await page.getByRole("navigation", { name: "Main" }).waitFor();
  await menu("Passkeys");
  await dialog.getByText(/Last used/).waitFor();
  await dialog.getByRole("button", { name: "Remove Office laptop" }).click();
  await dialog.getByText("You have no passkey yet.").waitFor();
  await dialog.getByRole("button", { name: "Cancel" }).click();

  // The device still has its half; the server knows it no more.
  await menu("Sign out");
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await page.getByText("This passkey was not accepted.").waitFor();
  expect(ears.heard).toEqual([]);

  const byNumber = await openWindow(browser, server.origin, null);
  await byNumber.goto(`${server.origin}/sign-in`);
  await byNumber.getByRole("button", { name: "Sign in", exact: true }).waitFor();
  expect(await byNumber.getByRole("button", { name: "Sign in with a passkey" }).count()).toBe(0);
});
