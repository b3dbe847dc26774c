/** Rooms for set-up tests: temporary folders, copies of the checkout, and programs run to their end. */
import { execFileSync, spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { npmCommand } from "../../scripts/child.mjs";

export const CHECKOUT = path.resolve(import.meta.dirname, "../..");
export const IS_GIT = existsSync(path.join(CHECKOUT, ".git"));

/** A fresh folder, its path free of symbolic links. */
export function freshFolder(): string {
  return realpathSync(mkdtempSync(path.join(tmpdir(), "leadsmart-setup-")));
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

/** What a clone of the checkout would hold if everything were committed as it stands. */
export function copyCheckout(folder: string): void {
  const listed = execFileSync(
    "git",
    ["ls-files", "-z", "--cached", "--others", "--exclude-standard"],
    { cwd: CHECKOUT, encoding: "utf8", maxBuffer: 64 << 20 },
  );
  for (const file of listed.split("\0")) {
    const from = path.join(CHECKOUT, file);
    if (file === "" || !existsSync(from)) continue;
    const to = path.join(folder, file);
    mkdirSync(path.dirname(to), { recursive: true });
    cpSync(from, to);
  }
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly ms: number;
}

/** The environment without what an outer `npm` added, as in a new user's shell. */
export function cleanEnv(extra: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^npm_(?!config_(cache|registry|.*proxy|cafile))|^VITEST|^NODE_ENV$/i.test(name),
  );
  return { ...Object.fromEntries(kept), ...extra };
}

export interface ProgramOptions {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Called once with the link that the program prints when it serves; afterwards it gets Ctrl-C. */
  readonly whenServing?: (link: string) => Promise<void>;
}

/** Runs a program to its end. */
export function runProgram(
  program: string,
  args: readonly string[],
  { cwd, env = cleanEnv(), whenServing }: ProgramOptions,
): Promise<Ended> {
  const started = performance.now();
  // A group of its own, as a shell gives it: Ctrl-C reaches npm and what npm started alike.
  const child = spawn(program, args, { cwd, env, detached: true });
  child.stdin.end();
  let stdout = "";
  let stderr = "";
  let visit: Promise<void> | null = null;
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    const link = /http:\/\/127\.0\.0\.1:\d+\/\S+(?=\s)/.exec(stdout)?.[0];
    if (!whenServing || link === undefined || visit !== null) return;
    visit = whenServing(link).finally(() => process.kill(-(child.pid as number), "SIGINT"));
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      const ended = { code, stdout, stderr, ms: performance.now() - started };
      (visit ?? Promise.resolve()).then(() => resolve(ended), reject);
    });
  });
}

/** npm as a new user's shell would start it. */
export function runNpm(args: readonly string[], options: ProgramOptions): Promise<Ended> {
  const { program, args: first } = npmCommand();
  return runProgram(program, [...first, ...args], options);
}
