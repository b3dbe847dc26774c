/** Rows of a long list by their place: pages of a hundred, asked for around what is in sight. */
import { useQueries, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { getJson, type Refusal } from "./http.ts";

const API = "/api/v1";
const PAGE = 100;
/** While somebody scrolls on, pages are asked for at most this often; those scrolled past are no longer waited for. */
const PACE_MS = 90;
/** Pages out of sight are kept so long. */
const KEEP_MS = 60_000;

export interface ListAnswer<Row> {
  readonly items: readonly Row[];
  readonly total: number;
}

export interface RowPages<Row, Answer extends ListAnswer<Row>> {
  /** What came with the rows, such as totals and frame; undefined until something came. */
  readonly answer: Answer | undefined;
  /** Undefined where a row has not come yet. */
  rowAt(index: number): Row | undefined;
  /** Tells which rows are in sight; `end` is the one after the last. */
  need(first: number, end: number): void;
  readonly error: Refusal | null;
  readonly dataUpdatedAt: number;
  /** True while what is shown answers the question before. */
  readonly isOld: boolean;
  refetch(): void;
  /** Changes with the question. */
  readonly question: string;
}

interface Sight {
  readonly question: string;
  readonly first: number;
  readonly end: number;
}

interface Shown<Answer> {
  readonly stamp: string;
  readonly pages: ReadonlyMap<number, Answer>;
}

/** The sight after a step: the same one while the same pages are in it, so that nothing is drawn anew. */
const moved =
  (wanted: Sight) =>
  (now: Sight): Sight =>
    now.question === wanted.question &&
    String(offsetsOf(now.first, now.end)) === String(offsetsOf(wanted.first, wanted.end))
      ? now
      : wanted;

/** Offsets of the pages that hold these rows; at least one. */
export function offsetsOf(first: number, end: number): number[] {
  const from = Math.floor(first / PAGE);
  const to = Math.max(from, Math.ceil(end / PAGE) - 1);
  return Array.from({ length: to - from + 1 }, (_, i) => (from + i) * PAGE);
}

/**
 * The rows of a list address that takes `offset` and `limit`.
 *
 * @param path of the API, e.g. "/leads"
 * @param params the question, without paging
 */
export function useRowPages<Row, Answer extends ListAnswer<Row>>(
  path: string,
  params: URLSearchParams,
): RowPages<Row, Answer> {
  const queries = useQueryClient();
  const question = `${path}?${params}`;
  const [sight, setSight] = useState<Sight>({ question, first: 0, end: PAGE });
  const { first, end } = sight.question === question ? sight : { first: 0, end: PAGE };
  const offsets = offsetsOf(first, end);
  const results = useQueries({
    queries: offsets.map((offset) => ({
      queryKey: [path, "at", offset, params.toString()],
      queryFn: ({ signal }: { readonly signal: AbortSignal }) => {
        const asked = new URLSearchParams(params);
        asked.set("limit", String(PAGE));
        if (offset > 0) asked.set("offset", String(offset));
        return getJson<Answer>(`${API}${path}`, asked, signal);
      },
      gcTime: KEEP_MS,
    })),
  });

  const stamp = `${question} ${results.map((one, i) => `${offsets[i]}:${one.dataUpdatedAt}`)}`;
  const came = results.some((one) => one.data !== undefined);
  const [shown, setShown] = useState<Shown<Answer> | null>(null);
  if (came && shown?.stamp !== stamp) {
    const pages = new Map<number, Answer>();
    for (const [i, one] of results.entries())
      if (one.data !== undefined) pages.set(offsets[i] as number, one.data);
    setShown({ stamp, pages });
  }

  const waiting = useRef<Sight | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    },
    [],
  );
  const need = useCallback(
    (from: number, to: number) => {
      const wanted = { question, first: from, end: to };
      const isThere = offsetsOf(from, to).every((offset) =>
        queries.getQueryData([path, "at", offset, question.slice(path.length + 1)]),
      );
      const now = isThere || timer.current === undefined;
      waiting.current = now ? null : wanted;
      if (now) setSight(moved(wanted));
      if (timer.current !== undefined) return;
      const settle = () => {
        timer.current = undefined;
        if (waiting.current === null) return;
        setSight(moved(waiting.current));
        waiting.current = null;
        timer.current = setTimeout(settle, PACE_MS);
      };
      timer.current = setTimeout(settle, PACE_MS);
    },
    [queries, path, question],
  );

  const failed = results.find((one) => one.error !== null);
  const rowAt = useCallback(
    (index: number) => shown?.pages.get(Math.floor(index / PAGE) * PAGE)?.items[index % PAGE],
    [shown],
  );
  const answer = shown?.pages.values().next().value;
  return useMemo(
    () => ({
      answer,
      rowAt,
      need,
      error: (failed?.error as Refusal | null | undefined) ?? null,
      dataUpdatedAt: Math.max(0, ...results.map((one) => one.dataUpdatedAt)),
      isOld: !came && shown !== null && !shown.stamp.startsWith(`${question} `),
      refetch: () => void Promise.all(results.map((one) => one.refetch())),
      question,
    }),
    [answer, rowAt, need, failed, results, came, shown, question],
  );
}
