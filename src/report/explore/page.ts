/** The explore report as one HTML file: nothing is fetched, it prints, it reads in English or Arabic. */
import type { ExploreReport } from "../../contract/explore.ts";
import type { Language } from "../../contract/formats.ts";
import { checkedPart } from "./checked.ts";
import { findingCard, findingLine, insightCard, MOST_CARDS, questionsTable } from "./findings.ts";
import { type Html, html, type Part, Html as Raw } from "./html.ts";
import { inShort, isEmpty } from "./in-short.ts";
import { adsOrFollowUpPart, waterfallPart } from "./money.ts";
import { STYLE } from "./style.ts";
import { relationsTable, tablePart } from "./tables.ts";
import { type Voice, voiceIn } from "./voice.ts";
import type { Word } from "./words.ts";

/** The first words of the page; each leads to its finding or to the questions. */
function shortPart(report: ExploreReport, voice: Voice): Html {
  if (isEmpty(report)) return html`<p class="note">${voice.t("noTables")}</p>`;
  const { wrong, spend, proposedMinor, costs, ask } = inShort(report);
  const { comma, semicolon, t } = voice;
  const money = (word: Word, minor: number | null) =>
    html`${t(word)} <b><bdi>${voice.moneyShort(minor)}</bdi></b>`;
  const totals =
    spend &&
    html`<li>${t("spend")}: ${money("raw", spend.raw)}${comma}${money("corrected", spend.corrected)}${proposedMinor !== null && html`${semicolon}${money("proposed", proposedMinor)}`}</li>`;
  return html`<div class="short"><div><h2>${t("wrong")}</h2>${wrong.length === 0 ? html`<p>${t("noFindings")}</p>` : html`<ol>${wrong.map((one) => html`<li><a href="#${one.key}">${voice.of(one.title)}</a><br>${voice.of(one.sentence)}</li>`)}</ol>`}</div>
${(totals || costs) && html`<div><h2>${t("costs")}</h2><ul>${totals}${costs && html`<li>${voice.of(costs.sentence)}</li>`}</ul></div>`}
${ask.length > 0 && html`<div><h2>${t("ask")}</h2><ol>${ask.map((one) => html`<li>${voice.of(one)}</li>`)}</ol></div>`}</div>`;
}

type Section = readonly [id: string, title: string, body: Part];

/** The parts of the report that there is something to say in, in the order in which they are read. */
function sectionsOf(report: ExploreReport, voice: Voice): Section[] {
  const { t } = voice;
  const { findings, waterfall, adsOrFollowUp, insights, questions, relations } = report;
  const rest = findings.slice(MOST_CARDS);
  const sections: (Section | false | null)[] = [
    [
      "findings",
      t("findings"),
      findings.length === 0
        ? html`<p>${t(isEmpty(report) ? "noTables" : "noFindings")}</p>`
        : [
            ...findings.slice(0, MOST_CARDS).map((one) => findingCard(one, voice)),
            rest.length > 0 && html`<h3>${t("moreFindings")}</h3>`,
            ...rest.map((one) => findingLine(one, voice)),
          ],
    ],
    waterfall && ["waterfall", t("waterfall"), waterfallPart(waterfall, voice)],
    adsOrFollowUp && [
      "ads-or-follow-up",
      t("adsOrFollowUp"),
      adsOrFollowUpPart(adsOrFollowUp, findings, voice),
    ],
    insights.length > 0 && [
      "insights",
      t("insights"),
      insights.map((one) => insightCard(one, voice)),
    ],
    questions.length > 0 && [
      "questions",
      t("questions"),
      questionsTable(questions, findings, voice),
    ],
    [
      "tables",
      t("tables"),
      [
        html`<p class="soft">${t("howToRead")}</p>`,
        ...report.tables.map((one) => tablePart(one, voice)),
      ],
    ],
    relations.length > 0 && ["relations", t("relations"), relationsTable(relations, voice)],
    ["checked", t("checked"), checkedPart(report.checked, voice)],
  ];
  return sections.filter((one) => one !== null && one !== false);
}

/**
 * @param other file name of the same report in the other language; null = it was not written
 */
export function exploreHtml(
  report: ExploreReport,
  language: Language,
  other: string | null,
): string {
  const voice = voiceIn(language, report);
  const { t } = voice;
  const days =
    report.firstDay !== null && report.lastDay !== null
      ? voice.formats.period(report.firstDay, report.lastDay)
      : "—";
  const sections = sectionsOf(report, voice);
  const page = html`<!doctype html>
<html lang="${language}" dir="${language === "ar" ? "rtl" : "ltr"}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark"><title>${t("title")}</title><style>${new Raw(STYLE)}</style></head><body>
<header><h1>${t("title")}</h1><p>${t("data")}: <bdi>${days}</bdi> · ${t("made")} <bdi>${voice.formats.instant(report.madeAt)}</bdi> · ${t("definitions")} <code>${report.definitionsVersion}</code>${other !== null && html`<span class="no-print"> · </span><a href="${other}" class="no-print">${t("other")}</a>`}</p>${report.sample && html`<p class="note">${t("sample")}</p>`}</header>
${shortPart(report, voice)}
<nav class="no-print">${sections.map(([id, title], i) => html`${i > 0 && " · "}<a href="#${id}">${title}</a>`)}</nav>
${sections.map(([id, title, body]) => html`<section id="${id}"><h2>${title}</h2>${body}</section>\n`)}
</body></html>
`;
  return page.text;
}
