/** A digest as one HTML file that a mail program shows: tables, styles on the elements, nothing fetched from anywhere. */
import type { CampaignRow } from "../contract/campaigns.ts";
import type { Sender } from "../contract/digests.ts";
import { type Formats, type Language, makeFormats } from "../contract/formats.ts";
import type { Frame, KpiAnswer } from "../contract/overview.ts";
import type { ChangesAnswer } from "../contract/today.ts";
import { type DigestWord, type Speak, speakIn } from "./digest-words.ts";
import { escaped } from "./explore/html.ts";

/** What is told; the workflow gathers it. */
export interface DigestContent {
  readonly frame: Frame;
  readonly kpis: readonly KpiAnswer[];
  readonly changes: ChangesAnswer;
  readonly best: readonly CampaignRow[];
  readonly worst: readonly CampaignRow[];
  readonly insights: readonly { readonly en: string; readonly ar: string }[];
  readonly immature: number | null;
  readonly horizonDays: number;
}

const INK = "#1c2430";
const SOFT = "#566173";
const LINE = "#d9dee6";
const FONT = "'Segoe UI',Tahoma,Arial,sans-serif";
const MAIN = ["spend", "leads", "qualified", "cpl", "cpql", "ctr"] as const;

interface Voice {
  readonly language: Language;
  readonly say: Speak;
  readonly formats: Formats;
  readonly frame: Frame;
  /** Where lines begin and end. */
  readonly start: "left" | "right";
  readonly end: "left" | "right";
}

/** Black or white, whichever is read on a colour (WCAG's relative luminance). */
export function inkOn(colour: string): "#ffffff" | "#000000" {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return 1.05 / (luminance + 0.05) >= (luminance + 0.05) / 0.05 ? "#ffffff" : "#000000";
}

function valueText({ formats, frame }: Voice, kpi: KpiAnswer, value: number | null): string {
  if (kpi.unit === "money") return formats.money(value, frame);
  if (kpi.unit === "rate") return formats.rate(value);
  return kpi.unit === "ratio" ? formats.ratio(value) : formats.count(value);
}

const cell = (text: string, align: string, more = "") =>
  `<td style="padding:8px 6px;border-top:1px solid ${LINE};text-align:${align};${more}">${text}</td>`;
const head = (text: string, align: string) =>
  `<th scope="col" style="padding:4px 6px;text-align:${align};font-size:12px;font-weight:600;color:${SOFT}">${text}</th>`;
const title = (text: string) =>
  `<h2 style="margin:28px 0 8px;font-size:16px;color:${INK}">${text}</h2>`;
const line = (text: string, more = "") => `<p style="margin:6px 0;${more}">${text}</p>`;
const table = (rows: string) =>
  `<table role="table" width="100%" cellpadding="0" cellspacing="0" style="border-collapse:collapse;font-size:14px">${rows}</table>`;

function intervalText(voice: Voice, kpi: KpiAnswer): string {
  if (kpi.low === null || kpi.n === null) return "";
  const n = voice.formats.count(kpi.n);
  const low = valueText(voice, kpi, kpi.low);
  return kpi.high === null
    ? voice.say("from", { low, n })
    : voice.say("interval", { low, high: valueText(voice, kpi, kpi.high), n });
}

/** Better or worse in words of colour and sign; neither where more is neither. */
function changeColour({ direction, change }: KpiAnswer): string {
  if (change === null || change === 0 || direction === "neutral") return INK;
  return change > 0 === (direction === "up") ? "#0b6b45" : "#a33a1b";
}

function kpiTable(voice: Voice, kpis: readonly KpiAnswer[]): string {
  const { say, formats, start, end } = voice;
  const rows = MAIN.flatMap((id) => {
    const kpi = kpis.find((one) => one.id === id);
    if (kpi === undefined) return [];
    const interval = intervalText(voice, kpi);
    const small =
      interval === "" ? "" : `<div style="font-size:12px;color:${SOFT}">${escaped(interval)}</div>`;
    return [
      `<tr>${cell(say(id as DigestWord), start)}${cell(`<strong>${escaped(valueText(voice, kpi, kpi.value))}</strong>${small}`, end)}${cell(escaped(valueText(voice, kpi, kpi.previous)), end, `color:${SOFT}`)}${cell(`<span dir="ltr">${escaped(formats.change(kpi.change))}</span>`, end, `color:${changeColour(kpi)}`)}</tr>`,
    ];
  });
  const top = `<tr>${head("", start)}${head(say("now"), end)}${head(say("before"), end)}${head(say("change"), end)}</tr>`;
  return table(top + rows.join(""));
}

const named = (text: string) => `<bdi>${escaped(text)}</bdi>`;

function campaignName(
  voice: Voice,
  row: { campaignId: string | null; campaignName: string | null; project: string | null },
): string {
  const name = row.campaignName ?? row.campaignId;
  const project =
    row.project === null
      ? ""
      : `<div style="font-size:12px;color:${SOFT}">${named(row.project)}</div>`;
  return `${name === null ? voice.say("noCampaign") : named(name)}${project}`;
}

function campaignTable(voice: Voice, rows: readonly CampaignRow[], costs: boolean): string {
  const { say, formats, frame, start, end } = voice;
  const lines = rows.map(
    (row) =>
      `<tr>${cell(campaignName(voice, row), start)}${cell(escaped(formats.money(row.spendMinor, frame)), end)}${cell(formats.count(costs ? row.qualified : row.judged), end)}${costs ? cell(escaped(formats.money(row.cpqlMinor, frame)), end) : ""}</tr>`,
  );
  const top = `<tr>${head(say("campaign"), start)}${head(say("spend"), end)}${head(say(costs ? "qualified" : "judged"), end)}${costs ? head(say("cpql"), end) : ""}</tr>`;
  return table(top + lines.join(""));
}

function changesPart(voice: Voice, changes: ChangesAnswer): string {
  const { say, formats, frame, start, end } = voice;
  const { by, totals, movers, rest } = changes;
  if (by === null || changes.before === null) return "";
  const money = by === "spend" || by === "cpl" || by === "cpql";
  const text = (value: number | null) =>
    money ? formats.money(value, frame) : formats.count(value);
  const key =
    by === "spend" ? "spendMinor" : by === "cpl" ? "cplMinor" : by === "cpql" ? "cpqlMinor" : by;
  const { before, after } = totals[key];
  if (before === after && movers.length === 0) return "";
  const signed = (value: number) => `<bdi>${value > 0 ? "+" : ""}${escaped(text(value))}</bdi>`;
  const rows = movers.map(
    (mover) =>
      `<tr>${cell(campaignName(voice, mover), start)}${cell(signed(mover.effects.total), end)}</tr>`,
  );
  const others =
    rest === null
      ? ""
      : `<tr>${cell(say("rest", { n: formats.count(rest.campaigns) }), start, `color:${SOFT}`)}${cell(signed(rest.effects.total), end, `color:${SOFT}`)}</tr>`;
  const sentence = say("changedFrom", { what: say(by), after: text(after), before: text(before) });
  const list =
    rows.length === 0
      ? ""
      : line(`${say("through")}:`, `color:${SOFT}`) +
        table(
          `<tr>${head(say("campaign"), start)}${head(say("ofChange"), end)}</tr>${rows.join("")}${others}`,
        );
  return title(say("changed")) + line(escaped(sentence)) + list;
}

function matureText({ say, formats }: Voice, { immature, horizonDays }: DigestContent): string {
  if (immature === null) return "";
  return immature > 0
    ? say("immature", { share: formats.rate(immature), days: formats.count(horizonDays) })
    : say("mature");
}

function bodyOf(voice: Voice, content: DigestContent): string {
  const { say, language, formats } = voice;
  const { frame, best, worst, insights } = content;
  const sections = [
    line(
      frame.previous === null
        ? say("noPrevious")
        : escaped(
            say("compared", { period: formats.period(frame.previous.from, frame.previous.to) }),
          ),
      `color:${SOFT}`,
    ),
    frame.currency === null ? line(say("mixed")) : "",
    kpiTable(voice, content.kpis),
    line(escaped(matureText(voice, content)), "margin-top:12px"),
    changesPart(voice, content.changes),
    best.length === 0 ? "" : title(say("best")) + campaignTable(voice, best, true),
    worst.length === 0 ? "" : title(say("worst")) + campaignTable(voice, worst, false),
    insights.length === 0
      ? ""
      : title(say("said")) + insights.map((one) => line(escaped(one[language]))).join(""),
    line(
      escaped(
        say("how", { basis: say(frame.basis), day: formats.day(frame.asOf ?? frame.period.to) }),
      ),
      `margin-top:28px;font-size:12px;color:${SOFT}`,
    ),
  ];
  return sections.join("\n");
}

/** A whole document around a digest, or around what stands for it while there are no figures. */
export function digestHtml(
  content: DigestContent | null,
  options: { readonly title: string; readonly sender: Sender; readonly language: Language },
): string {
  const { sender, language } = options;
  const formats = makeFormats(language, "latn");
  const say = speakIn(language);
  const rtl = language === "ar";
  const ink = inkOn(sender.colour);
  const period =
    content === null ? "" : formats.period(content.frame.period.from, content.frame.period.to);
  const logo =
    sender.logo === null
      ? ""
      : `<img src="${escaped(sender.logo)}" alt="" height="40" style="display:block;height:40px;margin-bottom:8px">`;
  const body =
    content === null
      ? line(say("empty"))
      : bodyOf(
          {
            language,
            say,
            formats,
            frame: content.frame,
            start: rtl ? "right" : "left",
            end: rtl ? "left" : "right",
          },
          content,
        );
  return `<!doctype html>
<html lang="${language}" dir="${rtl ? "rtl" : "ltr"}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<meta name="color-scheme" content="light">
<title>${escaped(options.title)}</title>
</head>
<body style="margin:0;padding:0;background:#f4f6f9;color:${INK};font:15px/1.5 ${FONT}">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" dir="${rtl ? "rtl" : "ltr"}"><tr><td align="center" style="padding:16px 8px">
<table role="presentation" width="640" cellpadding="0" cellspacing="0" style="width:100%;max-width:640px;background:#ffffff;border:1px solid ${LINE}">
<tr><td style="padding:20px 24px;background:${sender.colour};color:${ink}">${logo}<div style="font-size:14px"><bdi>${escaped(sender.name)}</bdi></div>
<h1 style="margin:4px 0 0;font-size:22px;line-height:1.25;color:${ink}"><bdi>${escaped(options.title)}</bdi></h1><div style="font-size:14px">${escaped(period)}</div></td></tr>
<tr><td style="padding:16px 24px 24px;text-align:${rtl ? "right" : "left"}">
${body}
</td></tr></table>
</td></tr></table>
</body>
</html>
`;
}
