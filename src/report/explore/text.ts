/** What was explored, in a terminal: what is wrong and what it costs first, then what to ask. */
import {
  type ExploreReport,
  type Finding,
  SEVERITIES,
  type Waterfall,
} from "../../contract/explore.ts";
import type { Language } from "../../contract/formats.ts";
import { openFindings, openQuestions, waitingQuestions } from "../../contract/open.ts";
import { MOST_CARDS, treatmentLabel } from "./findings.ts";
import { inShort, isEmpty } from "./in-short.ts";
import { type Voice, voiceIn } from "./voice.ts";

const MARKS = { critical: "▲", warning: "◆", info: "●" } as const;
const WIDTH = 96;

/** Words laid into lines, the following ones indented. */
function wrapped(text: string, indent: string): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.replaceAll(/[\u2068\u2069]/g, "").split(" ")) {
    if (line !== "" && line.length + word.length + 1 > WIDTH - indent.length) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line].join(`\n${indent}`);
}

function findingText(finding: Finding, voice: Voice): string {
  const { t, of } = voice;
  const best = finding.proposals.find(({ recommended }) => recommended);
  const [newest] = finding.treatments;
  const treated = newest
    ? `\n      ${t("inForce")}: ${treatmentLabel(finding, newest.kind, voice)} (${newest.by})`
    : best
      ? `\n      ${t("treatment")}: ${of(best.label)}`
      : "";
  return `  ${MARKS[finding.severity]} ${of(finding.title)} · ${finding.key}\n      ${wrapped(of(finding.sentence), "      ")}${treated}`;
}

/** The way from raw to corrected spend, the amounts under each other. */
function waterfallLines({ spend, steps, proposed }: Waterfall, voice: Voice): string[] {
  const { t, of } = voice;
  const rows: (readonly [name: string, minor: number | null])[] = [[t("raw"), spend.raw]];
  const add = (accepted: boolean, after: string) => {
    for (const step of steps)
      if (step.accepted === accepted && step.spendMinor)
        rows.push([of(step.label) + after, step.spendMinor]);
  };
  add(true, "");
  rows.push([t("corrected"), spend.corrected]);
  add(false, ` (${t("notAccepted")})`);
  if (proposed.spendMinor !== spend.corrected) rows.push([t("proposed"), proposed.spendMinor]);
  const width = Math.max(48, ...rows.map(([name]) => name.length));
  return rows.map(([name, minor]) => `  ${name.padEnd(width)} ${voice.money(minor).padStart(20)}`);
}

/** What remains on the screen when the rest has run past: how much is wrong, what it costs, how much is to be asked. */
function shortLines(report: ExploreReport, voice: Voice): string[] {
  const { t, of } = voice;
  const { spend, proposedMinor, costs, ask } = inShort(report);
  const open = openFindings(report.findings);
  const lines = [
    SEVERITIES.map((one) => `${MARKS[one]} ${t(one)} ${voice.count(open[one])}`).join("   "),
  ];
  if (spend) {
    const parts = [
      `${t("raw")} ${voice.moneyShort(spend.raw)}`,
      `${t("corrected")} ${voice.moneyShort(spend.corrected)}`,
      ...(proposedMinor === null ? [] : [`${t("proposed")} ${voice.moneyShort(proposedMinor)}`]),
    ];
    lines.push(`${t("spend")}: ${parts.join(voice.comma)}`);
  }
  if (costs) lines.push(of(costs.sentence));
  const [first] = ask;
  if (first) lines.push(`${t("ask")}: ${of(first)}`);
  return lines.map((one) => `  ${wrapped(one, "  ")}`);
}

export function exploreText(report: ExploreReport, language: Language): string {
  const voice = voiceIn(language, report);
  const { t, of } = voice;
  const lines: string[] = [t("title"), ""];
  if (report.sample) lines.push(t("sample"), "");
  if (isEmpty(report)) {
    const how = "leadsmart import PATH · leadsmart explore PATH";
    return `${[...lines, `  ${t("noTables")}`, `  ${how}`].join("\n")}\n`;
  }
  for (const table of report.tables)
    lines.push(`  ${table.table.padEnd(22)} ${voice.count(table.rows).padStart(12)}`);
  if (report.firstDay !== null && report.lastDay !== null)
    lines.push("", `  ${voice.formats.period(report.firstDay, report.lastDay)}`);
  lines.push("", t("findings"), "");
  if (report.findings.length === 0) lines.push(`  ${t("noFindings")}`);
  lines.push(...report.findings.slice(0, MOST_CARDS).map((one) => findingText(one, voice)));
  const rest = report.findings.slice(MOST_CARDS);
  if (rest.length > 0) {
    lines.push("", `  ${t("moreFindings")}:`);
    for (const one of rest)
      lines.push(`  ${MARKS[one.severity]} ${wrapped(of(one.sentence), "    ")}`);
  }
  const { waterfall } = report;
  if (waterfall && waterfall.spend.raw !== null)
    lines.push("", t("waterfall"), "", ...waterfallLines(waterfall, voice));
  if (report.insights.length > 0) {
    lines.push("", t("insights"), "");
    for (const one of report.insights) lines.push(`  - ${wrapped(of(one.sentence), "    ")}`);
  }
  const waiting = waitingQuestions(report.questions, report.findings);
  if (waiting.length > 0) {
    lines.push("", t("questions"), "");
    for (const one of waiting)
      lines.push(
        `  ? ${wrapped(of(one.text), "    ")}\n    ${t("default")}: ${of(one.inForce.label)}`,
      );
    const small = openQuestions(report.questions).length - waiting.length;
    if (small > 0) lines.push("", `  ${t("smallQuestions")}: ${voice.count(small)}`);
  }
  lines.push("", t("inShort"), "", ...shortLines(report, voice));
  return `${lines.join("\n")}\n`;
}
