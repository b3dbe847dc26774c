import { expect, it } from "vitest";
import type { Finding } from "../../src/contract/explore.ts";
import { EVERYTHING } from "../../src/domain/scope.ts";
import { maskedFinding } from "../../src/workflows/mask-contacts.ts";

const FINDING = {
  examples: {
    columns: ["file", "line", "account_id", "phone", "email", "project_name"],
    rows: [
      ["leads.csv", 2, "7", "+201001234567", "one@example.com", "Palm 1001234567"],
      ["leads.csv", 3, "8", "+201001234569", null, "Marassi"],
    ],
  },
  items: [
    { id: "5cdf8d5b", label: "201001234567", account: "7" },
    { id: "x", label: "201001234569", account: "8" },
    { id: "120211234567890", label: "120211234567890", account: "7" },
  ],
} as unknown as Finding;

it("masks phones and e-mails in rows and names, but in accounts whose contacts are shown, and no ids", () => {
  const { examples, items } = maskedFinding(FINDING, {
    accounts: ["7", "8"],
    leads: ["7", "8"],
    contacts: ["8"],
  });
  expect(examples.rows).toEqual([
    ["leads.csv", 2, "7", "+2•••67", "o•••@example.com", "Palm 1001234567"],
    ["leads.csv", 3, "8", "+201001234569", null, "Marassi"],
  ]);
  expect(items.map(({ label }) => label)).toEqual(["20•••67", "201001234569", "120211234567890"]);
});

it("masks every row that does not say whose it is", () => {
  const { columns, rows } = FINDING.examples;
  const without = {
    ...FINDING,
    examples: { columns: columns.map((one) => (one === "account_id" ? "owner" : one)), rows },
  } as Finding;
  const { examples } = maskedFinding(without, { accounts: ["7", "8"], contacts: ["8"] });
  expect(examples.rows.map((row) => row[3])).toEqual(["+2•••67", "+2•••69"]);
  expect(maskedFinding(without, EVERYTHING)).toBe(without);
});

it("masks names as well, but in accounts whose leads are told one by one", () => {
  const named = {
    ...FINDING,
    examples: {
      columns: ["account_id", "lead_id", "name", "status"],
      rows: [
        ["7", "l1", "Invented Person", "NEW_LEAD"],
        ["8", "l2", "Another Person", "QUALIFIED"],
      ],
    },
  } as unknown as Finding;
  const { examples } = maskedFinding(named, { accounts: ["7", "8"], leads: ["8"], contacts: [] });
  expect(examples.rows).toEqual([
    ["7", "l1", "In•••on", "NEW_LEAD"],
    ["8", "l2", "Another Person", "QUALIFIED"],
  ]);
});
