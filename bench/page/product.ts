/** The built product being served, and a browser that is signed in to it. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import type { Browser } from "playwright-core";
import { type SignedIn, signIn } from "../../test/browser/browser.ts";
import { type BenchContext, runMeasured } from "../measure.ts";
import type { Tables } from "../worlds.ts";

export interface Served {
  readonly origin: string;
  readonly state: SignedIn;
  stop(): Promise<void>;
}

/** Imports tables into a home. */
export async function importInto(
  context: BenchContext,
  tables: Tables,
  home: string,
): Promise<void> {
  const program = path.join(context.product, "bin", "leadsmart");
  await runMeasured(process.execPath, [
    program,
    "import",
    tables.directory,
    "--home",
    home,
    "--json",
  ]);
}

/** Starts the server on a home and signs a browser in. */
export async function serve(
  context: BenchContext,
  browser: Browser,
  home: string,
): Promise<Served> {
  const program = path.join(context.product, "bin", "leadsmart");
  const child = spawn(
    process.execPath,
    [program, "start", "--home", home, "--port", "0", "--no-sample", "--json"],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const ended = once(child, "close");
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
  };
  try {
    const { url } = await new Promise<{ url: string }>((resolve, reject) => {
      let text = "";
      child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
        if (text.includes("\n")) resolve(JSON.parse(text));
      });
      child.on("close", (code) => reject(new Error(`the server ended with ${code}`)));
    });
    return { origin: new URL(url).origin, state: await signIn(browser, url), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
