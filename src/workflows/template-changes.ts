/** What a template would set otherwise in some accounts, and the one change of the definitions that does it. */
import { canonicalJson } from "../base/canonical-json.ts";
import type { TemplateChange, TemplatePreview } from "../contract/templates.ts";
import {
  type Definitions,
  type DefinitionsInput,
  definitionsOf,
  type TemplateSettings,
} from "../domain/definitions.ts";

const same = (left: unknown, right: unknown) => canonicalJson(left) === canonicalJson(right);

/** Only what differs from what holds for the account, whoever set it. */
function changesOf(
  settings: TemplateSettings,
  definitions: Definitions,
  account: string,
): TemplateChange[] {
  const held = definitionsOf(definitions, account);
  const { statusMap = {}, ...others } = settings;
  const plain = Object.entries(others).flatMap(([setting, after]): TemplateChange[] => {
    const before = held[setting as keyof typeof others];
    return after === undefined || same(before, after)
      ? []
      : [{ account, setting, status: null, before, after }];
  });
  const statuses = Object.entries(statusMap).flatMap(([status, after]): TemplateChange[] => {
    const before = held.statusMap[status] ?? null;
    return before === after ? [] : [{ account, setting: "statusMap", status, before, after }];
  });
  return [...plain, ...statuses];
}

/** What a template would change where, account by account; nothing is kept. */
export function previewTemplate(
  settings: TemplateSettings,
  definitions: Definitions,
  accounts: readonly string[],
): TemplatePreview {
  const each = [...new Set(accounts)].map((account) => ({
    account,
    changes: changesOf(settings, definitions, account),
  }));
  return {
    changes: each.flatMap(({ changes }) => changes),
    unchanged: each.filter(({ changes }) => changes.length === 0).map(({ account }) => account),
  };
}

/** The same as one change of the definitions: what holds already is not pinned down. */
export function asDefinitions(changes: readonly TemplateChange[]): DefinitionsInput {
  const accounts: Record<string, Record<string, unknown>> = {};
  for (const { account, setting, status, after } of changes) {
    const own = accounts[account] ?? {};
    accounts[account] = own;
    if (status === null) own[setting] = after;
    else own[setting] = { ...(own[setting] as object | undefined), [status]: after };
  }
  return { accounts } as DefinitionsInput;
}
