import { type FileHandle, open } from "node:fs/promises";
import path from "node:path";
import { Problem } from "../base/problem.ts";
import type { FilePreview, ImportRow, PreviewAnswer } from "../contract/imports.ts";
import { definitionsOf } from "../domain/definitions.ts";
import { EVERYTHING } from "../domain/scope.ts";
import { rejectsCsv } from "../report/rejects-csv.ts";
import { createImportDesk, type LocalImportDesk } from "../workflows/import.ts";
import { type Sources, sourcesAt, spool } from "../workflows/sources.ts";
import { openWorkspace, type Workspace } from "../workflows/workspace.ts";
import {
  type Command,
  homeOf,
  levelOption,
  parseVerb,
  personAt,
  type Terminal,
  type World,
} from "./command.ts";
import {
  type Given,
  IMPORT_OPTIONS,
  IMPORT_USAGE,
  mappingsGiven,
  overrides,
} from "./import-options.ts";
import { importLine, previewText } from "./import-text.ts";
import { showProgress } from "./progress.ts";

async function gather(
  paths: readonly string[],
  given: Given,
  terminal: Terminal,
  workspace: Workspace,
): Promise<Sources> {
  const all: { sources: Sources["sources"][number][]; skipped: Sources["skipped"][number][] } = {
    sources: [],
    skipped: [],
  };
  const { scratchDirectory } = workspace;
  const { signal } = terminal;
  for (const location of paths) {
    if (location === "-") {
      const name = given.name ?? "standard-input.csv";
      all.sources.push(await spool(terminal.input, name, scratchDirectory, signal));
      continue;
    }
    const place = path.resolve(terminal.cwd, location);
    const found = await sourcesAt(place, scratchDirectory, { name: given.name, signal });
    all.sources.push(...found.sources);
    all.skipped.push(...found.skipped);
  }
  return all;
}

async function preview(
  desk: LocalImportDesk,
  sources: Sources,
  given: Given,
  signal: AbortSignal,
): Promise<PreviewAnswer> {
  const mappings = mappingsGiven(given, sources);
  const over = overrides(given);
  const options = { account: given.account, signal };
  const first = await desk.previewSources(sources, { ...options, mappings });
  if (Object.keys(over).length === 0) return first;
  for (const field of Object.keys(over.dateFormats ?? {})) {
    if (first.files.some((file) => file.mapping !== null && field in file.mapping.fields)) continue;
    throw new Problem("BAD_USAGE", {
      what: `--date-format names the field "${field}", which none of the files has`,
      fix: "The preview with --json shows the fields of each file under mapping.fields.",
    });
  }
  const adjusted = { ...mappings };
  for (const file of first.files) {
    if (file.mapping === null) continue;
    const { level, dateFormats: _, ...rest } = over;
    const { fields } = file.mapping;
    const ours = Object.entries(over.dateFormats ?? {}).filter(([field]) => field in fields);
    const dates = { ...file.mapping.dateFormats, ...Object.fromEntries(ours) };
    adjusted[file.name] = {
      ...file.mapping,
      ...rest,
      ...(Object.keys(dates).length > 0 ? { dateFormats: dates } : {}),
      ...(level && file.table === "insights" ? { level } : {}),
    };
  }
  await desk.discard(first.previewId);
  return desk.previewSources(sources, { ...options, mappings: adjusted });
}

const REJECTS_AT_ONCE = 20_000;

/** Opened before anything is imported, so that a path that cannot be written changes nothing. */
async function openRejects(file: string): Promise<FileHandle> {
  try {
    return await open(file, "w");
  } catch (error) {
    throw new Problem("REJECTS_NOT_WRITABLE", {
      what: `The file for rejects cannot be written: ${error instanceof Error ? error.message : error}`,
      where: file,
      fix: "Name a file in a folder that exists and can be written.",
      cause: error,
    });
  }
}

async function writeRejects(
  desk: LocalImportDesk,
  importId: string,
  file: FileHandle,
): Promise<number> {
  const page = (cursor?: string) =>
    desk.rejects({ importId, cursor, limit: REJECTS_AT_ONCE }, EVERYTHING);
  const first = await page();
  // Unlike `write`, this goes on until all of it is written.
  for await (const lines of rejectsCsv(first, page)) await file.appendFile(lines);
  return first.total;
}

function firstProblem(answer: PreviewAnswer): FilePreview | undefined {
  return answer.files.find((file) => file.problem !== null);
}

async function importPaths(
  paths: readonly string[],
  given: Given,
  terminal: Terminal,
  workspace: Workspace,
  desk: LocalImportDesk,
): Promise<number> {
  const levelCounts = levelOption("level-counts", given["level-counts"]);
  const sources = await gather(paths, given, terminal, workspace);
  const answer = await preview(desk, sources, given, terminal.signal);
  const { currency } = definitionsOf(workspace.definitions(), given.account ?? null);
  if (!given.json) terminal.err(previewText(answer, currency));
  const broken = firstProblem(answer);
  const stuck = broken !== undefined && !given["skip-problems"];
  if (given.preview || stuck) {
    if (given.json) terminal.out(`${JSON.stringify({ preview: answer, import: null }, null, 2)}\n`);
    return stuck ? 2 : 0;
  }
  const rejects =
    given.rejects === undefined
      ? null
      : await openRejects(path.resolve(terminal.cwd, given.rejects));
  try {
    const started = await desk.commit(
      {
        previewId: answer.previewId,
        skipProblems: given["skip-problems"],
        saveMappings: !given["no-save-map"],
        ...(levelCounts === undefined ? {} : { levelCounts }),
      },
      personAt(terminal),
    );
    const done = await desk.settled(started.importId);
    if (rejects !== null) {
      const written = await writeRejects(desk, done.importId, rejects);
      if (!given.json) terminal.err(`${written} rejects written to ${given.rejects}\n`);
    }
    return finish(done, answer, given, terminal);
  } finally {
    await rejects?.close();
  }
}

function finish(done: ImportRow, answer: PreviewAnswer, given: Given, terminal: Terminal): number {
  const again =
    answer.files.length > 0 && answer.files.every((file) => file.alreadyImported !== null);
  if (given.json) {
    terminal.out(
      `${JSON.stringify({ preview: answer, import: done, alreadyImported: again }, null, 2)}\n`,
    );
  } else if (again)
    terminal.out(`Nothing changed: these files were imported before, as ${done.importId}.\n`);
  else terminal.out(importLine(done));
  return done.state === "failed" ? 1 : 0;
}

async function list(desk: LocalImportDesk, given: Given, terminal: Terminal): Promise<number> {
  const answer = await desk.imports({ limit: 500 }, EVERYTHING);
  if (given.json) terminal.out(`${JSON.stringify(answer, null, 2)}\n`);
  else if (answer.items.length === 0) terminal.out("Nothing was imported yet.\n");
  else for (const one of answer.items) terminal.out(importLine(one));
  return 0;
}

export const importCommand: Command = {
  name: "import",
  summary: "bring in tables from files, with a preview; list and undo imports",
  usage: IMPORT_USAGE,
  async run(args, terminal: Terminal, world: World) {
    const { values, positionals } = parseVerb(importCommand, args, IMPORT_OPTIONS, {
      positionals: true,
    });
    const deeds = [values.list, values.undo !== undefined, positionals.length > 0].filter(Boolean);
    if (deeds.length !== 1) {
      throw new Problem("BAD_USAGE", {
        what:
          deeds.length === 0
            ? "There is nothing to do"
            : "Only one of PATH, --list and --undo at a time",
        where: "leadsmart import",
        fix: `Usage: ${IMPORT_USAGE}`,
      });
    }
    if (values.account?.trim() === "") {
      throw new Problem("BAD_USAGE", {
        what: "--account is empty",
        fix: "Name the account, or leave the option out.",
      });
    }
    const progress = showProgress(terminal);
    const workspace = await openWorkspace({
      home: homeOf(values.home, terminal),
      clock: world.clock,
      // An import that cannot be built must still be listed and undone.
      asFound: values.list || values.undo !== undefined,
    });
    const desk = createImportDesk(workspace);
    desk.listen(progress);
    try {
      if (values.list) return await list(desk, values, terminal);
      if (values.undo !== undefined) {
        const undone = await desk.undo(values.undo, personAt(terminal));
        terminal.out(
          values.json ? `${JSON.stringify({ import: undone }, null, 2)}\n` : importLine(undone),
        );
        return undone.problem === null ? 0 : 1;
      }
      return await importPaths(positionals, values, terminal, workspace, desk);
    } finally {
      await desk.close();
      await workspace.close();
    }
  },
};
