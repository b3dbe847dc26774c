/** What a door may ask of Today: what changed, what waits, the insights of a selection, and the first hour. */
import { z } from "zod";
import type { SelectionQuery } from "../contract/common.ts";
import {
  type ChangesAnswer,
  type ChangesQuery,
  FIRST_QUESTIONS,
  type FirstHourAnswer,
  type FirstHourDone,
  type SelectionInsightsAnswer,
  type Silence,
  type SilenceRequest,
  type TodayAnswer,
} from "../contract/today.ts";
import type { Scope } from "../domain/scope.ts";
import { createTodayQuestions } from "../marts/today-questions.ts";
import { sqlFile } from "../warehouse/sql-file.ts";
import { hearInsight, selectionInsights, silenceInsight } from "./insights.ts";
import { activeSamples } from "./ledger.ts";
import type { Actor, PeopleDesk } from "./people.ts";
import type { Workspace } from "./workspace.ts";

/** Days before its end from which a key is spoken of. */
const KEY_DAYS = 14;
const DAY_MS = 86_400_000;
const FIRST_HOUR = "first-hour.done";

const Done = z.object({
  by: z.string(),
  at: z.iso.datetime({ offset: true }),
  skipped: z.array(z.enum(FIRST_QUESTIONS)),
});

export interface TodayDesk {
  changes(query: ChangesQuery, scope: Scope): Promise<ChangesAnswer>;
  today(selection: SelectionQuery, scope: Scope, actor: Actor): Promise<TodayAnswer>;
  insights(selection: SelectionQuery, scope: Scope): Promise<SelectionInsightsAnswer>;
  /** As `silenceInsight`. */
  silence(insight: string, request: SilenceRequest, by: string): Promise<Silence>;
  /** As `hearInsight`. */
  hear(insight: string): Promise<void>;
  firstHour(scope: Scope): Promise<FirstHourAnswer>;
  /** Keeps that somebody went through the questions. */
  firstHourDone(done: FirstHourDone, by: string): Promise<void>;
}

export function createTodayDesk(workspace: Workspace, people: Pick<PeopleDesk, "keys">): TodayDesk {
  const { clock, store, ledger, warehouse } = workspace;
  const questions = createTodayQuestions({ warehouse, definitions: workspace.definitions });

  async function keysEnding(actor: Actor): Promise<TodayAnswer["keysEnding"]> {
    const now = clock.now().getTime();
    return (await people.keys(actor))
      .filter(({ expiresAt, revokedAt }) => {
        const left = expiresAt.getTime() - now;
        return revokedAt === null && left > 0 && left < KEY_DAYS * DAY_MS;
      })
      .map(({ name, expiresAt }) => ({ name, expiresAt: expiresAt.toISOString() }));
  }

  async function insightsOf(
    selection: SelectionQuery,
    scope: Scope,
  ): Promise<SelectionInsightsAnswer> {
    const frame = await questions.frame(selection, scope);
    return { frame, items: await selectionInsights(workspace, selection, scope, frame) };
  }

  return {
    changes: (query, scope) => questions.changes(query, scope, clock.now()),
    today: async (selection, scope, actor) => ({
      ...(await questions.today(selection, scope)),
      keysEnding: await keysEnding(actor),
    }),
    insights: insightsOf,
    silence: (insight, request, by) => silenceInsight(workspace, insight, request, by),
    hear: (insight) => hearInsight(workspace, insight),
    async firstHour(scope) {
      const named = await warehouse.all<{ currency: string }>(
        sqlFile(import.meta.url, "sql/named-currencies.sql"),
      );
      const reps = (await store.people.list()).filter(({ grants }) =>
        grants.some((grant) => grant.role === "rep"),
      ).length;
      const evidence = await questions.firstHour(scope, {
        namedInFiles: named.map((one) => one.currency),
        reps,
      });
      const done = Done.safeParse(await store.notes.get(FIRST_HOUR)).data ?? null;
      const sample = activeSamples(ledger).length > 0;
      return {
        ...evidence,
        done,
        sample,
        due: done === null && !sample && evidence.lastDay !== null,
      };
    },
    async firstHourDone({ skipped }, by) {
      await store.notes.set(FIRST_HOUR, { by, at: clock.now().toISOString(), skipped });
    },
  };
}
