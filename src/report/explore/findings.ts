/** Findings and questions as cards and lines. */
import type { Finding, Insight, Listing, Proposal, Question } from "../../contract/explore.ts";
import { weightyQuestions } from "../../contract/open.ts";
import { chartOf } from "./charts.ts";
import { type Html, html } from "./html.ts";
import type { Voice } from "./voice.ts";
import type { Word } from "./words.ts";

/** Cards beyond these many tire the reader; the rest is one line each. */
export const MOST_CARDS = 10;
/** Of what a finding is about, so many are named. */
export const SHOWN_ITEMS = 8;

function cell(value: string | number | boolean | null): Html {
  if (value === null) return html`<td class="soft">—</td>`;
  return typeof value === "number"
    ? html`<td class="n">${String(value)}</td>`
    : html`<td><bdi>${String(value)}</bdi></td>`;
}

export function listingTable(listing: Listing): Html {
  return html`<div class="scroll"><table dir="ltr"><thead><tr>${listing.columns.map((name) => html`<th>${name}</th>`)}</tr></thead><tbody>${listing.rows.map((row) => html`<tr>${row.map(cell)}</tr>`)}</tbody></table></div>`;
}

function itemsTable(finding: Finding, voice: Voice): Html | null {
  const { items, itemsTotal } = finding;
  if (items.length === 0) return null;
  const shown = items.slice(0, SHOWN_ITEMS);
  const some = (has: (item: Finding["items"][number]) => boolean) => shown.some(has);
  const accounts = some((item) => item.account !== null && item.account !== item.label);
  const money = some((item) => item.moneyMinor !== null);
  const leads = some((item) => item.leads !== null);
  const detail = some((item) => item.detail !== null);
  return html`<div class="scroll"><table><thead><tr><th>${voice.t("item")}</th>${accounts && html`<th>${voice.t("account")}</th>`}${detail && html`<th></th>`}<th class="n">${voice.t("rows")}</th>${money && html`<th class="n">${voice.t("money")}</th>`}${leads && html`<th class="n">${voice.t("leads")}</th>`}</tr></thead><tbody>${shown.map(
    (item) =>
      html`<tr><td><bdi>${item.label}</bdi></td>${accounts && html`<td><bdi>${item.account ?? "—"}</bdi></td>`}${detail && html`<td>${item.detail ? voice.of(item.detail) : ""}</td>`}<td class="n">${voice.count(item.rows)}</td>${money && html`<td class="n">${voice.money(item.moneyMinor)}</td>`}${leads && html`<td class="n">${voice.count(item.leads)}</td>`}</tr>`,
  )}</tbody></table></div>${itemsTotal > shown.length && html`<p class="soft">… ${voice.count(itemsTotal - shown.length)} ${voice.t("moreItems")}</p>`}`;
}

/** A threshold by the name under which it is set: a rule's own begin with the rule. */
export function thresholdName({ rule }: Finding, name: string): string {
  return name.includes(".") ? name : `${rule}.${name}`;
}

/** What was decided, in the words in which the finding offered it. */
export function treatmentLabel(
  { proposals }: Finding,
  kind: Proposal["kind"],
  voice: Voice,
): string {
  const label = proposals.find((one) => one.kind === kind)?.label;
  return label ? voice.of(label) : kind;
}

function thresholds(finding: Finding, voice: Voice): Html | null {
  if (finding.thresholds.length === 0) return null;
  const each = finding.thresholds.map(
    ({ name, value, seen }) =>
      html`<div><code>${thresholdName(finding, name)}</code> = ${voice.number(value)} (${voice.t("seen")}: ${voice.number(seen)})</div>`,
  );
  return html`<dt>${voice.t("threshold")}</dt><dd>${each}</dd>`;
}

function proposal(finding: Finding, voice: Voice): Html | null {
  const [newest] = finding.treatments;
  if (newest) {
    const when = voice.formats.instant(newest.at);
    return html`<dt>${voice.t("inForce")}</dt><dd>${treatmentLabel(finding, newest.kind, voice)} (<bdi>${newest.by}</bdi>, ${when})</dd>`;
  }
  const best = finding.proposals.find(({ recommended }) => recommended);
  if (!best) return null;
  const effect = best.spendMinor
    ? ` (${voice.t("spend")} ${best.spendMinor > 0 ? "+" : "−"}${voice.moneyShort(Math.abs(best.spendMinor))})`
    : "";
  return html`<dt>${voice.t("treatment")}</dt><dd>${voice.of(best.label)}${effect}</dd>`;
}

export function findingCard(finding: Finding, voice: Voice): Html {
  const { severity } = finding;
  return html`<article class="card ${severity}" id="${finding.key}">
<h3><span class="badge ${severity}">${voice.t(severity)}</span>${voice.of(finding.title)}</h3>
<p>${voice.of(finding.sentence)}</p>
<ul class="facts"><li><b>${voice.count(finding.rows)}</b><span>${voice.of(finding.unit)} ${voice.t("ofRows")} ${voice.count(finding.of)}</span></li>${finding.moneyMinor !== null && html`<li><b>${voice.moneyShort(finding.moneyMinor)}</b><span>${voice.t("money")}</span></li>`}${finding.leads !== null && html`<li><b>${voice.count(finding.leads)}</b><span>${voice.t("leads")}</span></li>`}</ul>
<dl><dt>${voice.t("why")}</dt><dd>${voice.of(finding.why)}</dd>${proposal(finding, voice)}${finding.question && html`<dt>${voice.t("question")}</dt><dd>${voice.of(finding.question.text)}</dd>`}${thresholds(finding, voice)}</dl>
${finding.picture && chartOf(finding.picture, voice)}
${itemsTable(finding, voice)}
${finding.examples.rows.length > 0 && html`<details><summary>${voice.t("examples")}</summary>${listingTable(finding.examples)}</details>`}
<details class="no-print"><summary>${voice.t("sql")}</summary><pre>${finding.sql}</pre></details>
</article>`;
}

/** A finding beyond the cards: its sentence, and the rest on demand. */
export function findingLine(finding: Finding, voice: Voice): Html {
  return html`<details id="${finding.key}"><summary><span class="badge ${finding.severity}">${voice.t(finding.severity)}</span>${voice.of(finding.sentence)}</summary>${findingCard(finding, voice)}</details>`;
}

/** The share that an insight stands on, with its interval; null where it stands on something else. */
export function shareOf({ estimate }: Insight, voice: Voice): string | null {
  if (estimate === null) return null;
  const { value, low, high, n } = estimate;
  if (value === null || n === null || low === null || high === null) return null;
  if (value > 1 || high > 1) return null;
  const between = voice.range(voice.percent(low), voice.percent(high));
  return `${voice.percent(value)}${voice.comma}${voice.t("interval")} ${between}${voice.comma}${voice.t("number")} = ${voice.count(n)}`;
}

export function insightCard(insight: Insight, voice: Voice): Html {
  const share = shareOf(insight, voice);
  return html`<article class="card"><h3>${voice.of(insight.title)}</h3><p>${voice.of(insight.sentence)}</p>${share !== null && html`<p class="soft">${share}</p>`}${insight.picture && chartOf(insight.picture, voice)}${insight.advice && html`<p><b>${voice.of(insight.advice)}</b></p>`}</article>`;
}

function questionRow(question: Question, voice: Voice): Html {
  const { answered } = question;
  return html`<tr><td><b>${voice.of(question.text)}</b><div class="soft">${voice.of(question.why)}</div>${question.evidence.slice(0, 3).map((one) => html`<div>${voice.of(one)}</div>`)}</td><td>${voice.of(question.inForce.label)}${answered && html`<div class="soft">${voice.t("answered")}: <bdi>${answered.by}</bdi>, ${voice.formats.instant(answered.at)}</div>`}</td><td>${question.options.slice(0, 6).map((one) => html`<div>${voice.of(one.label)}</div>`)}</td></tr>`;
}

export function questionsTable(
  questions: readonly Question[],
  findings: readonly Finding[],
  voice: Voice,
): Html {
  const heavy = weightyQuestions(questions, findings);
  const raised = questions.filter((one) => one.evidence.length > 0 && heavy.includes(one));
  const small = questions.filter((one) => one.evidence.length > 0 && !heavy.includes(one));
  const quiet = questions.filter((one) => one.evidence.length === 0);
  const table = (some: readonly Question[]) =>
    html`<div class="scroll"><table><thead><tr><th>${voice.t("question")}</th><th>${voice.t("default")}</th><th>${voice.t("options")}</th></tr></thead><tbody>${some.map((one) => questionRow(one, voice))}</tbody></table></div>`;
  const folded = (word: Word, some: readonly Question[]) =>
    some.length > 0 &&
    html`<details><summary>${voice.t(word)}: ${voice.count(some.length)}</summary>${table(some)}</details>`;
  return html`${raised.length > 0 && table(raised)}${folded("smallQuestions", small)}${folded("moreQuestions", quiet)}`;
}
