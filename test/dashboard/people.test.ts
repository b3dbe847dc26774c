import fc from "fast-check";
import { encode } from "uqr";
import { describe, expect, it } from "vitest";
import { LEAST_PASSWORD as LEAST_SHOWN } from "../../dashboard/frame/least-password.ts";
import { en } from "../../dashboard/i18n/en.ts";
import { heldRoles } from "../../dashboard/i18n/held-roles.ts";
import { isTextKey, loadAllTexts } from "../../dashboard/i18n/messages.ts";
import { secondsLeft } from "../../dashboard/parts/use-wait.ts";
import { aboutValues } from "../../dashboard/people/about.ts";
import {
  chosenFrom,
  givableAccounts,
  grantsFrom,
  managesWhole,
  sameRoles,
  withRole,
} from "../../dashboard/people/grants.ts";
import { keyState } from "../../dashboard/people/key-state.ts";
import { isOwnMachine } from "../../dashboard/people/own-machine.ts";
import { qrPicture } from "../../dashboard/people/qr.ts";
import { LEAST_PASSWORD } from "../../src/contract/people.ts";
import { type Grant, mayGive, ROLES } from "../../src/domain/roles.ts";
import { openDoor } from "../api/fakes.ts";

await loadAllTexts("en");

const grants: fc.Arbitrary<Grant[]> = fc.uniqueArray(
  fc.record({
    account: fc.constantFrom("*", "7", "8", "12", "حساب"),
    role: fc.constantFrom(...ROLES),
  }),
  { selector: ({ account }) => account, minLength: 1 },
);

describe("what somebody holds", () => {
  it("is told role by role, what holds everywhere first, accounts in the order of their numbers", () => {
    expect(
      heldRoles([
        { account: "12", role: "rep" },
        { account: "7", role: "rep" },
        { account: "8", role: "owner" },
        { account: "*", role: "viewer" },
      ]),
    ).toEqual([
      { role: "viewer", accounts: "all" },
      { role: "owner", accounts: ["8"] },
      { role: "rep", accounts: ["7", "12"] },
    ]);
  });
  it("is told without leaving a grant out or telling one twice", () => {
    fc.assert(
      fc.property(grants, (held) => {
        const told = heldRoles(held).flatMap(({ role, accounts }) =>
          accounts === "all"
            ? [{ account: "*", role }]
            : accounts.map((account) => ({ account, role })),
        );
        const ordered = (some: readonly Grant[]) =>
          some.map(({ account, role }) => `${account} ${role}`).sort();
        expect(ordered(told)).toEqual(ordered(held));
      }),
    );
  });
});

describe("roles being chosen", () => {
  it("are sent as they were read when nothing is changed", () => {
    fc.assert(
      fc.property(grants, (held) => {
        const chosen = chosenFrom(held);
        expect(sameRoles(chosen, chosenFrom(grantsFrom(chosen)))).toBe(true);
        expect(grantsFrom(chosen)).toHaveLength(held.length);
      }),
    );
  });
  it("change for one account alone, and go when it is unticked", () => {
    const before = chosenFrom([
      { account: "7", role: "rep" },
      { account: "*", role: "viewer" },
    ]);
    const after = withRole(before, "7", "owner");
    expect(grantsFrom(after)).toEqual([
      { account: "*", role: "viewer" },
      { account: "7", role: "owner" },
    ]);
    expect(before.get("7")).toBe("rep");
    expect(sameRoles(before, after)).toBe(false);
    expect(grantsFrom(withRole(after, "*", null))).toEqual([{ account: "7", role: "owner" }]);
  });
  it("are offered only where the server lets one give them", () => {
    fc.assert(
      fc.property(grants, (mine) => {
        const offered = givableAccounts(mine, ["7", "8", "99"]);
        for (const account of ["*", "7", "8", "12", "99"]) {
          const may = mayGive(mine, { account, role: "viewer" });
          if (!may) expect(offered).not.toContain(account);
          else if (account !== "12") expect(offered).toContain(account);
        }
        expect(managesWhole(mine, [{ account: "*", role: "rep" }])).toBe(offered.includes("*"));
      }),
    );
  });
});

describe("the code of a link", () => {
  it("draws exactly the dark modules that the text encodes to", () => {
    const url = "https://leads.example.org/join?token=NC1N9_pA-kf8Zq3v";
    const { size, path } = qrPicture(url);
    const dark = new Set<string>();
    for (const [, x, y, width, back] of path.matchAll(/M(\d+) (\d+)h(\d+)v1H(\d+)z/g)) {
      expect(back).toBe(x);
      for (let step = 0; step < Number(width); step++) dark.add(`${Number(x) + step},${y}`);
    }
    const { data } = encode(url, { ecc: "M", border: 0 });
    const expected = data.flatMap((row, y) => row.flatMap((on, x) => (on ? [`${x},${y}`] : [])));
    expect(size).toBe(data.length);
    expect([...dark].sort()).toEqual(expected.sort());
    // Three corners to aim at: dark ring, light ring, dark middle.
    for (const [x, y] of [
      [0, 0],
      [size - 7, 0],
      [0, size - 7],
    ] as const) {
      expect(dark.has(`${x + 3},${y + 3}`) && dark.has(`${x},${y}`)).toBe(true);
      expect(dark.has(`${x + 1},${y + 1}`)).toBe(false);
    }
  });
  it("is known to be of no use elsewhere where the address is the machine's own", () => {
    for (const own of ["localhost", "127.0.0.1", "127.1.2.3", "[::1]", "leads.localhost"])
      expect(isOwnMachine(own), own).toBe(true);
    for (const other of ["leads.example.org", "192.168.1.7", "localhost.example.org", "1127.0.0.1"])
      expect(isOwnMachine(other), other).toBe(false);
  });
});

it("a key is in force until its moment comes or somebody revokes it", () => {
  const expiresAt = "2026-02-01T00:00:00Z";
  const at = (when: string) => Date.parse(when);
  expect(keyState({ expiresAt, revokedAt: null }, at("2026-01-31T23:59:59Z"))).toBe("inForce");
  expect(keyState({ expiresAt, revokedAt: null }, at(expiresAt))).toBe("ended");
  expect(keyState({ expiresAt, revokedAt: "2026-01-01T00:00:00Z" }, at(expiresAt))).toBe("revoked");
});

it("a wait ends exactly when the server said, and is never told as shorter", () => {
  expect([0, 1, 999, 1000, 1001, 5000].map((now) => secondsLeft(2000, now))).toEqual([
    2, 2, 2, 1, 1, 0,
  ]);
});

it("a deed tells what it was about by the values of its address", () => {
  expect(aboutValues({ id: "p-1", format: "html" })).toEqual(["p-1", "html"]);
  for (const nothing of [null, {}, "x", { limit: 3, empty: "" }])
    expect(aboutValues(nothing)).toEqual([]);
});

it("asks for passwords as long as the server does", () => {
  expect(LEAST_SHOWN).toBe(LEAST_PASSWORD);
});

describe("words of access", () => {
  it("exist for every role, with what it may", () => {
    for (const role of ROLES) {
      expect(isTextKey(`role.${role}`), role).toBe(true);
      expect(isTextKey(`role.${role}.means`), role).toBe(true);
    }
  });
  it("exist for every deed that is kept, and for no other", async () => {
    const { app } = await openDoor();
    const { paths } = (await app.inject("/openapi.json")).json() as {
      paths: Record<
        string,
        Record<string, { operationId: string; "x-audited"?: boolean; "x-needs"?: string }>
      >;
    };
    await app.close();
    const kept = Object.values(paths)
      .flatMap((verbs) => Object.values(verbs))
      // Nobody is known yet while somebody signs in: what is kept is that they came in.
      .filter((one) => one["x-audited"] === true && typeof one["x-needs"] === "string")
      .map(({ operationId }) => operationId)
      .concat("signIn");
    const told = Object.keys(en)
      .filter((key) => key.startsWith("deed."))
      .map((key) => key.slice("deed.".length));
    expect(told.sort()).toEqual(kept.sort());
  });
});
