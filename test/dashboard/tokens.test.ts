import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { HEAT_LEVELS } from "../../dashboard/charts/heat.ts";

const css = readFileSync("dashboard/styles/tokens.css", "utf8");
type Theme = "light" | "dark";

/** The colours of a theme by token name. */
function colours(theme: Theme): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [, name, light, dark] of css.matchAll(
    /--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);/g,
  ))
    found.set(name as string, (theme === "light" ? light : dark) as string);
  return found;
}

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

it("the measure gives black on white its 21 : 1", () => {
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21, 9);
  expect(contrast("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
});

describe.each<Theme>(["light", "dark"])("in the %s theme", (theme) => {
  const all = colours(theme);
  const named = (prefix: string) =>
    [...all.keys()].filter((name) => name === prefix || name.startsWith(`${prefix}-`));
  const of = (name: string) => all.get(name) as string;

  it("there are inks and papers to measure", () => {
    expect(named("ink").length).toBeGreaterThanOrEqual(6);
    expect(named("paper").length).toBeGreaterThanOrEqual(8);
  });
  it("every ink reads on every paper at 4.5 : 1 or better", () => {
    const weak = named("ink").flatMap((ink) =>
      named("paper").flatMap((paper) => {
        const ratio = contrast(of(ink), of(paper));
        return ratio < 4.5 ? [`${ink} on ${paper}: ${ratio.toFixed(2)}`] : [];
      }),
    );
    expect(weak).toEqual([]);
  });
  it("text on the accent reads at 4.5 : 1 or better", () => {
    expect(contrast(of("on-accent"), of("fill-accent"))).toBeGreaterThanOrEqual(4.5);
  });
  it("lines, borders of controls, focus and series stand out at 3 : 1", () => {
    const weak = ["line-strong", "focus", "fill-accent", ...named("series")].flatMap((line) =>
      ["paper", "paper-raised", "paper-sunk"].flatMap((paper) => {
        const ratio = contrast(of(line), of(paper));
        return ratio < 3 ? [`${line} on ${paper}: ${ratio.toFixed(2)}`] : [];
      }),
    );
    expect(weak).toEqual([]);
  });
});

it("the number in every cell of a heat map reads at 4.5 : 1 or better, and no two steps look alike", () => {
  const leads = readFileSync("dashboard/styles/leads.css", "utf8");
  const whole = (hex: string) => (hex.length === 4 ? hex.replace(/[0-9a-f]/g, "$&$&") : hex);
  const steps = [
    ...leads.matchAll(/\.heat-(\d) \{\s*background: (#[0-9a-f]{3,6});\s*color: (#[0-9a-f]{3,6});/g),
  ].map(([, step, ground, ink]) => ({
    step: Number(step),
    ground: whole(ground as string),
    ink: whole(ink as string),
  }));
  expect(steps.map(({ step }) => step)).toEqual([...Array(HEAT_LEVELS).keys()]);
  const weak = steps.filter(({ ground, ink }) => contrast(ground, ink) < 4.5);
  expect(weak).toEqual([]);
  const light = steps.map(({ ground }) => luminance(ground));
  expect(light).toEqual([...light].sort((one, other) => one - other));
  expect(new Set(light).size).toBe(HEAT_LEVELS);
});

it.each<Theme>(["light", "dark"])(
  "labels of flows read over their bands at 4.5 : 1 in the %s theme",
  (theme) => {
    const leads = readFileSync("dashboard/styles/leads.css", "utf8");
    const rule = (name: string) => leads.match(new RegExp(`\\.${name} \\{([^}]*)\\}`))?.[1] ?? "";
    const label = /fill: var\(--([\w-]+)\)/.exec(rule("sankey-label"))?.[1] ?? "";
    const opacity = Number(/opacity: ([\d.]+)/.exec(rule("sankey-band"))?.[1]);
    const all = colours(theme);
    const of = (name: string) => all.get(name) as string;
    const over = (front: string, back: string) =>
      `#${[1, 3, 5]
        .map((at) => {
          const part = (hex: string) => Number.parseInt(hex.slice(at, at + 2), 16);
          return Math.round(part(front) * opacity + part(back) * (1 - opacity))
            .toString(16)
            .padStart(2, "0");
        })
        .join("")}`;
    const weak = ["series-spend", "series-qualified", "line-strong"].flatMap((band) => {
      const ratio = contrast(of(label), over(of(band), of("paper-raised")));
      return ratio < 4.5 ? [`${label} over ${band}: ${ratio.toFixed(2)}`] : [];
    });
    expect(weak).toEqual([]);
  },
);

it("no colour is written outside the tokens", () => {
  for (const file of ["base", "parts", "frame", "overview", "data"]) {
    const text = readFileSync(`dashboard/styles/${file}.css`, "utf8");
    const literal = [...text.matchAll(/#[0-9a-f]{3,8}\b|\brgb\((?!255 255 255 \/ 10%)/gi)];
    expect(literal.map(([hit]) => `${file}.css: ${hit}`)).toEqual([]);
  }
});

it("styles know start and end, never left and right", () => {
  for (const file of ["base", "parts", "frame", "overview", "data"]) {
    const text = readFileSync(`dashboard/styles/${file}.css`, "utf8");
    const physical = [
      ...text.matchAll(
        /^\s*(?:(?:margin|padding|border)-(?:left|right|top|bottom)|left|right|float|(?:min-|max-)?(?:width|height))\s*:/gm,
      ),
    ];
    expect(physical.map(([hit]) => `${file}.css: ${hit.trim()}`)).toEqual([]);
  }
});
