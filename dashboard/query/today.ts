/** Today's questions, insights kept quiet, and the first hour. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type {
  ChangeMeasure,
  ChangesAnswer,
  FirstHourAnswer,
  FirstHourDone,
  SelectionInsightsAnswer,
  Silence,
  SilenceRequest,
  TodayAnswer,
} from "../../src/contract/today.ts";
import { type Selection, selectionParams } from "../route/address.ts";
import { postJson, type Refusal, remove } from "./http.ts";
import { useAnswer } from "./overview.ts";

export type Span = ChangesAnswer["span"];

/** What changed; the measure is the server's choice where none is given. */
export function useChanges(selection: Selection, span: Span, by: ChangeMeasure | null) {
  const params = selectionParams(selection);
  params.set("span", span);
  if (by !== null) params.set("by", by);
  return useAnswer<ChangesAnswer>("/changes", params);
}

/** What waits within the accounts, projects and campaigns of a selection, whatever its days. */
export function useToday(selection: Selection) {
  return useAnswer<TodayAnswer>("/today", selectionParams({ ...selection, from: null, to: null }));
}

const INSIGHTS = "/insights/selection";

/** Insights of a selection; without days of its own, of all the data. */
export function useSelectionInsights(selection: Selection, enabled = true) {
  const { from, to } = selection;
  const whole = from === null && to === null;
  const params = selectionParams({ ...selection, from: whole ? "all" : from });
  params.delete("basis");
  return useAnswer<SelectionInsightsAnswer>(INSIGHTS, params, { enabled });
}

const silenceAt = (insight: string) => `/api/v1/insights/${encodeURIComponent(insight)}/silence`;

/** Keeps an insight quiet for everybody here. */
export function useSilence() {
  const queries = useQueryClient();
  return useMutation<Silence, Refusal, { readonly insight: string } & SilenceRequest>({
    mutationFn: ({ insight, ...request }) => postJson<Silence>(silenceAt(insight), request),
    onSettled: () => queries.invalidateQueries({ queryKey: [INSIGHTS] }),
  });
}

/** Lets it speak again. */
export function useHear() {
  const queries = useQueryClient();
  return useMutation<void, Refusal, string>({
    mutationFn: (insight) => remove(silenceAt(insight)),
    onSettled: () => queries.invalidateQueries({ queryKey: [INSIGHTS] }),
  });
}

const FIRST_HOUR = "/first-hour";

export const useFirstHour = (enabled = true) =>
  useAnswer<FirstHourAnswer>(FIRST_HOUR, undefined, { enabled });

/** Keeps that the questions were gone through. */
export function useEndFirstHour() {
  const queries = useQueryClient();
  return useMutation<unknown, Refusal, FirstHourDone>({
    mutationFn: (done) => postJson<unknown>("/api/v1/first-hour/done", done),
    onSettled: () => queries.invalidateQueries({ queryKey: [FIRST_HOUR] }),
  });
}
