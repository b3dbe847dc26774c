/** What was explored, in a terminal: what is wrong and what it costs first, then what to ask. */
import type { ExploreReport, Finding } from "../../contract/explore.ts";
import type { Language } from "../../contract/formats.ts";
import { MOST_CARDS, treatmentLabel } from "./findings.ts";
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
  return `  ${MARKS[finding.severity]} ${finding.key}\n      ${wrapped(of(finding.sentence), "      ")}${treated}`;
}

export function exploreText(report: ExploreReport, language: Language): string {
  const voice = voiceIn(language, report);
  const { t, of } = voice;
  const lines: string[] = [t("title"), ""];
  if (report.sample) lines.push(t("sample"), "");
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
  if (waterfall && waterfall.spend.raw !== null) {
    const row = (name: string, minor: number | null) =>
      lines.push(`  ${name.padEnd(48)} ${voice.money(minor).padStart(20)}`);
    lines.push("", t("waterfall"), "");
    row(t("raw"), waterfall.spend.raw);
    for (const step of waterfall.steps)
      if (step.accepted && step.spendMinor) row(of(step.label), step.spendMinor);
    row(t("corrected"), waterfall.spend.corrected);
    for (const step of waterfall.steps)
      if (!step.accepted && step.spendMinor)
        row(`${of(step.label)} (${t("notAccepted")})`, step.spendMinor);
    if (waterfall.proposed.spendMinor !== waterfall.spend.corrected)
      row(t("proposed"), waterfall.proposed.spendMinor);
  }
  if (report.insights.length > 0) {
    lines.push("", t("insights"), "");
    for (const one of report.insights) lines.push(`  - ${wrapped(of(one.sentence), "    ")}`);
  }
  const open = report.questions.filter((one) => !one.answered && one.evidence.length > 0);
  if (open.length > 0) {
    lines.push("", t("questions"), "");
    for (const one of open)
      lines.push(
        `  ? ${wrapped(of(one.text), "    ")}\n    ${t("default")}: ${of(one.inForce.label)}`,
      );
  }
  return `${lines.join("\n")}\n`;
}
