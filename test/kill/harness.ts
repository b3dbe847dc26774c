/**
 * Children to kill: built to JavaScript once, started, watched through one pipe, ended by SIGKILL.
 *
 * A child reports on file descriptor 3, line by line: "B" right before a COMMIT, "E" right after it, anything else is
 * an acknowledgement. The pipe outlives the child, so its last "B" or "E" tells for sure where the kill struck.
 */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { cp, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Readable } from "node:stream";
import { promisify } from "node:util";
import type { Random } from "../../src/base/random.ts";

/** How many kills this run makes: 50 and more for the full run. */
export const kills = Number(process.env.LEADSMART_KILLS ?? 6);
/** Decides the load and the moments; the same seed sends the same load. */
export const seed = Number(process.env.LEADSMART_SEED ?? 1);

export interface Build {
  /** The built file of a child in test/kill, for instance `append-child`. */
  child(name: string): string;
  remove(): Promise<void>;
}

/** Translates src/ and test/kill/ to a temporary folder, with the files beside the sources (SQL, synonyms). */
export async function buildChildren(): Promise<Build> {
  const root = process.cwd();
  const folder = await mkdtemp(path.join(tmpdir(), "leadsmart-children-"));
  const rooms = [path.join(root, "src"), path.join(root, "test", "kill")];
  const config = {
    extends: path.join(root, "tsconfig.json"),
    compilerOptions: {
      noEmit: false,
      noCheck: true,
      rootDir: root,
      outDir: path.join(folder, "out"),
      typeRoots: [path.join(root, "node_modules", "@types")],
    },
    include: rooms,
    exclude: [],
  };
  await writeFile(path.join(folder, "tsconfig.json"), JSON.stringify(config));
  await writeFile(path.join(folder, "package.json"), JSON.stringify({ type: "module" }));
  await symlink(path.join(root, "node_modules"), path.join(folder, "node_modules"));
  const tsc = path.join(root, "node_modules", ".bin", "tsc");
  await promisify(execFile)(tsc, ["-p", folder]);
  await cp(path.join(root, "src"), path.join(folder, "out", "src"), {
    recursive: true,
    filter: (source) => !source.endsWith(".ts"),
  });
  return {
    child: (name) => path.join(folder, "out", "test", "kill", `${name}.js`),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

export interface Killed {
  /** The last thing the child said was that a COMMIT begins. */
  readonly insideCommit: boolean;
  /** Commits that ended. */
  readonly commits: number;
  /** Everything it acknowledged, in order. */
  readonly acknowledged: readonly string[];
}

/**
 * Starts a child and kills it after a random number of its commits.
 *
 * @param aim at the sight of a commit beginning, or at any moment of the 30 ms after it
 * @param mostCommits the kill comes within this many commits, at the latest
 * @throws Error when the child ends by itself
 */
export async function killAtRandom(options: {
  readonly file: string;
  readonly args: readonly string[];
  readonly random: Random;
  readonly mostCommits: number;
  readonly aim: "commit" | "anywhere";
}): Promise<Killed> {
  const { file, args, random, mostCommits, aim } = options;
  const child = start(file, args);
  const after = 1 + random.int(mostCommits);
  const delayMs = random.next() * 30;
  const reader = lineReader();
  let begun = 0;
  let aimed = false;
  const report = child.stdio[3] as Readable;
  report.on("data", (chunk: Buffer) => {
    for (const line of reader.take(chunk)) if (line === "B") begun++;
    if (aimed || begun < after) return;
    if (aim === "anywhere") {
      aimed = true;
      setTimeout(() => child.kill("SIGKILL"), delayMs);
    } else if (reader.state() === "B") {
      aimed = true;
      child.kill("SIGKILL");
    }
  });
  const signal = await ended(child);
  if (signal !== "SIGKILL") throw new Error(`The child ended by itself: ${reader.rest()}`);
  const lines = reader.lines();
  return {
    insideCommit: reader.state() === "B",
    commits: lines.filter((line) => line === "E").length,
    acknowledged: lines.filter((line) => line !== "B" && line !== "E"),
  };
}

/** Starts a child and waits for its end. @returns what it acknowledged */
export async function runToEnd(file: string, args: readonly string[]): Promise<readonly string[]> {
  const child = start(file, args);
  const reader = lineReader();
  (child.stdio[3] as Readable).on("data", (chunk: Buffer) => reader.take(chunk));
  const signal = await ended(child);
  if (signal !== null || child.exitCode !== 0) throw new Error(`The child failed: ${signal}`);
  return reader.lines();
}

export interface LivingChild {
  readonly pid: number | undefined;
  /** Resolves when it has acknowledged something. */
  acknowledged(): Promise<void>;
  /** Ends it by SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
}

/** Starts a child and leaves it alive. */
export function startChild(file: string, args: readonly string[]): LivingChild {
  const child = start(file, args);
  const gone = ended(child);
  const reader = lineReader();
  const first = new Promise<void>((resolve, reject) => {
    (child.stdio[3] as Readable).on("data", (chunk: Buffer) => {
      if (reader.take(chunk).some((line) => line !== "B" && line !== "E")) resolve();
    });
    void gone.then(() => reject(new Error("The child ended by itself")));
  });
  first.catch(() => undefined);
  return {
    pid: child.pid,
    acknowledged: () => first,
    async kill() {
      child.kill("SIGKILL");
      await gone;
    },
  };
}

function start(file: string, args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [file, ...args], {
    stdio: ["ignore", "inherit", "inherit", "pipe"],
  });
}

/** The signal that ended the child, once its pipe is empty as well. */
function ended(child: ChildProcess): Promise<NodeJS.Signals | null> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (_code, signal) => resolve(signal));
  });
}

/** Whole lines of a pipe; a line cut off by the kill is no acknowledgement. */
function lineReader() {
  const all: string[] = [];
  let rest = "";
  let last: "B" | "E" | null = null;
  return {
    take: (chunk: Buffer): readonly string[] => {
      const parts = (rest + chunk.toString()).split("\n");
      rest = parts.pop() ?? "";
      for (const line of parts) {
        all.push(line);
        if (line === "B" || line === "E") last = line;
      }
      return parts;
    },
    lines: () => all,
    state: () => last,
    rest: () => rest,
  };
}
