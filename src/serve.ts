/** `leadsmart start`: opens the home, brings in what was asked for, and serves the page until told to stop. */
import type { AddressInfo } from "node:net";
import { buildApp } from "./api/app.ts";
import type { Clock } from "./base/clock.ts";
import { Problem } from "./base/problem.ts";
import { onLoopback, personAt, type ServeOptions, stopped, type Terminal } from "./cli/command.ts";
import { previewText } from "./cli/import-text.ts";
import { showProgress } from "./cli/progress.ts";
import { createCampaignQuestions } from "./marts/campaign-questions.ts";
import { createLeadQuestions } from "./marts/lead-questions.ts";
import { createPortfolioQuestions } from "./marts/portfolio-questions.ts";
import { type Background, createBackground } from "./workflows/background.ts";
import { createDefinitionsDesk } from "./workflows/definitions.ts";
import { createExploreDesk } from "./workflows/explore-desk.ts";
import { createImportDesk, type LocalImportDesk } from "./workflows/import.ts";
import { createPasskeyDesk } from "./workflows/passkeys.ts";
import { createPeopleDesk, ENTER_PURPOSE, keepOwner, OWNER } from "./workflows/people.ts";
import { createPushDesk } from "./workflows/push.ts";
import type { PushDesk } from "./workflows/push-desk.ts";
import { createReadiness } from "./workflows/readiness.ts";
import { importSample, type WriteWorld } from "./workflows/sample.ts";
import { createViewsDesk } from "./workflows/saved-views.ts";
import { createSignInDesk } from "./workflows/sign-in.ts";
import { sourcesAt } from "./workflows/sources.ts";
import { createTemplatesDesk } from "./workflows/templates.ts";
import { createTodayDesk } from "./workflows/today.ts";
import { createWorkDesk } from "./workflows/work.ts";
import { openWorkspace, type Workspace } from "./workflows/workspace.ts";

const TOKEN_HOURS = 24;

export interface ServeWorld {
  readonly clock: Clock;
  readonly version: string;
  readonly pageDirectory: string | null;
  readonly writeWorld: WriteWorld;
}

async function bringIn(
  options: ServeOptions,
  terminal: Terminal,
  world: ServeWorld,
  workspace: Workspace,
  desk: LocalImportDesk,
): Promise<void> {
  if (options.data !== null) {
    const preview = await desk.previewSources(
      await sourcesAt(options.data, workspace.scratchDirectory, { signal: terminal.signal }),
      { account: options.account, signal: terminal.signal },
    );
    terminal.err(previewText(preview, workspace.definitions().default.currency));
    const { importId } = await desk.commit(
      {
        previewId: preview.previewId,
        skipProblems: false,
        saveMappings: true,
        ...(options.levelCounts === undefined ? {} : { levelCounts: options.levelCounts }),
      },
      personAt(terminal),
    );
    const done = await desk.settled(importId);
    if (done.problem) {
      const { what, fix } = done.problem;
      throw new Problem("BUILD_FAILED", { what, where: importId, fix });
    }
    return;
  }
  if (options.sample && workspace.ledger.imports.size === 0) {
    terminal.err("Making a sample world (invented; it leaves when you import your own tables)…\n");
    await importSample(workspace, desk, world.writeWorld, terminal.signal);
  }
}

/** The port asked for, else, when none was, any free one. */
async function listen(
  app: Awaited<ReturnType<typeof buildApp>>,
  options: ServeOptions,
): Promise<number> {
  const attempt = (port: number) => app.listen({ host: options.host, port });
  try {
    await attempt(options.port);
  } catch (error) {
    const taken = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
    if (!taken) throw error;
    if (options.portGiven) {
      throw new Problem("PORT_IN_USE", {
        what: `Port ${options.port} is taken`,
        where: `${options.host}:${options.port}`,
        fix: "Choose another with --port, or leave it out for any free one.",
        cause: error,
      });
    }
    await attempt(0);
  }
  return (app.server.address() as AddressInfo).port;
}

function ended(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

/** Serves until the terminal's signal; resolves when everything is closed. */
export async function serve(
  options: ServeOptions,
  terminal: Terminal,
  world: ServeWorld,
): Promise<void> {
  const { clock } = world;
  const workspace = await openWorkspace({
    home: options.home,
    clock,
    ...(options.threads === undefined ? {} : { threads: options.threads }),
  });
  const desk = createImportDesk(workspace);
  const work = createWorkDesk(workspace, {
    failed: (error) => terminal.err(`${error instanceof Error ? error.message : String(error)}\n`),
  });
  let push: PushDesk | null = null;
  let background: Background | null = null;
  const stopProgress = desk.listen(showProgress(terminal));
  try {
    await bringIn(options, terminal, world, workspace, desk);
    stopProgress();
    if (terminal.signal.aborted) throw stopped();
    await keepOwner(workspace.store);
    await work.deal();
    const people = createPeopleDesk(workspace.store, clock);
    push = createPushDesk(workspace, { work, people });
    background = createBackground(workspace, { env: terminal.env });
    await background.start();
    const app = await buildApp({
      queries: workspace.queries,
      campaigns: createCampaignQuestions(workspace),
      portfolio: createPortfolioQuestions(workspace),
      leads: createLeadQuestions(workspace),
      views: createViewsDesk(workspace.store.notes, clock),
      imports: desk,
      access: workspace.store,
      people,
      signIns: createSignInDesk(workspace.store, clock),
      passkeys: createPasskeyDesk(workspace.store, clock),
      definitions: createDefinitionsDesk(workspace),
      templates: createTemplatesDesk(workspace),
      explore: createExploreDesk(workspace),
      work,
      push,
      today: createTodayDesk(workspace, people),
      jobs: background.jobs,
      digests: background.digests,
      shares: background.shares,
      clock,
      version: world.version,
      notReady: createReadiness(workspace),
      pageDirectory: world.pageDirectory,
      logger: { level: "warn", stream: process.stderr },
      hostNames: [...options.hostNames, options.host],
      ...(options.uploadLimitBytes === undefined
        ? {}
        : { uploadLimitBytes: options.uploadLimitBytes }),
    });
    try {
      const port = await listen(app, options);
      if (!onLoopback(options.host)) {
        const url = `http://${options.host}:${port}/sign-in`;
        if (options.json) terminal.out(`${JSON.stringify({ url, port, home: workspace.home })}\n`);
        else terminal.out(`leadsmart is ready on ${url}, for people who can sign in.\n`);
        await ended(terminal.signal);
        return;
      }
      const token = await workspace.store.sessions.createToken({
        purpose: ENTER_PURPOSE,
        person: OWNER,
        expiresAt: new Date(clock.now().getTime() + TOKEN_HOURS * 3_600_000),
      });
      const host = options.host === "::1" ? "[::1]" : options.host;
      const url = `http://${host}:${port}/enter?token=${token}`;
      if (options.json) terminal.out(`${JSON.stringify({ url, port, home: workspace.home })}\n`);
      else {
        terminal.out(
          `leadsmart is ready. Open this link once; the browser stays signed in:\n\n  ${url}\n\n`,
        );
        terminal.out(`Home: ${workspace.home}. Stop with Ctrl-C.\n`);
      }
      await ended(terminal.signal);
    } finally {
      await app.close();
    }
  } finally {
    await desk.close();
    await push?.close();
    await background?.close();
    await work.close();
    await workspace.close();
  }
}
