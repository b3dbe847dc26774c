/** The program as a person starts it: `leadsmart start … --json` in a process of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const root = path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url))));
const program = path.join(root, "bin", "leadsmart");

export interface Server {
  /** Where it listens, e.g. `http://127.0.0.1:4780`. */
  readonly origin: string;
  readonly port: number;
  /** The link that signs a browser in, once. */
  readonly link: string;
  /** Ends it in the middle of whatever it does. */
  kill(): Promise<void>;
  /** Ends it as Ctrl-C does, and waits until it is gone. */
  stop(): Promise<void>;
}

interface Announced {
  readonly url: string;
  readonly port: number;
}

/** The one line of JSON that the program prints when it is ready; an end before it is an error with its own words. */
function announced(child: ChildProcess): Promise<Announced> {
  return new Promise((resolve, reject) => {
    let out = "";
    let err = "";
    child.stderr?.on("data", (chunk: Buffer) => {
      err += chunk;
    });
    child.stdout?.on("data", (chunk: Buffer) => {
      out += chunk;
      const end = out.indexOf("\n");
      if (end >= 0) resolve(JSON.parse(out.slice(0, end)) as Announced);
    });
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`leadsmart start ended with ${code}:\n${err}`)));
  });
}

/**
 * Starts the server on a home.
 *
 * @param options.data folder to import first; without it the home is left as it is
 * @param options.port 0 = any free one
 */
export async function startServer(options: {
  readonly home: string;
  readonly data?: string;
  readonly port?: number;
}): Promise<Server> {
  const given = options.data === undefined ? ["--no-sample"] : ["--data", options.data];
  const port = String(options.port ?? 0);
  const args = [program, "start", "--home", options.home, "--port", port, "--json", ...given];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  const ready = await announced(child);
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill(signal);
    await gone;
  };
  return {
    origin: new URL(ready.url).origin,
    port: ready.port,
    link: ready.url,
    kill: () => end("SIGKILL"),
    stop: () => end("SIGINT"),
  };
}

/** Runs one other deed of the program to its end. */
export async function runProgram(...args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [program, ...args], { cwd: root, stdio: "pipe" });
  let err = "";
  child.stderr.on("data", (chunk: Buffer) => {
    err += chunk;
  });
  const [code] = (await once(child, "exit")) as [number | null];
  if (code !== 0) throw new Error(`leadsmart ${args.join(" ")} ended with ${code}:\n${err}`);
}
