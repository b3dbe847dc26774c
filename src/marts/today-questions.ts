/** The questions of Today and of the first hour over a warehouse, each read from one state of the data. */
import { SelectionQuery } from "../contract/common.ts";
import type { ChangesAnswer, ChangesQuery } from "../contract/today.ts";
import { type Definitions, definitionsOf } from "../domain/definitions.ts";
import type { Scope } from "../domain/scope.ts";
import type { Session, Warehouse } from "../warehouse/warehouse.ts";
import { changesOf } from "./changes.ts";
import { type FirstHourEvidence, firstHourOf } from "./first-hour.ts";
import { resolveSelection, type Selected } from "./selection.ts";
import { type TodayFigures, todayOf } from "./today.ts";

export interface TodayQuestions {
  /** @param now decides whether the last day of the data is over */
  changes(query: ChangesQuery, scope: Scope, now: Date): Promise<ChangesAnswer>;
  today(selection: SelectionQuery, scope: Scope): Promise<TodayFigures>;
  firstHour(
    scope: Scope,
    given: { readonly namedInFiles: readonly string[]; readonly reps: number },
  ): Promise<FirstHourEvidence>;
  /** The frame of a selection, for answers that other rooms give of it. */
  frame(selection: SelectionQuery, scope: Scope): Promise<Selected["frame"]>;
}

/** The calendar day of an instant in a zone, `YYYY-MM-DD`. */
export function dayIn(timeZone: string, now: Date): string {
  const parts = new Intl.DateTimeFormat("en", {
    timeZone,
    calendar: "iso8601",
    numberingSystem: "latn",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  }).formatToParts(now);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? "";
  return `${part("year")}-${part("month")}-${part("day")}`;
}

/** @param definitions those in force, asked anew for each answer */
export function createTodayQuestions({
  warehouse,
  definitions,
}: {
  readonly warehouse: Warehouse;
  readonly definitions: () => Definitions;
}): TodayQuestions {
  const within = <T>(
    selection: SelectionQuery,
    scope: Scope,
    answer: (session: Session, selected: Selected) => Promise<T>,
  ): Promise<T> =>
    warehouse.snapshot(async (session) =>
      answer(session, await resolveSelection(session, selection, scope, definitions())),
    );
  return {
    changes: (query, scope, now) => {
      const [account = null] = query.account;
      const only = query.account.length === 1 ? account : null;
      const today = dayIn(definitionsOf(definitions(), only).timeZone, now);
      return within(query, scope, (session, selected) =>
        changesOf(session, selected, query, today),
      );
    },
    today: (selection, scope) =>
      within(selection, scope, (session, selected) => todayOf(session, selected, definitions())),
    firstHour: (scope, given) =>
      within(SelectionQuery.parse({ from: "all" }), scope, (session, selected) =>
        firstHourOf(session, selected, definitions(), given),
      ),
    frame: (selection, scope) => within(selection, scope, async (_, { frame }) => frame),
  };
}
