import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  cleanEnv,
  copyCheckout,
  type Ended,
  freshFolder,
  IS_GIT,
  removeFolder,
  runNpm,
  runProgram,
} from "./rooms.ts";

const SETTING_UP = /installing packages|compiling the server|building the page/;
/** The harshest of usual shells: npm leaves development packages out under it unless told otherwise. */
const PRODUCTION = cleanEnv({ NODE_ENV: "production" });

let rooms = "";
let checkout = "";
let consumer = "";
beforeAll(() => {
  rooms = freshFolder();
  checkout = path.join(rooms, "checkout");
  consumer = path.join(rooms, "consumer");
  if (IS_GIT) copyCheckout(checkout);
});
afterAll(() => removeFolder(rooms));

/** Enters by the one-time link as a browser does; every file that the page names must come too. */
async function seePage(link: string): Promise<void> {
  const entered = await fetch(link, { redirect: "manual" });
  const cookie = (entered.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  const page = await fetch(new URL("/", link), { headers: { cookie } });
  expect(page.status).toBe(200);
  const html = await page.text();
  const named = [...html.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, file]) => file as string);
  expect(named.some((file) => file.endsWith(".js"))).toBe(true);
  for (const file of named) expect((await fetch(new URL(file, link))).status, file).toBe(200);
  const kpis = await fetch(new URL("/api/v1/kpis", link), { headers: { cookie } });
  expect(kpis.status).toBe(200);
}

describe.skipIf(!IS_GIT)("a fresh checkout (skipped where the sources are no git checkout)", () => {
  const lockOf = () => readFileSync(path.join(checkout, "package-lock.json"), "utf8");
  let lockBefore = "";
  const launch = (args: readonly string[], whenServing?: (link: string) => Promise<void>) =>
    runProgram(process.execPath, [path.join(checkout, "bin", "leadsmart"), ...args], {
      cwd: rooms,
      env: PRODUCTION,
      ...(whenServing ? { whenServing } : {}),
    });

  it("serves the sample world by `npm start` as its very first command", async () => {
    lockBefore = lockOf();
    let seen = false;
    const ended = await runNpm(["start", "--", "--port", "0"], {
      cwd: checkout,
      env: PRODUCTION,
      async whenServing(link) {
        await seePage(link);
        seen = true;
      },
    });
    expect(seen, ended.stdout + ended.stderr).toBe(true);
    expect(ended.stderr).toMatch(SETTING_UP);
    expect(lockOf()).toBe(lockBefore);
  });

  it("does nothing twice: the second start is quick, silent about set-up, and ends cleanly", async () => {
    const home = path.join(checkout, ".leadsmart");
    let ms = Number.POSITIVE_INFINITY;
    const started = performance.now();
    const ended = await launch(["start", "--home", home, "--port", "0"], async () => {
      ms = performance.now() - started;
    });
    expect(ended.code).toBe(0);
    expect(ended.stderr).not.toMatch(SETTING_UP);
    expect(ms).toBeLessThan(6_000); // 3 s on an idle machine; this one may be running other tests
  });

  it("keeps stdout clean for --json even when it must build first", async () => {
    const source = path.join(checkout, "src", "main.ts");
    writeFileSync(source, `${readFileSync(source, "utf8")}\n`);
    const ended = await launch(["doctor", "--json", "--home", path.join(rooms, "home")]);
    expect(ended.stderr).toMatch(/compiling the server/);
    expect(ended.stderr).not.toMatch(/installing packages|building the page/);
    expect(JSON.parse(ended.stdout)).toMatchObject({ healthy: true });
    expect(ended.code).toBe(0);
  });

  it("ends with code 2 for a verb that does not exist", async () => {
    expect((await launch(["strat"])).code).toBe(2);
  });

  it("builds once when several processes start at the same moment", async () => {
    const source = path.join(checkout, "src", "main.ts");
    writeFileSync(source, `${readFileSync(source, "utf8")}\n`);
    const all = await Promise.all([1, 2, 3].map(() => launch(["--version"])));
    expect(all.map(({ code }) => code)).toEqual([0, 0, 0]);
    const builds = all.filter(({ stderr }) => /compiling the server/.test(stderr));
    expect(builds).toHaveLength(1);
  });
});

describe.skipIf(!IS_GIT)(
  "the packed tarball (skipped where the sources are no git checkout)",
  () => {
    interface Packed {
      readonly filename: string;
      readonly size: number;
      readonly files: readonly { readonly path: string }[];
    }
    let packed: Packed;
    let files: string[] = [];
    const inConsumer = (args: readonly string[], whenServing?: (link: string) => Promise<void>) =>
      runNpm(["exec", "--no", "--", "leadsmart", ...args], {
        cwd: consumer,
        env: PRODUCTION,
        ...(whenServing ? { whenServing } : {}),
      });

    beforeAll(async () => {
      const args = ["pack", "--json", "--pack-destination", rooms];
      const ended: Ended = await runNpm(args, { cwd: checkout, env: PRODUCTION });
      expect(ended.code, ended.stderr).toBe(0);
      packed = (JSON.parse(ended.stdout) as [Packed])[0];
      files = packed.files.map((file) => file.path);
      console.log(
        `${packed.filename}: ${(packed.size / 1e6).toFixed(2)} MB, ${files.length} files`,
      );
    });

    it("holds the launcher, the build, every query and data file, the page and the papers", () => {
      const data = ["src", "sample"].flatMap((folder) =>
        readdirSync(path.join(checkout, folder), { recursive: true, encoding: "utf8" })
          .filter((file) => /\.(sql|json|csv)$/.test(file))
          .map((file) => `dist/${folder}/${file.split(path.sep).join("/")}`),
      );
      expect(data.length).toBeGreaterThan(20);
      const needed = ["LICENSE", "README.md", "CHANGELOG.md", "docs/errors.md", "package.json"];
      const page = ["dist/dashboard/index.html", "dist/dashboard/licenses.md"];
      const program = ["bin/leadsmart", "bin/launch.js", "bin/package.json", "dist/src/main.js"];
      expect(files).toEqual(expect.arrayContaining([...needed, ...program, ...page, ...data]));
      expect(files.filter((file) => /^dist\/dashboard\/.*\.(js|css)$/.test(file))).not.toEqual([]);
    });

    it("holds nothing else: no sources, tests, scripts, source maps or files of a home", () => {
      const expected =
        /^(bin\/(leadsmart|launch\.js|package\.json)|dist\/(build\.json|(src|sample|dashboard)\/.+)|docs\/[^/]+\.md|src\/learn\/README\.md|[A-Z]+(\.md)?|package\.json)$/;
      expect(files.filter((file) => !expected.test(file))).toEqual([]);
      // A rule about test campaigns is none of our tests; declarations are what `leadsmart/learn` is typed by.
      const foreign = /(?<!\.d)\.(ts|tsx|map|sqlite|duckdb|env)$|\.test\.|(^|\/)tests?\//i;
      expect(files.filter((file) => foreign.test(file))).toEqual([]);
    });

    it("installs into an empty folder with runtime packages only", async () => {
      mkdirSync(consumer);
      const tarball = path.join(rooms, packed.filename);
      // With engine checks: nothing that comes along may ask for a newer Node than we do.
      const ended = await runNpm(
        ["install", "--engine-strict", "--no-audit", "--no-fund", tarball],
        {
          cwd: consumer,
          env: PRODUCTION,
        },
      );
      expect(ended.code, ended.stderr).toBe(0);
      const installed = readdirSync(path.join(consumer, "node_modules"));
      expect(installed).toContain("@duckdb");
      for (const tool of ["typescript", "vite", "react", "vitest"]) {
        expect(installed).not.toContain(tool);
      }
    });

    it("runs there: version, doctor and the page, without setting anything up", async () => {
      const { version } = JSON.parse(readFileSync(path.join(checkout, "package.json"), "utf8"));
      const told = await inConsumer(["--version"]);
      expect(told.stdout.trim()).toBe(version);
      const doctor = await inConsumer(["doctor", "--json"]);
      expect(JSON.parse(doctor.stdout)).toMatchObject({ healthy: true, version });
      let seen = false;
      const served = await inConsumer(["start", "--port", "0"], async (link) => {
        await seePage(link);
        seen = true;
      });
      expect(seen, served.stderr).toBe(true);
      expect(doctor.stderr + served.stderr).not.toMatch(SETTING_UP);
    });
  },
);
