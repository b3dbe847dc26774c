/** Presses everything there is, by the keyboard, and looks at every state that comes of it. */
import type { Page } from "playwright-core";
import { open, settled } from "./browser.ts";
import {
  type Control,
  controlsOf,
  deadEnd,
  focusedKey,
  handleOf,
  type Standing,
  standingOf,
} from "./crawl-page.ts";
import { focusOf } from "./focus.ts";
import { axeFindings, englishLeftovers, holes, overflows } from "./looks.ts";
import type { Watch } from "./watch.ts";

const LAYERS = "dialog[open], .popover-panel";
/** How often one menu or dialog is opened again because something in it closed it. */
const REOPENINGS = 40;

export interface Crawled {
  /** What is wrong, with the way to it; [] when nothing is. */
  readonly wrong: readonly string[];
  readonly pressed: number;
  readonly states: number;
  /** True where `until` came first. */
  readonly ended: boolean;
}

export interface CrawlOptions {
  readonly page: Page;
  readonly ears: Watch;
  readonly language: "en" | "ar";
  /** Where to begin. */
  readonly from: string;
  /** A moment after which nothing more is pressed, but for `last`; what is left is told. */
  readonly until?: number;
  /** What ends a session or takes the data away: pressed after all others, in this order. */
  readonly last: readonly { readonly name: RegExp; readonly endsSession?: boolean }[];
}

/** A state to come back to: an address, and what was pressed there. */
interface Way {
  readonly url: string;
  readonly presses: readonly Control[];
}

/** Everything that can be reached from one address. */
export async function crawl(options: CrawlOptions): Promise<Crawled> {
  const { page, ears, language } = options;
  const wrong: string[] = [];
  const pressed = new Set<string>();
  const examined = new Set<string>();
  const queue: string[] = [options.from];
  const deferred = new Map<CrawlOptions["last"][number], { way: Way; control: Control }>();
  let heard = 0;
  let dress = "";
  let byMouse = false;
  const late = () => options.until !== undefined && Date.now() > options.until;

  const said = (way: Way, what: string) =>
    wrong.push(`${[way.url, ...way.presses.map(({ name }) => name)].join(" → ")}: ${what}`);

  const listen = (way: Way) => {
    for (const what of ears.heard.slice(heard)) said(way, what);
    heard = ears.heard.length;
  };

  const calm = async (way: Way) => {
    await page.waitForTimeout(40);
    try {
      await settled(page);
    } catch {
      said(way, "never settles");
    }
  };

  /** Looks at the state once. */
  const examine = async (way: Way, now: Standing) => {
    listen(way);
    const mark = `${now.kind} ${now.layer} ${now.marks}`;
    if (examined.has(mark)) return;
    examined.add(mark);
    // What lies under the bar for now can be scrolled out from under it.
    await page.evaluate(() => scrollTo(0, 0));
    const found = [
      ...(await overflows(page)),
      ...(await holes(page)),
      ...(language === "ar" ? await englishLeftovers(page) : []),
      ...(await findings()),
      ...((await deadEnd(page)) ? ["dead end"] : []),
    ];
    for (const what of found) said(way, what);
  };
  /** Of axe; once more where what it looked at went away meanwhile. */
  const findings = async () => {
    try {
      return await axeFindings(page, "all", await topLayer());
    } catch {
      await settled(page);
      return axeFindings(page, "all", await topLayer());
    }
  };
  /** What lies on top now; it may have closed by itself since. */
  const topLayer = async () => {
    for (const part of ["dialog[open]", ".popover-panel"])
      if ((await page.locator(part).count()) > 0) return part;
    return undefined;
  };

  const close = async () => {
    for (let n = 0; n < 5 && (await page.locator(LAYERS).count()) > 0; n++) {
      await page.keyboard.press("Escape");
      await page.waitForTimeout(60);
    }
  };

  /** Stands at a state again, by the page's own history where that does. */
  const stand = async (way: Way): Promise<boolean> => {
    await close();
    let now = await standingOf(page);
    if (now.dress !== dress || now.layer !== null) {
      await page.evaluate(() => localStorage.removeItem("leadsmart.preferences"));
      await open(page, way.url);
    } else if (now.url !== way.url) {
      await page.evaluate((url) => {
        history.pushState(null, "", url);
        dispatchEvent(new PopStateEvent("popstate"));
      }, way.url);
    }
    await calm(way);
    for (const control of way.presses) {
      if (!(await press(way, control))) {
        // Something was left as it is not after a fresh start.
        await open(page, way.url);
        for (const again of way.presses) if (!(await press(way, again))) return false;
        break;
      }
    }
    now = await standingOf(page);
    listen(way);
    return true;
  };

  /** By the keyboard, as everything must be; false where it is gone. */
  const press = async (way: Way, control: Control): Promise<boolean> => {
    const handle = await handleOf(page, control.key);
    if (handle === null) return false;
    if (control.kind === "row") {
      await handle.click({ position: { x: 8, y: 8 }, timeout: 5000 }).catch(() => undefined);
      // What is pressed next is pressed by somebody at the keyboard again.
      byMouse = true;
    } else {
      if (byMouse) await page.keyboard.press("Tab");
      byMouse = false;
      await handle.evaluate((element) => element.focus());
      const focus = await focusOf(page);
      const there = await handle.evaluate(
        (element) => element === document.activeElement || !element.isConnected,
      );
      if (!there) said(way, `${control.name} takes no focus`);
      else if (!focus.visible) said(way, `nothing shows that ${control.name} has the focus`);
      const keys = { press: "Enter", tick: "Space", choose: "ArrowDown", slide: "ArrowRight" };
      if (control.kind !== "away") await page.keyboard.press(keys[control.kind]);
    }
    await calm(way);
    return true;
  };

  /** After Esc the layer is gone and the focus where it was before. */
  const leave = async (way: Way) => {
    const opener = way.presses.at(-1);
    if (opener === undefined || !(await stand(way))) return;
    const before = await standingOf(page);
    if (before.layer === null) return;
    await page.keyboard.press("Escape");
    await calm(way);
    const after = await standingOf(page);
    if (after.layer === before.layer) said(way, "Esc does not close it");
    else if (opener.kind !== "row" && (await focusedKey(page)) !== opener.key) {
      const gone = (await handleOf(page, opener.key)) === null;
      if (!gone) said(way, `Esc leaves the focus at ${(await focusOf(page)).what.slice(0, 60)}`);
    }
  };

  /** Presses all that is new in a state, and in what opens on top of it. */
  const exhaust = async (way: Way): Promise<void> => {
    const base = await standingOf(page);
    for (let opened = 0; opened < REOPENINGS || way.presses.length === 0; ) {
      const now = await standingOf(page);
      if (now.url !== base.url || now.layer !== base.layer || now.dress !== dress) {
        opened++;
        if (!(await stand(way))) return;
      }
      const next = (await controlsOf(page)).find(({ key }) => !pressed.has(key));
      if (next === undefined || late()) break;
      pressed.add(next.key);
      const final = options.last.find((one) => one.name.test(next.name));
      if (final !== undefined) {
        deferred.set(final, { way, control: next });
        continue;
      }
      await press(way, next);
      const further = { url: way.url, presses: [...way.presses, next] };
      const after = await standingOf(page);
      await examine(further, after);
      if (after.dress !== dress) continue;
      if (after.layer !== null && after.layer !== base.layer) await exhaust(further);
      else if (after.url !== base.url && after.layer === null) {
        const news = (await controlsOf(page)).some(({ key }) => !pressed.has(key));
        if (news) queue.push(after.url);
      }
    }
    if (base.layer !== null) await leave(way);
  };

  await open(page, options.from);
  dress = (await standingOf(page)).dress;
  for (let url = queue.shift(); url !== undefined && !late(); url = queue.shift()) {
    const way = { url, presses: [] };
    if (!(await stand(way))) continue;
    await examine(way, await standingOf(page));
    await exhaust(way);
  }
  for (const one of options.last) {
    const found = deferred.get(one);
    if (found === undefined || !(await stand(found.way))) continue;
    const way = { url: found.way.url, presses: [...found.way.presses, found.control] };
    await press(found.way, found.control);
    if (one.endsSession) await page.waitForURL("**/sign-in");
    await calm(way);
    if (one.endsSession) heard = ears.heard.length;
    const now = await standingOf(page);
    await examine(way, now);
    if (now.layer !== null) await exhaust(way);
  }
  return { wrong, pressed: pressed.size, states: examined.size, ended: late() };
}
