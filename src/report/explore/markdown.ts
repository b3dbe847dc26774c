/** The explore report as Markdown: the same sentences and numbers, for a wiki, a ticket or a terminal. */
import type { ExploreReport, Finding, Listing } from "../../contract/explore.ts";
import type { Language } from "../../contract/formats.ts";
import { MOST_CARDS, thresholdName, treatmentLabel } from "./findings.ts";
import { shownValue } from "./tables.ts";
import { type Voice, voiceIn } from "./words.ts";

const cellText = (value: unknown) =>
  String(value ?? "—")
    .replaceAll("|", "\\|")
    .replace(/[\r\n]+/g, " ");

function table(head: readonly string[], rows: readonly (readonly unknown[])[]): string {
  const line = (cells: readonly unknown[]) => `| ${cells.map(cellText).join(" | ")} |`;
  return [line(head), `|${head.map(() => "---").join("|")}|`, ...rows.map(line)].join("\n");
}

const listing = ({ columns, rows }: Listing) => table(columns, rows.slice(0, 5));

function finding(one: Finding, voice: Voice): string {
  const { t, of } = voice;
  const best = one.proposals.find(({ recommended }) => recommended);
  const [newest] = one.treatments;
  const lines = [
    `### ${t(one.severity)}: ${of(one.title)}`,
    of(one.sentence),
    `- ${t("rows")}: ${voice.count(one.rows)} ${t("ofRows")} ${voice.count(one.of)} (${of(one.unit)})`,
    ...(one.moneyMinor === null ? [] : [`- ${t("money")}: ${voice.money(one.moneyMinor)}`]),
    ...(one.leads === null ? [] : [`- ${t("leads")}: ${voice.count(one.leads)}`]),
    `- ${t("why")}: ${of(one.why)}`,
    ...(newest
      ? [`- ${t("inForce")}: ${treatmentLabel(one, newest.kind, voice)} (${newest.by})`]
      : best
        ? [`- ${t("treatment")}: ${of(best.label)}`]
        : []),
    ...(one.question ? [`- ${t("question")}: ${of(one.question.text)}`] : []),
    ...one.thresholds.map(
      ({ name, value, seen }) =>
        `- ${t("threshold")} \`${thresholdName(one, name)}\` = ${voice.number(value)} (${t("seen")}: ${voice.number(seen)})`,
    ),
  ];
  const items = one.items
    .slice(0, 8)
    .map((item) => [
      item.label,
      item.account,
      item.detail ? of(item.detail) : "",
      voice.count(item.rows),
      voice.money(item.moneyMinor),
    ]);
  const where =
    items.length > 0
      ? `\n${table([t("item"), t("account"), "", t("rows"), t("money")], items)}\n`
      : "";
  const rows =
    one.examples.rows.length > 0 ? `\n${t("examples")}:\n\n${listing(one.examples)}\n` : "";
  return `${lines[0]}\n\n${lines[1]}\n\n${lines.slice(2).join("\n")}\n${where}${rows}\n\`\`\`sql\n${one.sql}\n\`\`\`\n`;
}

export function exploreMarkdown(report: ExploreReport, language: Language): string {
  const voice = voiceIn(language, report);
  const { t, of } = voice;
  const { waterfall, adsOrFollowUp } = report;
  const parts: string[] = [`# ${t("title")}\n`];
  if (report.firstDay !== null && report.lastDay !== null)
    parts.push(
      `${t("data")}: ${voice.formats.period(report.firstDay, report.lastDay)} · ${t("definitions")} \`${report.definitionsVersion}\`\n`,
    );
  if (report.sample) parts.push(`> ${t("sample")}\n`);
  parts.push(`## ${t("findings")}\n`);
  if (report.findings.length === 0) parts.push(`${t("noFindings")}\n`);
  for (const one of report.findings.slice(0, MOST_CARDS)) parts.push(finding(one, voice));
  const rest = report.findings.slice(MOST_CARDS);
  if (rest.length > 0)
    parts.push(
      `### ${t("moreFindings")}\n\n${rest.map((one) => `- **${t(one.severity)}** ${of(one.sentence)}`).join("\n")}\n`,
    );
  if (waterfall) {
    const row = (name: string, spend: number | null, leads: number | null) => [
      name,
      voice.money(spend),
      voice.count(leads),
    ];
    parts.push(
      `## ${t("waterfall")}\n\n${table(
        [t("step"), t("spend"), t("leads")],
        [
          row(t("raw"), waterfall.spend.raw, waterfall.leads.raw),
          ...waterfall.steps
            .filter((one) => one.accepted)
            .map((one) => row(of(one.label), one.spendMinor, one.leads)),
          row(t("corrected"), waterfall.spend.corrected, waterfall.leads.corrected),
          ...waterfall.steps
            .filter((one) => !one.accepted)
            .map((one) => row(`${of(one.label)} (${t("notAccepted")})`, one.spendMinor, one.leads)),
          row(t("proposed"), waterfall.proposed.spendMinor, waterfall.proposed.leads),
        ],
      )}\n`,
    );
  }
  if (adsOrFollowUp) {
    parts.push(
      `## ${t("adsOrFollowUp")}\n\n${t("adsFormula")}\n\n${table(
        [
          t(adsOrFollowUp.by),
          t("spend"),
          t("leads"),
          t("cpl"),
          t("judged"),
          t("qualifiedOfJudged"),
          t("cpql"),
          t("verdict"),
        ],
        adsOrFollowUp.items
          .slice(0, 12)
          .map((one) => [
            one.name,
            voice.money(one.spendMinor),
            voice.count(one.leads),
            voice.money(one.cplMinor.value),
            voice.percent(one.judgedShare.value),
            voice.percent(one.qualifiedOfJudged.value),
            voice.money(one.cpqlMinor.value),
            t(one.verdict),
          ]),
      )}\n`,
    );
  }
  if (report.insights.length > 0)
    parts.push(
      `## ${t("insights")}\n\n${report.insights.map((one) => `- **${of(one.title)}.** ${of(one.sentence)}${one.advice ? ` ${of(one.advice)}` : ""}`).join("\n")}\n`,
    );
  const raised = report.questions.filter((one) => one.evidence.length > 0);
  if (raised.length > 0)
    parts.push(
      `## ${t("questions")}\n\n${table(
        [t("question"), t("why"), t("default")],
        raised.map((one) => [of(one.text), of(one.why), of(one.inForce.label)]),
      )}\n`,
    );
  parts.push(`## ${t("tables")}\n`);
  for (const one of report.tables) {
    parts.push(
      `### ${one.table}: ${voice.count(one.rows)}\n\n${table(
        [t("column"), t("kind"), t("missing"), t("distinct"), t("values")],
        one.columns.map((column) => [
          column.name,
          column.kind,
          voice.percent(column.missingShare),
          voice.count(column.distinct.value),
          column.time
            ? `${column.time.first} – ${column.time.last}`
            : column.numbers
              ? [column.numbers.min, column.numbers.quantiles[3] ?? 0, column.numbers.max]
                  .map((value) => shownValue(column, value, voice))
                  .join(" … ")
              : column.top
                  .slice(0, 3)
                  .map(({ value, share }) => `${value} ${voice.percent(share)}`)
                  .join(", "),
        ]),
      )}\n`,
    );
  }
  return parts.join("\n");
}
