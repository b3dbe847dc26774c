/** What was looked for: the checks that found nothing, and those that could not run, by what they look for. */
import type { ExploreReport } from "../../contract/explore.ts";
import { type Html, html } from "./html.ts";
import type { Voice } from "./voice.ts";

type Checked = ExploreReport["checked"];

/** A check by what it looks for; by its id where nobody said. */
export function checkName({ titles }: Checked, rule: string, voice: Voice): string {
  const title = titles?.[rule];
  return title ? voice.of(title) : rule;
}

export function checkedPart(checked: Checked, voice: Voice): Html {
  const { quiet, skipped } = checked;
  const name = (rule: string) => checkName(checked, rule, voice);
  return html`<p>${voice.t("checks")}: ${voice.count(checked.rules)}</p>
${skipped.length > 0 && html`<h3>${voice.t("skipped")}</h3><ul>${skipped.map(({ rule, why }) => html`<li><b>${name(rule)}</b>: ${voice.of(why)}</li>`)}</ul>`}
${quiet.length > 0 && html`<h3>${voice.t("quiet")}: ${voice.count(quiet.length)}</h3><ul class="columns">${quiet.map((rule) => html`<li>${name(rule)}</li>`)}</ul>`}`;
}
