import fc from "fast-check";
import { expect, it } from "vitest";
import { type Grant, MAY, PERMISSIONS, ROLES, scopeFor } from "../../src/domain/roles.ts";
import { apiAddresses, doors } from "./fakes.ts";

const door = doors();

it("lets each role do what its table says at every address, and answers 403 everywhere else", async () => {
  for (const role of ROLES) {
    const one = await door({ grants: [{ account: "*", role }] });
    for (const { method, url, needs, operation } of await apiAddresses(one)) {
      // A stream never ends; it is held elsewhere.
      if (operation === "openStream" || operation === "openWorkStream" || needs === undefined)
        continue;
      const { statusCode } = await one.ask({ method, url });
      const may = needs === "sign-in" || MAY[role].some((permission) => permission === needs);
      if (may) expect([401, 403], `${role} ${method} ${url}`).not.toContain(statusCode);
      else expect(statusCode, `${role} ${method} ${url}`).toBe(403);
      if (operation === "endSession") break;
    }
  }
});

it("keeps what touches the whole workspace from those who hold the same role in one account", async () => {
  const whole = ["commitImport", "uploadFile", "changeDefinitions", "acceptTreatment", "listAudit"];
  const one = await door({ grants: [{ account: "7", role: "owner" }] });
  const found = (await apiAddresses(one)).filter(({ operation }) => whole.includes(operation));
  expect(found.map(({ operation }) => operation).sort()).toEqual([...whole].sort());
  const bodies: Record<string, object> = {
    commitImport: { previewId: "p" },
    changeDefinitions: { default: {} },
    acceptTreatment: { finding: "f", kind: "flag", items: null },
  };
  for (const { method, url, operation } of found) {
    const payload = bodies[operation];
    const answer = await one.ask({
      method,
      url: operation === "uploadFile" ? `${url}?name=a.csv` : url,
      ...(payload === undefined ? {} : { payload }),
    });
    expect(answer.statusCode, `${operation}: ${answer.body}`).toBe(403);
  }
});

it("scopes hold exactly the accounts where a role allows it, and nothing outside the bounds", () => {
  const grant = fc.record({
    account: fc.constantFrom("*", "1", "2", "3"),
    role: fc.constantFrom(...ROLES),
  });
  const grants = fc.uniqueArray(grant, { selector: ({ account }) => account, maxLength: 4 });
  const holds = (
    held: readonly Grant[],
    account: string,
    permission: (typeof PERMISSIONS)[number],
  ) =>
    held.some(
      (one) =>
        (one.account === "*" || one.account === account) && MAY[one.role].includes(permission),
    );
  fc.assert(
    fc.property(grants, grants, fc.constantFrom(...PERMISSIONS), (own, bounds, permission) => {
      const scope = scopeFor(own, permission, bounds);
      for (const account of ["1", "2", "3", "4"]) {
        const inside = (accounts: "all" | readonly string[] | undefined) =>
          accounts === "all" || (accounts?.includes(account) ?? false);
        const allowed = holds(own, account, permission) && holds(bounds, account, permission);
        expect(inside(scope?.accounts)).toBe(allowed);
        const calls = holds(own, account, "contacts") && holds(bounds, account, "contacts");
        expect(inside(scope?.contacts)).toBe(allowed && calls);
      }
    }),
  );
});
