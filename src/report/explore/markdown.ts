/** The explore report as Markdown: the same sentences and numbers, for a wiki, a ticket or a terminal. */
import type {
  AdsOrFollowUpAnswer,
  AdsOrFollowUpItem,
  ExploreReport,
  Finding,
  Insight,
  Listing,
  Question,
  Waterfall,
} from "../../contract/explore.ts";
import type { Language } from "../../contract/formats.ts";
import { spendInDoubt } from "../../contract/open.ts";
import { MOST_CARDS, SHOWN_ITEMS, shareOf, thresholdName, treatmentLabel } from "./findings.ts";
import { inShort, isEmpty } from "./in-short.ts";
import { checkedMarkdown, profileMarkdown, relationsMarkdown } from "./markdown-tables.ts";
import { code, codeBlock, md, table } from "./markdown-text.ts";
import { GAP_PARTS, SHOWN_COSTS, signed } from "./money.ts";
import { type Voice, voiceIn } from "./voice.ts";

const SHOWN_ROWS = 5;
/** In a line that runs from left to right such names need no marks around them, which would hide them from a search. */
const NEEDLESS = /\u2068([ -~]*)\u2069/g;

function listing({ columns, rows }: Listing): string {
  return table(
    columns.map(md),
    rows.slice(0, SHOWN_ROWS).map((row) => row.map((value) => md(String(value ?? "—")))),
  );
}

const list = (lines: readonly string[]) => lines.map((line) => `- ${line}`).join("\n");
const numbered = (lines: readonly string[]) =>
  lines.map((line, i) => `${i + 1}. ${line}`).join("\n");

function shortMarkdown(report: ExploreReport, voice: Voice): string[] {
  const { t } = voice;
  if (isEmpty(report)) return [t("noTables")];
  const { wrong, spend, proposedMinor, costs, ask } = inShort(report);
  const say = (text: Parameters<Voice["of"]>[0]) => md(voice.of(text));
  const totals =
    spend &&
    [
      `${t("spend")}: ${t("raw")} **${voice.moneyShort(spend.raw)}**${voice.comma}${t("corrected")} **${voice.moneyShort(spend.corrected)}**`,
      ...(proposedMinor === null
        ? []
        : [`${t("proposed")} **${voice.moneyShort(proposedMinor)}**`]),
    ].join(voice.semicolon);
  const money = [...(totals ? [totals] : []), ...(costs ? [say(costs.sentence)] : [])];
  return [
    `## ${t("wrong")}`,
    wrong.length === 0
      ? t("noFindings")
      : numbered(wrong.map((one) => `**${say(one.title)}.** ${say(one.sentence)}`)),
    ...(money.length > 0 ? [`## ${t("costs")}`, list(money)] : []),
    ...(ask.length > 0 ? [`## ${t("ask")}`, numbered(ask.map((one) => say(one)))] : []),
  ];
}

function itemsMarkdown({ items, itemsTotal }: Finding, voice: Voice): string[] {
  if (items.length === 0) return [];
  const { t } = voice;
  const shown = items.slice(0, SHOWN_ITEMS);
  const rows = shown.map((item) => [
    md(item.label),
    md(item.account ?? "—"),
    item.detail ? md(voice.of(item.detail)) : "",
    voice.count(item.rows),
    voice.money(item.moneyMinor),
    voice.count(item.leads),
  ]);
  const more = itemsTotal - shown.length;
  return [
    table([t("item"), t("account"), "", t("rows"), t("money"), t("leads")], rows),
    ...(more > 0 ? [`… ${voice.count(more)} ${t("moreItems")}`] : []),
  ];
}

function findingMarkdown(one: Finding, voice: Voice): string[] {
  const { t } = voice;
  const say = (text: Parameters<Voice["of"]>[0]) => md(voice.of(text));
  const best = one.proposals.find(({ recommended }) => recommended);
  const [newest] = one.treatments;
  return [
    `### ${t(one.severity)}: ${say(one.title)}`,
    say(one.sentence),
    list([
      `${t("rows")}: ${voice.count(one.rows)} ${t("ofRows")} ${voice.count(one.of)} (${say(one.unit)})`,
      ...(one.moneyMinor === null ? [] : [`${t("money")}: ${voice.money(one.moneyMinor)}`]),
      ...(one.leads === null ? [] : [`${t("leads")}: ${voice.count(one.leads)}`]),
      `${t("why")}: ${say(one.why)}`,
      ...(newest
        ? [`${t("inForce")}: ${md(treatmentLabel(one, newest.kind, voice))} (${md(newest.by)})`]
        : best
          ? [`${t("treatment")}: ${say(best.label)}`]
          : []),
      ...(one.question ? [`${t("question")}: ${say(one.question.text)}`] : []),
      ...one.thresholds.map(
        ({ name, value, seen }) =>
          `${t("threshold")} ${code(thresholdName(one, name))} = ${voice.number(value)} (${t("seen")}: ${voice.number(seen)})`,
      ),
    ]),
    ...itemsMarkdown(one, voice),
    ...(one.examples.rows.length > 0 ? [`${t("examples")}:`, listing(one.examples)] : []),
  ];
}

function waterfallMarkdown(waterfall: Waterfall, voice: Voice): string {
  const { t } = voice;
  const row = (name: string, spend: number | null, leads: number | null) => [
    md(name),
    voice.money(spend),
    voice.count(leads),
  ];
  const steps = (accepted: boolean) =>
    waterfall.steps
      .filter((one) => one.accepted === accepted)
      .map((one) =>
        row(
          accepted ? voice.of(one.label) : `${voice.of(one.label)} (${t("notAccepted")})`,
          one.spendMinor,
          one.leads,
        ),
      );
  return table(
    [t("step"), t("spend"), t("leads")],
    [
      row(t("raw"), waterfall.spend.raw, waterfall.leads.raw),
      ...steps(true),
      row(t("corrected"), waterfall.spend.corrected, waterfall.leads.corrected),
      ...steps(false),
      row(t("proposed"), waterfall.proposed.spendMinor, waterfall.proposed.leads),
    ],
  );
}

function costsMarkdown(
  answer: AdsOrFollowUpAnswer,
  findings: readonly Finding[],
  voice: Voice,
): string[] {
  const { t } = voice;
  const doubted = spendInDoubt(answer, findings);
  const cost = (one: AdsOrFollowUpAnswer["total"], minor?: number) => [
    `${voice.money(one.spendMinor)}${minor === undefined ? "" : ` (${voice.moneyShort(minor)} ${t("inDoubt")})`}`,
    voice.count(one.leads),
    voice.money(one.cplMinor.value),
    voice.percent(one.judgedShare.value),
    voice.percent(one.qualifiedOfJudged.value),
    voice.money(one.cpqlMinor.value),
  ];
  const gap = (one: AdsOrFollowUpItem) =>
    one.gap
      ? GAP_PARTS.map(
          ([name, word]) => `${t(word)} ${signed(voice, Math.round(one.gap?.[name] ?? 0))}`,
        ).join(voice.comma)
      : "—";
  const shown = answer.items.slice(0, SHOWN_COSTS);
  const more = answer.items.length - shown.length + answer.more;
  return [
    t("adsFormula"),
    table(
      [
        t(answer.by),
        t("spend"),
        t("leads"),
        t("cpl"),
        t("judged"),
        t("qualifiedOfJudged"),
        t("cpql"),
        t("gap"),
        t("verdict"),
      ],
      [
        ...shown.map((one) => [
          md(one.name),
          ...cost(one, doubted.get(one.id)),
          gap(one),
          t(one.verdict),
        ]),
        [`**${t("all")}**`, ...cost(answer.total), "", ""],
      ],
    ),
    ...(more > 0 ? [`… ${voice.count(more)} ${t("moreItems")}`] : []),
  ];
}

function insightMarkdown(one: Insight, voice: Voice): string {
  const share = shareOf(one, voice);
  return [
    `**${md(voice.of(one.title))}.** ${md(voice.of(one.sentence))}`,
    ...(share === null ? [] : [`(${share})`]),
    ...(one.advice ? [md(voice.of(one.advice))] : []),
  ].join(" ");
}

function questionMarkdown(one: Question, voice: Voice): string {
  const { t } = voice;
  const say = (text: Parameters<Voice["of"]>[0]) => md(voice.of(text));
  const lines = [
    say(one.why),
    ...one.evidence.map(say),
    `${t("default")}: ${say(one.inForce.label)}${one.answered ? ` (${t("answered")}: ${md(one.answered.by)}${voice.comma}${voice.formats.instant(one.answered.at)})` : ""}`,
    ...(one.options.length > 0
      ? [`${t("options")}: ${one.options.map(({ label }) => say(label)).join(" · ")}`]
      : []),
  ];
  return `**${say(one.text)}**\n${lines.map((line) => `   - ${line}`).join("\n")}`;
}

/** Its lines of SQL stand at the end, so that what they prove can be read in one go. */
export function exploreMarkdown(report: ExploreReport, language: Language): string {
  const voice = voiceIn(language, report);
  const { t } = voice;
  const { findings, waterfall, adsOrFollowUp, insights, relations, firstDay, lastDay } = report;
  const rest = findings.slice(MOST_CARDS);
  const raised = report.questions.filter((one) => one.evidence.length > 0);
  const parts: string[] = [
    `# ${t("title")}`,
    ...(firstDay !== null && lastDay !== null
      ? [
          `${t("data")}: ${voice.formats.period(firstDay, lastDay)} · ${t("definitions")} ${code(report.definitionsVersion)}`,
        ]
      : []),
    ...(report.sample ? [`> ${t("sample")}`] : []),
    ...shortMarkdown(report, voice),
    `## ${t("findings")}`,
    ...(findings.length === 0 ? [t(isEmpty(report) ? "noTables" : "noFindings")] : []),
    ...findings.slice(0, MOST_CARDS).flatMap((one) => findingMarkdown(one, voice)),
    ...(rest.length > 0
      ? [
          `### ${t("moreFindings")}`,
          list(rest.map((one) => `**${t(one.severity)}** ${md(voice.of(one.sentence))}`)),
        ]
      : []),
    ...(waterfall ? [`## ${t("waterfall")}`, waterfallMarkdown(waterfall, voice)] : []),
    ...(adsOrFollowUp
      ? [`## ${t("adsOrFollowUp")}`, ...costsMarkdown(adsOrFollowUp, findings, voice)]
      : []),
    ...(insights.length > 0
      ? [`## ${t("insights")}`, list(insights.map((one) => insightMarkdown(one, voice)))]
      : []),
    ...(raised.length > 0
      ? [`## ${t("questions")}`, numbered(raised.map((one) => questionMarkdown(one, voice)))]
      : []),
    `## ${t("tables")}`,
    ...report.tables.map((one) => profileMarkdown(one, voice)),
    ...(relations.length > 0 ? [`## ${t("relations")}`, relationsMarkdown(relations, voice)] : []),
    `## ${t("checked")}`,
    checkedMarkdown(report.checked, voice),
    ...(findings.length > 0
      ? [
          `## ${t("sql")}`,
          ...findings.flatMap((one) => [
            `### ${md(voice.of(one.title))}`,
            codeBlock("sql", one.sql),
          ]),
        ]
      : []),
  ];
  const text = parts.join("\n\n");
  return language === "ar"
    ? `<div dir="rtl">\n\n${text}\n\n</div>\n`
    : `${text.replaceAll(NEEDLESS, "$1")}\n`;
}
