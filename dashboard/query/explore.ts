/** What the Data place asks of the exploration, and the decisions that it sends there. */
import {
  type InfiniteData,
  type QueryKey,
  type UseInfiniteQueryResult,
  type UseMutationResult,
  type UseQueryResult,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import type { z } from "zod";
import type {
  AdsOrFollowUpAnswer,
  Comparison,
  ExploreSummary,
  Finding,
  FindingRowsAnswer,
  FindingsAnswer,
  InsightsAnswer,
  ProfileAnswer,
  Question,
  QuestionAnswered,
  QuestionsAnswer,
  TreatmentRow,
  TreatmentsAnswer,
  WaterfallAnswer,
} from "../../src/contract/explore.ts";
import { type Grouping, type Selection, selectionParams } from "../route/address.ts";
import { askAgain } from "./ask-again.ts";
import { getJson, postJson, type Refusal, remove } from "./http.ts";
import { useAnswer, useMe } from "./overview.ts";

type Part<K extends string, T> = Readonly<Record<K, T>>;
export type Findings = z.infer<typeof FindingsAnswer>;
type Waterfalls = z.infer<typeof WaterfallAnswer>;
type Insights = z.infer<typeof InsightsAnswer>;
type Questions = z.infer<typeof QuestionsAnswer>;
type Profiles = z.infer<typeof ProfileAnswer>;
type Answered = z.infer<typeof QuestionAnswered>;
export type TreatmentKind = Finding["proposals"][number]["kind"];

const ROWS_AT_ONCE = 100;

function asOfParams(asOf: string | null): URLSearchParams {
  return new URLSearchParams(asOf === null ? {} : { asOf });
}

/**
 * One part of what the server says once it has examined the data. It holds until the data change, which the page hears
 * of; `ready` false asks nothing yet.
 */
function useExamined<T>(path: string, asOf: string | null, ready = true) {
  return useAnswer<T>(path, asOfParams(asOf), {
    enabled: ready,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: true,
  });
}

export const useSummary = (asOf: string | null, ready: boolean) =>
  useExamined<ExploreSummary>("/findings/summary", asOf, ready);
export const useFindings = (asOf: string | null) => useExamined<Findings>("/findings", asOf);
export const useInsights = (asOf: string | null) => useExamined<Insights>("/insights", asOf);
export const useWaterfall = (asOf: string | null) => useExamined<Waterfalls>("/waterfall", asOf);
export const useQuestions = (asOf: string | null) => useExamined<Questions>("/questions", asOf);
export const useProfile = (asOf: string | null) => useExamined<Profiles>("/profile", asOf);
export const useTreatments = () => useAnswer<TreatmentsAnswer>("/treatments");

/** The split of the cost of a qualified lead; without a chosen period, of everything. */
export function useAdsOrFollowUp(
  selection: Selection,
  by: Grouping,
  limit: number,
): UseQueryResult<AdsOrFollowUpAnswer, Refusal> {
  const params = selectionParams(selection);
  if (selection.from === null) params.set("from", "all");
  params.set("by", by);
  params.set("limit", String(limit));
  return useAnswer("/ads-or-follow-up", params);
}

/** What changed between two imports or days; null = not chosen yet, and nothing is asked. */
export function useComparison(
  left: string | null,
  right: string | null,
): UseQueryResult<Comparison, Refusal> {
  return useQuery<Comparison, Refusal>({
    queryKey: ["/compare", left, right],
    queryFn: ({ signal }) =>
      getJson<Comparison>(
        "/api/v1/compare",
        new URLSearchParams({ left: left ?? "", right: right ?? "" }),
        signal,
      ),
    enabled: left !== null && right !== null,
  });
}

/** All rows of a finding, page by page, in the order of their files. */
export function useFindingRows(
  finding: string,
  asOf: string | null,
): UseInfiniteQueryResult<InfiniteData<FindingRowsAnswer, string | null>, Refusal> {
  return useInfiniteQuery<
    FindingRowsAnswer,
    Refusal,
    InfiniteData<FindingRowsAnswer, string | null>,
    QueryKey,
    string | null
  >({
    queryKey: ["/findings", "rows", finding, asOf],
    queryFn: ({ pageParam, signal }) => {
      const params = asOfParams(asOf);
      params.set("limit", String(ROWS_AT_ONCE));
      if (pageParam !== null) params.set("cursor", pageParam);
      const path = `/api/v1/findings/${encodeURIComponent(finding)}/rows`;
      return getJson<FindingRowsAnswer>(path, params, signal);
    },
    initialPageParam: null,
    getNextPageParam: (last) => last.next,
  });
}

export interface Acceptance {
  readonly finding: string;
  readonly kind: TreatmentKind;
  /** Null = all. */
  readonly items: readonly string[] | null;
}

/** Id of a treatment that the server has not confirmed yet. */
export const PENDING = "pending";

/** The finding as it will be once the treatment is in force. */
export function withTreatment(
  finding: Finding,
  { kind, items }: Acceptance,
  by: string,
  at: string,
): Finding {
  const covers = (id: string) => items === null || items.includes(id);
  const note = {
    id: PENDING,
    finding: finding.key,
    rule: finding.rule,
    kind,
    items: items?.length ?? null,
    by,
    at,
    applies: true,
  };
  return {
    ...finding,
    treatments: [note, ...(items === null ? [] : finding.treatments)],
    items: finding.items.map((item) => (covers(item.id) ? { ...item, treatment: PENDING } : item)),
  };
}

/** The finding as it will be once a treatment is taken back. */
export function withoutTreatment(finding: Finding, id: string): Finding {
  return {
    ...finding,
    treatments: finding.treatments.filter((one) => one.id !== id),
    items: finding.items.map((item) =>
      item.treatment === id ? { ...item, treatment: null } : item,
    ),
  };
}

/** Changes findings on the page at once; the way back is what it returns. */
function useFindingsAtOnce(): (change: (finding: Finding) => Finding) => Promise<() => void> {
  const queries = useQueryClient();
  return async (change) => {
    const of = { predicate: ({ queryKey }: { queryKey: QueryKey }) => isFindings(queryKey) };
    await queries.cancelQueries(of);
    const before = queries.getQueriesData<Findings>(of);
    queries.setQueriesData<Findings>(
      of,
      (old) => old && { ...old, findings: old.findings.map(change) },
    );
    return () => {
      for (const [key, data] of before) queries.setQueryData(key, data);
    };
  };
}

/** The answer of `/findings` itself, not the rows of one. */
function isFindings(key: QueryKey): boolean {
  return key[0] === "/findings" && key[1] !== "rows";
}

export function useAccept(): UseMutationResult<TreatmentRow, Refusal, Acceptance, () => void> {
  const queries = useQueryClient();
  const by = useMe().data?.person ?? "";
  const change = useFindingsAtOnce();
  return useMutation({
    mutationFn: (one) => postJson<TreatmentRow>("/api/v1/treatments", one),
    onMutate: (one) =>
      change((finding) =>
        finding.key === one.finding
          ? withTreatment(finding, one, by, new Date().toISOString())
          : finding,
      ),
    onSuccess: (row) =>
      queries.setQueriesData<Findings>(
        { predicate: ({ queryKey }) => isFindings(queryKey) },
        (old) => old && { ...old, findings: old.findings.map((one) => confirmed(one, row)) },
      ),
    onError: (_error, _one, back) => back?.(),
    onSettled: () => askAgain(queries),
  });
}

/** Gives the pending treatment of a finding the id by which it can be taken back. */
export function confirmed(finding: Finding, row: Pick<TreatmentRow, "id" | "finding">): Finding {
  if (finding.key !== row.finding) return finding;
  return {
    ...finding,
    treatments: finding.treatments.map((one) =>
      one.id === PENDING ? { ...one, id: row.id } : one,
    ),
    items: finding.items.map((item) =>
      item.treatment === PENDING ? { ...item, treatment: row.id } : item,
    ),
  };
}

/** Takes a treatment back, by its id. */
export function useWithdraw(): UseMutationResult<void, Refusal, string, () => void> {
  const queries = useQueryClient();
  const change = useFindingsAtOnce();
  return useMutation({
    mutationFn: (id) => remove(`/api/v1/treatments/${encodeURIComponent(id)}`),
    onMutate: (id) => change((finding) => withoutTreatment(finding, id)),
    onError: (_error, _id, back) => back?.(),
    onSettled: () => askAgain(queries),
  });
}

export type AnswerValue = Question["inForce"]["value"];

/** Answers a question: every number then rests on the answer. */
export function useAnswerQuestion(): UseMutationResult<
  Answered,
  Refusal,
  { readonly id: string; readonly value: AnswerValue }
> {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, value }) =>
      postJson<Answered>(`/api/v1/questions/${encodeURIComponent(id)}/answer`, { value }),
    onSuccess: ({ question }) => {
      if (question === null) return;
      queries.setQueriesData<Part<"questions", Question[]>>(
        { queryKey: ["/questions"] },
        (old) =>
          old && {
            ...old,
            questions: old.questions.map((one) => (one.id === question.id ? question : one)),
          },
      );
    },
    onSettled: () => askAgain(queries),
  });
}

export type ReportFormat = "html" | "markdown" | "json";

export function reportUrl(format: ReportFormat, language: string, asOf: string | null): string {
  const params = asOfParams(asOf);
  params.set("format", format);
  if (format !== "json") params.set("language", language);
  return `/api/v1/explore/report?${params}`;
}
