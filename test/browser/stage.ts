/** Before the tests: one server per world, each signed in once. After them: everything is stopped and removed. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type {} from "vitest";
import type { TestProject } from "vitest/node";
import { launch, type SignedIn, signIn } from "./browser.ts";
import { type Server, startServer } from "./server.ts";
import { DEFINITIONS, realTables, writeSampleWorld } from "./worlds.ts";

/** A world being served. */
export interface Stage {
  readonly origin: string;
  readonly state: SignedIn;
  /** The folder of CSV files that it shows. */
  readonly tables: string;
}

declare module "vitest" {
  export interface ProvidedContext {
    readonly sample: Stage;
    /** Null where the real tables are not on this machine. */
    readonly real: Stage | null;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(tmpdir(), "leadsmart-browser-"));
  const servers: Server[] = [];
  const browser = await launch();
  const close = async () => {
    await browser.close();
    await Promise.all(servers.map((server) => server.stop()));
    await rm(folder, { recursive: true, force: true });
  };
  const serve = async (name: string, tables: string, settings?: unknown): Promise<Stage> => {
    const home = path.join(folder, name);
    await mkdir(home);
    if (settings !== undefined)
      await writeFile(path.join(home, "leadsmart.config.json"), JSON.stringify(settings));
    const server = await startServer({ home, data: tables });
    servers.push(server);
    return { origin: server.origin, state: await signIn(browser, server.link), tables };
  };
  try {
    const world = path.join(folder, "world");
    await writeSampleWorld(world);
    project.provide("sample", await serve("sample-home", world, DEFINITIONS));
    project.provide("real", realTables === null ? null : await serve("real-home", realTables));
    return close;
  } catch (error) {
    await close();
    throw error;
  }
}
