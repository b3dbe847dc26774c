// @ts-check
/** `npm run proof [-- KILLS [SEED]]`: the kill tests at full size; what they counted is kept in docs/proof/kills.md. */
import { mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { runChild } from "./child.mjs";
import { say } from "./say.mjs";
import { setUp } from "./setup.mjs";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const [kills = "100", seed = "1"] = process.argv.slice(2);

await setUp(root);
say(`killing each kind of child ${kills} times, seed ${seed} …`);
const started = performance.now();
const vitest = path.join(root, "node_modules", "vitest", "vitest.mjs");
const { code, output } = await runChild(
  process.execPath,
  [vitest, "run", "--config=vitest.kill.config.ts", "--no-color"],
  { cwd: root, env: { LEADSMART_KILLS: kills, LEADSMART_SEED: seed, NODE_ENV: "test" } },
);
const minutes = ((performance.now() - started) / 60_000).toFixed(1);
console.log(output);
if (code !== 0) {
  process.exitCode = 1;
} else {
  const facts = [...output.matchAll(/\{"seed":.*\}/g)].map(([line]) => JSON.parse(line));
  const text = `# Kill tests at full size

Children that append, put files and import are ended by SIGKILL, most of them inside a COMMIT. Afterwards every
acknowledged event is there exactly once, every acknowledged file verifies, and the warehouse equals a rebuild.

Repeat: \`npm run proof -- ${kills} ${seed}\` (${minutes} minutes on ${availableParallelism()} cores, Node ${process.versions.node}).

${facts.map((fact) => `\`\`\`json\n${JSON.stringify(fact, null, 2)}\n\`\`\``).join("\n\n")}
`;
  mkdirSync(path.join(root, "docs", "proof"), { recursive: true });
  writeFileSync(path.join(root, "docs", "proof", "kills.md"), text);
  say("written: docs/proof/kills.md");
}
