/** One template and one use of it; any other id is of none. */
import { Problem } from "../../src/base/problem.ts";
import type { Template, TemplateUse } from "../../src/contract/templates.ts";
import type { TemplatesDesk } from "../../src/workflows/templates.ts";

const AT = "2025-01-31T09:00:00.000Z";
const TEMPLATE: Template = {
  id: "T",
  name: "Cairo hours",
  settings: { workHours: [10, 18] },
  by: "owner",
  savedAt: AT,
};
const USE: TemplateUse = { key: "U", name: "Cairo hours", accounts: ["7"], by: "owner", at: AT };

function known(code: string, id: string, one: string): void {
  if (id === one) return;
  throw new Problem(code, { what: "There is none", where: id, fix: "Name another." });
}

export function fakeTemplates(): TemplatesDesk {
  const preview = (accounts: readonly string[]) => ({
    changes: accounts.map((account) => ({
      account,
      setting: "workHours",
      status: null,
      before: [9, 18],
      after: [10, 18],
    })),
    unchanged: [],
  });
  return {
    list: async () => ({ items: [TEMPLATE], uses: [USE] }),
    save: async (request, by) => ({ ...TEMPLATE, ...request, by }),
    remove: async (id) => known("TEMPLATE_UNKNOWN", id, "T"),
    async preview(id, accounts) {
      known("TEMPLATE_UNKNOWN", id, "T");
      return preview(accounts);
    },
    async apply(id, accounts, by) {
      known("TEMPLATE_UNKNOWN", id, "T");
      return { ...preview(accounts), use: { ...USE, accounts: [...accounts], by } };
    },
    takeBack: async (key) => known("TEMPLATE_USE_UNKNOWN", key, "U"),
  };
}
