/** People of each role, come in by their link. */
import type { Browser } from "playwright-core";
import type { LinkAnswer } from "../../src/contract/people.ts";
import type { Role } from "../../src/domain/roles.ts";
import { openWindow, type SignedIn } from "./browser.ts";

const NAMES: Readonly<Record<Role, string>> = {
  owner: "Hala Example",
  marketer: "Omar Example",
  sales_manager: "Nadia Example",
  rep: "Sara Example",
  viewer: "Nour Example",
};

export interface Member {
  readonly id: string;
  readonly state: SignedIn;
}

/**
 * Invites somebody to one role everywhere and lets them come in.
 *
 * @param owner whose session invites
 */
export async function invited(
  browser: Browser,
  origin: string,
  owner: SignedIn,
  role: Role,
): Promise<Member> {
  const inviting = await openWindow(browser, origin, owner);
  const answer = await inviting.request.post("/api/v1/people", {
    data: { name: NAMES[role], grants: [{ account: "*", role }] },
    headers: { "X-Leadsmart": "1" },
  });
  if (!answer.ok()) throw new Error(await answer.text());
  const { person, path } = (await answer.json()) as LinkAnswer;
  await inviting.context().close();
  const page = await openWindow(browser, origin, null);
  await page.goto(path);
  await page.getByRole("button", { name: /Come in/ }).click();
  await page.waitForURL(/\/(?:my-leads)?$/);
  const kept = await page.context().storageState();
  await page.context().close();
  return { id: person, state: { ...kept, origins: [] } };
}

/** Gives leads that just came in to somebody. */
export async function giveLeads(
  browser: Browser,
  origin: string,
  owner: SignedIn,
  to: Member,
  account: string,
): Promise<void> {
  const page = await openWindow(browser, origin, owner);
  const send = async (url: string, data: object) => {
    const answer = await page.request.post(`/api/v1${url}`, {
      data,
      headers: { "X-Leadsmart": "1" },
    });
    if (!answer.ok()) throw new Error(await answer.text());
  };
  const people = ["Mona Invented", "منى المثال", "Adam Made-Up", "Nadia Nobody"];
  await send(
    "/leads",
    people.map((name, i) => ({
      id: `new-${i}`,
      account,
      name,
      phone: `+2010012345${i}${i}`,
      assignedTo: i < 3 ? to.id : undefined,
    })),
  );
  await page.context().close();
}
