/** Profiles, keys, correlations, relations and checks as Markdown. */
import type { ExploreReport, Relation, TableProfile } from "../../contract/explore.ts";
import { checkName } from "./checked.ts";
import { type Fact, factsOf } from "./column-facts.ts";
import { distinctText, missingText } from "./column-value.ts";
import { blocks, code, codeCell, md, table } from "./markdown-text.ts";
import { orphansOf, perParentText } from "./tables.ts";
import type { Voice } from "./voice.ts";

/** Of a column's first fact so many values stand in its line of the table. */
const IN_LINE = 3;

function factMarkdown({ word, parts, counts, more }: Fact, voice: Voice, asCode = code): string {
  const told = parts.map(({ lead, text, note, code: shape }) => {
    const value = shape ? asCode(text) : voice.apart(md(text));
    return `${lead === undefined ? "" : `${lead} `}${value}${note === undefined ? "" : ` (${md(note)})`}`;
  });
  const name = word === null ? "" : `${voice.t(word)}: `;
  return `${name}${counts ? `${blocks(counts)} ` : ""}${told.join(" · ")}${more ? " …" : ""}`;
}

/** What says most about a column, as short as a cell. */
function firstFact([first]: readonly Fact[], voice: Voice): string {
  if (!first) return "";
  const word = first.word === "top" ? null : first.word;
  const short = { ...first, word, parts: first.parts.slice(0, IN_LINE) };
  return factMarkdown(
    { ...short, more: first.parts.length > IN_LINE || first.more === true },
    voice,
    codeCell,
  );
}

/** A table's columns: a line of each in a table, and all that is known of each beneath. */
export function profileMarkdown(one: TableProfile, voice: Voice): string {
  const { t } = voice;
  const told = one.columns.map((column) => ({
    column,
    facts: factsOf(column, one.rows, voice),
  }));
  const lines = [
    [
      code(one.table),
      ...(one.sources.length > 0 ? [t("sources"), one.sources.map(md).join(voice.comma)] : []),
    ].join(" "),
    ...one.keys.map(
      (key) =>
        `${t("keys")}: ${code(key.columns.join(" + "))} ${key.unique ? t("unique") : `(${t("repeated")}: ${voice.count(key.repeated)})`}`,
    ),
  ];
  const columns = table(
    [t("column"), t("kind"), t("missing"), t("distinct"), t("values")],
    told.map(({ column, facts }) => [
      codeCell(column.name),
      voice.kind(column.kind),
      missingText(column, voice),
      distinctText(column, voice),
      firstFact(facts, voice),
    ]),
  );
  const more = told
    .map(({ column, facts: [first, ...rest] }) => ({
      column,
      // What stands whole in the table is not said again.
      facts: [...(first && first.parts.length > IN_LINE ? [first] : []), ...rest],
    }))
    .filter(({ facts }) => facts.length > 0)
    .map(({ column, facts }) =>
      [`- ${code(column.name)}`, ...facts.map((fact) => `  - ${factMarkdown(fact, voice)}`)].join(
        "\n",
      ),
    );
  const correlations =
    one.correlations.length === 0
      ? []
      : [
          `${t("correlations")}:`,
          table(
            [t("column"), t("column"), "ρ", t("number")],
            one.correlations.map((pair) => [
              codeCell(pair.left),
              codeCell(pair.right),
              voice.formats.ratio(pair.rho),
              voice.count(pair.n),
            ]),
          ),
        ];
  return [
    `### ${md(voice.table(one.table))} · ${t("rows")}: ${voice.count(one.rows)}`,
    lines.map((line) => `- ${line}`).join("\n"),
    columns,
    ...(more.length > 0 ? [more.join("\n")] : []),
    ...correlations,
  ].join("\n\n");
}

export function relationsMarkdown(relations: readonly Relation[], voice: Voice): string {
  const { t } = voice;
  const end = ({ table: name, column }: Relation["from"]) =>
    `${md(voice.table(name))} ${codeCell(column)}`;
  const part = (n: number, of: number) => `${voice.count(n)} ${t("ofRows")} ${voice.count(of)}`;
  return table(
    [t("from"), t("to"), t("orphans"), t("childless"), t("perParent")],
    relations.map((one) => [
      end(one.from),
      end(one.to),
      [part(one.orphans, one.rows), ...orphansOf(one).map((value) => codeCell(value))].join(
        voice.comma,
      ),
      part(one.childless, one.parents),
      perParentText(one, voice),
    ]),
  );
}

export function checkedMarkdown(checked: ExploreReport["checked"], voice: Voice): string {
  const { t } = voice;
  const name = (rule: string) => md(checkName(checked, rule, voice));
  const list = (lines: readonly string[]) => lines.map((line) => `- ${line}`).join("\n");
  return [
    `${t("checks")}: ${voice.count(checked.rules)}`,
    ...(checked.skipped.length === 0
      ? []
      : [
          `### ${t("skipped")}`,
          list(checked.skipped.map(({ rule, why }) => `**${name(rule)}**: ${md(voice.of(why))}`)),
        ]),
    ...(checked.quiet.length === 0
      ? []
      : [`### ${t("quiet")}: ${voice.count(checked.quiet.length)}`, list(checked.quiet.map(name))]),
  ].join("\n\n");
}
