/** Templates: settings that are kept under a name, given to many accounts by one event, and taken back as a whole. */
import { randomUUID } from "node:crypto";
import { Problem } from "../base/problem.ts";
import type {
  Template,
  TemplateApplied,
  TemplatePreview,
  TemplateRequest,
  TemplatesAnswer,
  TemplateUse,
} from "../contract/templates.ts";
import { changeDefinitions, withdrawDefinitions } from "./definitions.ts";
import { keptList } from "./kept-list.ts";
import type { DefinitionsChange } from "./ledger.ts";
import { asDefinitions, previewTemplate } from "./template-changes.ts";
import type { Workspace } from "./workspace.ts";

const NOTE = "templates";
const MOST = 100;

export interface TemplatesDesk {
  /** By name, and which were given to accounts and not taken back. */
  list(): Promise<TemplatesAnswer>;
  /** @throws Problem `TEMPLATES_FULL` */
  save(request: TemplateRequest, by: string): Promise<Template>;
  /** What it set in accounts stays. @throws Problem `TEMPLATE_UNKNOWN` */
  remove(id: string): Promise<void>;
  /** @throws Problem `TEMPLATE_UNKNOWN`, `TEMPLATE_ACCOUNT_UNKNOWN` */
  preview(id: string, accounts: readonly string[]): Promise<TemplatePreview>;
  /**
   * Sets in each account what differs there, all by one event.
   *
   * @throws Problem `TEMPLATE_UNKNOWN`, `TEMPLATE_ACCOUNT_UNKNOWN`, `BUILD_FAILED`
   */
  apply(id: string, accounts: readonly string[], by: string): Promise<TemplateApplied>;
  /** Takes all of one use back. @throws Problem `TEMPLATE_USE_UNKNOWN`, `BUILD_FAILED` */
  takeBack(key: string, by: string): Promise<void>;
}

const unknown = (id: string) =>
  new Problem("TEMPLATE_UNKNOWN", {
    what: "There is no such template",
    where: id,
    fix: "Reload the list of templates.",
  });

function useOf({ key, template, change, by, at }: DefinitionsChange): TemplateUse {
  const accounts = Object.keys(change.accounts ?? {}).sort();
  return { key, name: template ?? "", accounts, by, at: at.toISOString() };
}

export function createTemplatesDesk(workspace: Workspace): TemplatesDesk {
  const { ledger, clock } = workspace;
  const kept = keptList<Template>(workspace.store.notes, NOTE);
  const uses = () =>
    ledger.definitionChanges
      .filter(({ template }) => template !== null)
      .map(useOf)
      .reverse();
  const find = async (id: string): Promise<Template> => {
    const found = (await kept.all()).find((one) => one.id === id);
    if (found === undefined) throw unknown(id);
    return found;
  };
  const check = async (accounts: readonly string[]): Promise<void> => {
    const known = await workspace.warehouse.all<{ id: string }>(
      "SELECT account_id AS id FROM marts.accounts",
    );
    const ids = new Set(known.map(({ id }) => id));
    const stray = accounts.find((account) => !ids.has(account));
    if (stray === undefined) return;
    throw new Problem("TEMPLATE_ACCOUNT_UNKNOWN", {
      what: `There is no account "${stray}"`,
      where: "accounts",
      fix: "Choose among the accounts that have data.",
      details: { account: stray },
    });
  };
  return {
    async list() {
      const items = [...(await kept.all())];
      return {
        items: items.sort((left, right) => left.name.localeCompare(right.name, "en")),
        uses: uses(),
      };
    },
    save: ({ name, settings }, by) =>
      kept.change((items) => {
        const held = items.find((one) => one.name === name);
        if (held === undefined && items.length >= MOST) {
          throw new Problem("TEMPLATES_FULL", {
            what: `There are ${MOST} templates already`,
            where: "name",
            fix: "Delete one that is no longer needed, or save under the name of another.",
            details: { most: MOST },
          });
        }
        const savedAt = clock.now().toISOString();
        const template: Template = { id: held?.id ?? randomUUID(), name, settings, by, savedAt };
        return {
          items: [...items.filter((one) => one.id !== template.id), template],
          result: template,
        };
      }),
    remove: (id) =>
      kept.change((items) => {
        if (!items.some((one) => one.id === id)) throw unknown(id);
        return { items: items.filter((one) => one.id !== id), result: undefined };
      }),
    async preview(id, accounts) {
      const { settings } = await find(id);
      await check(accounts);
      return previewTemplate(settings, workspace.definitions(), accounts);
    },
    async apply(id, accounts, by) {
      const { name, settings } = await find(id);
      await check(accounts);
      const preview = previewTemplate(settings, workspace.definitions(), accounts);
      if (preview.changes.length === 0) return { ...preview, use: null };
      await changeDefinitions(workspace, asDefinitions(preview.changes), by, [], name);
      return { ...preview, use: uses()[0] ?? null };
    },
    async takeBack(key, by) {
      const used = ledger.definitionChanges.some((one) => one.key === key && one.template !== null);
      if (used && (await withdrawDefinitions(workspace, key, by))) return;
      throw new Problem("TEMPLATE_USE_UNKNOWN", {
        what: "This use of a template is not in force",
        where: key,
        fix: "Reload the list of templates: somebody may have taken it back.",
      });
    },
  };
}
