/** Where the money goes: the waterfall, and cost per qualified lead parted into ads and follow-up. */
import type {
  AdsOrFollowUpAnswer,
  AdsOrFollowUpItem,
  Finding,
  Waterfall,
} from "../../contract/explore.ts";
import { spendInDoubt } from "../../contract/open.ts";
import { waterfallChart } from "./charts.ts";
import { type Html, html } from "./html.ts";
import type { Voice } from "./voice.ts";

/** Beyond these the rest is told by its number. */
export const SHOWN_COSTS = 12;

export const signed = (voice: Voice, minor: number | null) =>
  minor === null || minor === 0 ? "—" : `${minor > 0 ? "+" : "−"}${voice.money(Math.abs(minor))}`;

export function waterfallPart(waterfall: Waterfall, voice: Voice): Html {
  const leads = (n: number | null) => (n === null || n === 0 ? "—" : voice.count(n));
  const proposed = waterfall.proposed.spendMinor;
  const differs = proposed !== null && proposed !== waterfall.spend.corrected;
  return html`${waterfallChart(waterfall, voice)}
<div class="scroll"><table><thead><tr><th>${voice.t("step")}</th><th class="n">${voice.t("spend")}</th><th class="n">${voice.t("leads")}</th></tr></thead><tbody>
<tr><td><b>${voice.t("raw")}</b></td><td class="n"><b>${voice.money(waterfall.spend.raw)}</b></td><td class="n"><b>${voice.count(waterfall.leads.raw)}</b></td></tr>
${waterfall.steps.filter((one) => one.accepted).map((one) => html`<tr><td>${voice.of(one.label)}</td><td class="n">${signed(voice, one.spendMinor)}</td><td class="n">${leads(one.leads)}</td></tr>`)}
<tr><td><b>${voice.t("corrected")}</b></td><td class="n"><b>${voice.money(waterfall.spend.corrected)}</b></td><td class="n"><b>${voice.count(waterfall.leads.corrected)}</b></td></tr>
${waterfall.steps.filter((one) => !one.accepted).map((one) => html`<tr><td>${voice.of(one.label)} <span class="soft">(${voice.t("notAccepted")})</span></td><td class="n">${signed(voice, one.spendMinor)}</td><td class="n">${leads(one.leads)}</td></tr>`)}
${differs && html`<tr><td><b>${voice.t("proposed")}</b></td><td class="n"><b>${voice.money(proposed)}</b></td><td class="n"><b>${voice.count(waterfall.proposed.leads)}</b></td></tr>`}
</tbody></table></div>`;
}

export const GAP_PARTS = [
  ["cplMinor", "cpl", "k"],
  ["judgedMinor", "judged", "j"],
  ["qualifiedMinor", "qualifiedOfJudged", "q"],
] as const;

/** Of all gaps this share is drawn to scale; the few far beyond end at the edge, in a notch. */
const WITHIN = 0.9;

/** What fills half of the width: large, but not the one extreme beside which all others vanish. */
function largestGap(items: readonly AdsOrFollowUpItem[]): number {
  const sizes = items
    .flatMap(({ gap }) => (gap ? GAP_PARTS.map(([name]) => Math.abs(gap[name])) : []))
    .sort((left, right) => left - right);
  return Math.max(1, sizes[Math.floor((sizes.length - 1) * WITHIN)] ?? 1);
}

/** Three bars from a middle line: what each part adds to the cost of a qualified lead above the norm. */
function gapBars(item: AdsOrFollowUpItem, most: number, voice: Voice): Html {
  if (!item.gap) return html`—`;
  const width = 180;
  const middle = width / 2;
  const turn = voice.language === "ar" ? -1 : 1;
  const bars = GAP_PARTS.map(([name, , style], i) => {
    const value = item.gap?.[name] ?? 0;
    const beyond = Math.abs(value) > most;
    const length = Math.min(1, Math.abs(value) / most) * (middle - 2);
    const right = value * turn >= 0;
    const from = right ? middle : middle - length;
    const edge = right ? middle + length - 7 : middle - length + 4;
    const notch =
      beyond && html`<path d="M ${edge.toFixed(1)} ${i * 9 + 1} l 3 4.5 l -3 4.5" class="notch"/>`;
    return html`<rect x="${from.toFixed(1)}" y="${i * 9 + 2}" width="${length.toFixed(1)}" height="7" class="bar-${style}"/>${notch}`;
  });
  const title = GAP_PARTS.map(
    ([name, word]) => `${voice.t(word)}: ${signed(voice, Math.round(item.gap?.[name] ?? 0))}`,
  ).join(" · ");
  return html`<svg viewBox="0 0 ${width} 31" class="gap-bars" role="img" aria-label="${title}"><title>${title}</title><line x1="${middle}" x2="${middle}" y1="0" y2="31" class="grid"/>${bars}</svg>`;
}

export function adsOrFollowUpPart(
  answer: AdsOrFollowUpAnswer,
  findings: readonly Finding[],
  voice: Voice,
): Html {
  const doubted = spendInDoubt(answer, findings);
  const shown = answer.items.slice(0, SHOWN_COSTS);
  const more = answer.items.length - shown.length + answer.more;
  const most = largestGap(shown);
  const doubt = (minor: number | undefined) =>
    minor !== undefined &&
    html`<div class="badge warning">${voice.moneyShort(minor)} ${voice.t("inDoubt")}</div>`;
  const costs = (one: AdsOrFollowUpAnswer["total"], minor?: number) =>
    html`<td class="n">${voice.moneyShort(one.spendMinor)}${doubt(minor)}</td><td class="n">${voice.count(one.leads)}</td><td class="n">${voice.money(one.cplMinor.value)}</td><td class="n">${voice.percent(one.judgedShare.value)}</td><td class="n">${voice.percent(one.qualifiedOfJudged.value)}</td><td class="n">${voice.money(one.cpqlMinor.value)}</td>`;
  const row = (item: AdsOrFollowUpItem) =>
    html`<tr><td><bdi>${item.name}</bdi></td>${costs(item, doubted.get(item.id))}<td>${gapBars(item, most, voice)}</td><td class="nowrap">${voice.t(item.verdict)}</td></tr>`;
  return html`<p class="soft">${voice.t("adsFormula")} ${voice.t("adsBars")}</p>
<p>${GAP_PARTS.map(([, word, style]) => html`<span class="key" style="--key:var(--c${style === "k" ? "1" : style === "j" ? "2" : "3"})">${voice.t(word)}</span>`)}</p>
<div class="scroll"><table><thead><tr><th>${voice.t(answer.by)}</th><th class="n">${voice.t("spend")}</th><th class="n">${voice.t("leads")}</th><th class="n">${voice.t("cpl")}</th><th class="n">${voice.t("judged")}</th><th class="n">${voice.t("qualifiedOfJudged")}</th><th class="n">${voice.t("cpql")}</th><th>${voice.t("gap")}</th><th>${voice.t("verdict")}</th></tr></thead><tbody>${shown.map(row)}<tr class="total"><td>${voice.t("all")}</td>${costs(answer.total)}<td></td><td></td></tr></tbody></table></div>${more > 0 && html`<p class="soft">… ${voice.count(more)} ${voice.t("moreItems")}</p>`}`;
}
