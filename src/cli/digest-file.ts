/** A digest for a client written to a file from the terminal. */
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { Problem } from "../base/problem.ts";
import { Sender } from "../contract/digests.ts";
import type { Language } from "../contract/formats.ts";
import { EVERYTHING } from "../domain/scope.ts";
import { digestHtml } from "../report/digest-html.ts";
import { digestFacts } from "../workflows/digest-facts.ts";
import type { Workspace } from "../workflows/workspace.ts";

const TITLES = { en: "Report", ar: "تقرير" } as const;
const DAYS = 7;

/**
 * Writes the digest of some accounts, all of them where none is named.
 *
 * @param options.period where it is not given: the last seven days up to the last active one
 * @throws Problem `REPORT_NOT_WRITTEN`
 */
export async function writeDigest(
  workspace: Workspace,
  options: {
    readonly file: string;
    readonly language: Language;
    readonly sender: string;
    readonly title: string | undefined;
    readonly accounts: readonly string[];
    readonly period: { readonly from: string; readonly to: string } | null;
  },
): Promise<void> {
  const { file, language, title = TITLES[language] } = options;
  const view = { ...options, days: DAYS, insights: true };
  const facts = await digestFacts(workspace, view, { accounts: EVERYTHING.accounts });
  const sender = Sender.parse({ name: options.sender });
  try {
    await writeFile(file, digestHtml(facts, { title, language, sender }));
  } catch (cause) {
    throw new Problem("REPORT_NOT_WRITTEN", {
      what: `The digest could not be written: ${cause instanceof Error ? cause.message : cause}`,
      where: path.dirname(file),
      fix: "Name a file in a folder that is there and can be written.",
      cause,
    });
  }
}
