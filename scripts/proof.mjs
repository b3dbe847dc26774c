// @ts-check
/**
 * `npm run proof [-- KILLS [SEED [FILES [kills | fuzz | filters | crawl]]]]`: the kill and fuzz tests, the pages of
 * random filters and the walks over every link and button at full size, or one of them; what they counted is kept in docs/proof/NAME.md when they end green.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { runChild } from "./child.mjs";
import { say } from "./say.mjs";
import { setUp } from "./setup.mjs";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const [kills = "100", seed = "1", files = "2000", only] = process.argv.slice(2);
const command = `npm run proof -- ${kills} ${seed} ${files}`;
/** Combinations of filters in each world. */
const FILTERS = 200;
const vitest = path.join(root, "node_modules", "vitest", "vitest.mjs");

/**
 * @typedef {object} Proof
 * @property {string} name file in docs/proof, without its ending
 * @property {string} title
 * @property {string} claim
 * @property {string} doing said while it runs
 * @property {readonly string[]} args of vitest
 * @property {NodeJS.ProcessEnv} env
 */

/** @type {readonly Proof[]} */
const PROOFS = [
  {
    name: "kills",
    title: "Kill tests at full size",
    claim: `Children that append, put files and import are ended by SIGKILL, most of them inside a COMMIT. Afterwards every
acknowledged event is there exactly once, every acknowledged file verifies, every acknowledged import counts whole,
and the warehouse equals one rebuilt elsewhere from a copy of the store.`,
    doing: `killing each kind of child ${kills} times, seed ${seed} …`,
    args: ["--config=vitest.kill.config.ts", "--testTimeout=14400000"],
    env: { LEADSMART_KILLS: kills, LEADSMART_SEED: seed },
  },
  {
    name: "fuzz",
    title: "Fuzz tests at full size",
    claim: `Random files go through the importer beside an independent account of what they say: no byte string ends in
anything but rows, rejects or a coded problem, and no well-formed row is lost, changed or counted twice.`,
    doing: `reading at least ${files} random files for each property, seed ${seed} …`,
    args: [
      "--testTimeout=3600000",
      "test/ingest/fuzz.test.ts",
      "test/ingest/read/scanner.test.ts",
      "test/ingest/read/round-trip.test.ts",
      "test/ingest/read/containers.test.ts",
    ],
    env: { LEADSMART_RUNS: files, LEADSMART_SEED: seed },
  },
  {
    name: "filters",
    title: "Pages of random filters",
    claim: `In a browser, for random periods, accounts, projects, campaigns, bases and days of knowledge: the numbers of Today,
its changes, the table of campaigns, a campaign, segments, the list of leads and its filters, the funnel, cohorts and
speed to lead equal independent SQL over the files; on the sample world and, where they are present, on real tables.`,
    doing: `looking at ${FILTERS} random combinations of filters in each world, seed ${seed} …`,
    args: ["--config=vitest.browser.config.ts", "test/browser/property.test.ts"],
    env: { LEADSMART_FILTERS: String(FILTERS), LEADSMART_SEED: seed },
  },
  {
    name: "crawl",
    title: "Every link and button",
    claim: `As rep, viewer, sales manager and owner, in English and Arabic, by the keyboard: every link is followed, every button
pressed, every menu, drawer and dialog opened. Nothing fails behind the page, axe finds nothing, no text is missing or in the
other language, nothing sticks out, the focus is seen and comes back, and there is always a way on.`,
    doing: "pressing everything as everybody …",
    args: ["--config=vitest.browser.config.ts", "test/browser/crawl.test.ts"],
    env: { LEADSMART_CRAWL: "all" },
  },
];

const revision = await runChild("git", ["describe", "--always", "--dirty"], { cwd: root });
/** What was proved: a later commit may differ. */
const commit = revision.code === 0 ? revision.output.trim() : "unknown";

/** @param {Proof} proof @returns {Promise<boolean>} whether it held */
async function prove({ name, title, claim, doing, args, env }) {
  say(doing);
  const started = performance.now();
  const { code, output } = await runChild(
    process.execPath,
    [vitest, "run", "--no-color", ...args],
    { cwd: root, env: { ...env, NODE_ENV: "test" } },
  );
  const minutes = ((performance.now() - started) / 60_000).toFixed(1);
  console.log(output);
  if (code !== 0) return false;
  const facts = [...output.matchAll(/^\{".*\}$/gm)].map(([line]) => JSON.parse(line));
  const counted = output.match(/^\s+Tests\s+(.*)$/m)?.[1] ?? "";
  const text = `# ${title}

${claim}

Repeat: \`${command} ${name}\`. ${counted}, in ${minutes} minutes on ${availableParallelism()} cores, Node ${process.versions.node}, commit ${commit}.

${facts.map((fact) => `\`\`\`json\n${JSON.stringify(fact, null, 2)}\n\`\`\``).join("\n\n")}
`;
  const place = path.join(root, "docs", "proof");
  mkdirSync(place, { recursive: true });
  writeFileSync(path.join(place, `${name}.md`), text);
  say(`written: docs/proof/${name}.md`);
  return true;
}

await setUp(root);
const asked = PROOFS.filter((proof) => only === undefined || proof.name === only);
if (asked.length === 0) process.exitCode = 2;
for (const proof of asked) if (!(await prove(proof))) process.exitCode = 1;
