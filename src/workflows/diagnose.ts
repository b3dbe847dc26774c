import { access, constants, mkdir, statfs } from "node:fs/promises";
import path from "node:path";
import type { Clock } from "../base/clock.ts";
import { isProblem } from "../base/problem.ts";
import { openWorkspace } from "./workspace.ts";

export interface Check {
  readonly name: string;
  readonly state: "ok" | "warning" | "failure";
  readonly found: string;
  readonly fix: string | null;
}

export interface Patient {
  readonly home: string;
  readonly clock: Clock;
  readonly version: string;
  readonly pageDirectory: string | null;
}

const NODE_NEEDED = [20, 19] as const;

function nodeCheck(): Check {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const enough = major > NODE_NEEDED[0] || (major === NODE_NEEDED[0] && minor >= NODE_NEEDED[1]);
  return {
    name: "Node",
    state: enough ? "ok" : "failure",
    found: process.versions.node,
    fix: enough ? null : `Install Node ${NODE_NEEDED.join(".")} or newer.`,
  };
}

function threadCheck(): Check {
  const threads = Number(process.env.UV_THREADPOOL_SIZE ?? 4);
  const enough = threads >= 16;
  return {
    name: "thread pool",
    state: enough ? "ok" : "warning",
    found: `${threads} threads`,
    fix: enough
      ? null
      : "Start through bin/leadsmart, which gives queries and writes threads of their own.",
  };
}

/** Loads a native binding the way the product does; `command` adds it where it is missing. */
async function bindingCheck(
  name: string,
  load: () => Promise<string>,
  command: string,
): Promise<Check> {
  try {
    return { name, state: "ok", found: await load(), fix: null };
  } catch (error) {
    const place = `${process.platform}-${process.arch}`;
    return {
      name,
      state: "failure",
      found: `does not load on ${place}: ${error instanceof Error ? error.message.split("\n")[0] : error}`,
      fix: `Run: ${command}`,
    };
  }
}

const duckdb = () =>
  bindingCheck(
    "DuckDB",
    async () => {
      const { version } = await import("@duckdb/node-api");
      return version();
    },
    `npm install --no-save @duckdb/node-bindings-${process.platform}-${process.arch}`,
  );

const sqlite = () =>
  bindingCheck(
    "SQLite",
    async () => {
      const { default: Database } = await import("libsql");
      const database = new Database(":memory:");
      const row = database.prepare("SELECT sqlite_version() AS version").get() as {
        version: string;
      };
      database.close();
      return row.version;
    },
    `npm install --no-save @libsql/${process.platform}-${process.arch}${process.platform === "linux" ? "-gnu" : ""}`,
  );

async function homeChecks(patient: Patient): Promise<Check[]> {
  const { home } = patient;
  try {
    await mkdir(home, { recursive: true, mode: 0o700 });
    await access(home, constants.W_OK);
  } catch (error) {
    return [
      {
        name: "home",
        state: "failure",
        found: `${home} cannot be written: ${error instanceof Error ? error.message : error}`,
        fix: "Choose another folder with --home, or mend its permissions.",
      },
    ];
  }
  const disk = await statfs(home);
  const free = (disk.bavail * disk.bsize) / 2 ** 30;
  const checks: Check[] = [
    { name: "home", state: "ok", found: home, fix: null },
    {
      name: "disk",
      state: free < 1 ? "warning" : "ok",
      found: `${free.toFixed(1)} GiB free`,
      fix:
        free < 1 ? "Make room: imports keep the files as received and a warehouse beside." : null,
    },
  ];
  try {
    const workspace = await openWorkspace({ home, clock: patient.clock });
    const files = [...workspace.ledger.imports.values()].flatMap((one) => one.files);
    const unsound: string[] = [];
    for (const file of files) {
      const there = await workspace.store.blobs.has(file.blob);
      if (!there || !(await workspace.store.blobs.verify(file.blob))) unsound.push(file.name);
    }
    checks.push(
      {
        name: "store",
        state: "ok",
        found: `${await workspace.store.lastPosition()} events, ${files.length} files imported`,
        fix: null,
      },
      {
        name: "kept files",
        state: unsound.length > 0 ? "failure" : "ok",
        found: unsound.length > 0 ? `damaged or missing: ${unsound.join(", ")}` : "all as received",
        fix: unsound.length > 0 ? "Put the folder blobs/ back from a backup." : null,
      },
      {
        name: "warehouse",
        state: workspace.unreadable.size > 0 ? "warning" : "ok",
        found:
          workspace.unreadable.size > 0
            ? `${workspace.unreadable.size} files could not be read`
            : `up to date (${path.basename(workspace.warehouse.path)})`,
        fix: [...workspace.unreadable.values()][0]?.message ?? null,
      },
    );
    await workspace.close();
  } catch (error) {
    if (!isProblem(error)) throw error;
    const inUse = error.code === "HOME_IN_USE";
    checks.push({
      name: "store and warehouse",
      state: inUse ? "ok" : "failure",
      found: error.what,
      fix: inUse ? null : error.fix,
    });
  }
  return checks;
}

/** Looks at everything the product needs, without stopping at the first fault. */
export async function diagnose(patient: Patient): Promise<Check[]> {
  const bindings = [await duckdb(), await sqlite()];
  const loaded = bindings.every((check) => check.state === "ok");
  return [
    { name: "leadsmart", state: "ok", found: patient.version, fix: null },
    nodeCheck(),
    threadCheck(),
    ...bindings,
    {
      name: "page",
      state: patient.pageDirectory === null ? "warning" : "ok",
      found: patient.pageDirectory === null ? "not built" : "built",
      fix: patient.pageDirectory === null ? "Run `npm run build`." : null,
    },
    ...(loaded ? await homeChecks(patient) : []),
  ];
}
