/** The explore report as one HTML file: nothing is fetched, it prints, it reads in English or Arabic. */
import type { ExploreReport } from "../../contract/explore.ts";
import type { Language } from "../../contract/formats.ts";
import { findingCard, findingLine, insightCard, MOST_CARDS, questionsTable } from "./findings.ts";
import { type Html, html, Html as Raw } from "./html.ts";
import { adsOrFollowUpPart, waterfallPart } from "./money.ts";
import { STYLE } from "./style.ts";
import { relationsTable, tablePart } from "./tables.ts";
import { type Voice, voiceIn } from "./words.ts";

const SHORT = 3;

/** What is wrong, what it costs, what to ask: three of each, for a reader with two minutes. */
function inShort(report: ExploreReport, voice: Voice): Html {
  const wrong = report.findings.filter(({ severity }) => severity !== "info").slice(0, SHORT);
  const shown = wrong.length > 0 ? wrong : report.findings.slice(0, SHORT);
  const { waterfall } = report;
  const first = report.insights.find(({ id }) => id === "ads-or-follow-up");
  const ask = report.questions
    .filter((one) => !one.answered && one.evidence.length > 0)
    .slice(0, SHORT);
  const spend = waterfall?.spend;
  const proposed = waterfall?.proposed.spendMinor ?? null;
  return html`<div class="short"><div><h2>${voice.t("wrong")}</h2>${shown.length === 0 ? html`<p>${voice.t("noFindings")}</p>` : html`<ol>${shown.map((one) => html`<li>${voice.of(one.sentence)}</li>`)}</ol>`}</div>
${(spend || first) && html`<div><h2>${voice.t("costs")}</h2><ul>${spend && spend.raw !== null && html`<li>${voice.t("spend")}: ${voice.t("raw")} <b>${voice.moneyShort(spend.raw)}</b>, ${voice.t("corrected")} <b>${voice.moneyShort(spend.corrected)}</b>${proposed !== null && proposed !== spend.corrected && html`; ${voice.t("proposed")}: <b>${voice.moneyShort(proposed)}</b>`}</li>`}${first && html`<li>${voice.of(first.sentence)}</li>`}</ul></div>`}
${ask.length > 0 && html`<div><h2>${voice.t("ask")}</h2><ol>${ask.map((one) => html`<li>${voice.of(one.text)}</li>`)}</ol></div>`}</div>`;
}

function section(id: string, title: string, body: Html | readonly Html[] | null): Html {
  return body === null ? html`` : html`<section id="${id}"><h2>${title}</h2>${body}</section>`;
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
  const cards = report.findings.slice(0, MOST_CARDS);
  const rest = report.findings.slice(MOST_CARDS);
  const { checked } = report;
  const page = html`<!doctype html>
<html lang="${language}" dir="${language === "ar" ? "rtl" : "ltr"}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark"><title>${t("title")}</title><style>${new Raw(STYLE)}</style></head><body>
<header><h1>${t("title")}</h1><p>${t("data")}: ${days} · ${t("made")} ${voice.formats.instant(report.madeAt)} · ${t("definitions")} <code>${report.definitionsVersion}</code>${other !== null && html` · <a href="${other}" class="no-print">${t("other")}</a>`}</p>${report.sample && html`<p class="note">${t("sample")}</p>`}</header>
${inShort(report, voice)}
${section("findings", t("findings"), report.findings.length === 0 ? html`<p>${t("noFindings")}</p>` : [...cards.map((one) => findingCard(one, voice)), ...(rest.length > 0 ? [html`<h3>${t("moreFindings")}</h3>`, ...rest.map((one) => findingLine(one, voice))] : [])])}
${section("waterfall", t("waterfall"), report.waterfall && waterfallPart(report.waterfall, voice))}
${section("ads-or-follow-up", t("adsOrFollowUp"), report.adsOrFollowUp && adsOrFollowUpPart(report.adsOrFollowUp, voice))}
${section("insights", t("insights"), report.insights.length > 0 ? report.insights.map((one) => insightCard(one, voice)) : null)}
${section("questions", t("questions"), report.questions.length > 0 ? questionsTable(report.questions, voice) : null)}
${section(
  "tables",
  t("tables"),
  report.tables.map((one) => tablePart(one, voice)),
)}
${section("relations", t("relations"), report.relations.length > 0 ? relationsTable(report.relations, voice) : null)}
${section("checked", t("checked"), html`<p>${t("quiet")}: ${checked.quiet.length > 0 ? checked.quiet.map((rule, i) => html`${i > 0 ? ", " : ""}<code>${rule}</code>`) : "—"}</p>${checked.skipped.length > 0 && html`<p>${t("skipped")}:</p><ul>${checked.skipped.map((one) => html`<li><code>${one.rule}</code>: ${voice.of(one.why)}</li>`)}</ul>`}`)}
</body></html>
`;
  return page.text;
}
