/** In which order a page asks: its figures first, then whatever needs the server to examine all the data. */
import { focusManager, type Query, type QueryClient, useIsFetching } from "@tanstack/react-query";
import { useState } from "react";

/** What the server answers only once it has examined everything: seconds of work on large tables, where figures take none. */
const EXAMINED: ReadonlySet<unknown> = new Set([
  "/findings",
  "/findings/summary",
  "/waterfall",
  "/insights",
  "/insights/selection",
  "/questions",
  "/profile",
  "/compare",
]);
const isExamined = ({ queryKey }: Pick<Query, "queryKey">) => EXAMINED.has(queryKey[0]);
const isFigure = (query: Pick<Query, "queryKey">) => !isExamined(query);

/** Several changes in a row lead to one refetch. */
const SETTLE_MS = 300;
let settling: ReturnType<typeof setTimeout> | undefined;

/** Asks all of the page anew; a page that nobody looks at has its data examined when somebody does. */
export async function askAgain(queries: QueryClient): Promise<void> {
  clearTimeout(settling);
  await queries.invalidateQueries({ predicate: isFigure });
  await queries.invalidateQueries({
    predicate: isExamined,
    refetchType: focusManager.isFocused() ? "active" : "none",
  });
}

/** The same as soon as no further change comes. */
export function askAgainSoon(queries: QueryClient): void {
  clearTimeout(settling);
  settling = setTimeout(() => void askAgain(queries), SETTLE_MS);
}

/** True once the figures of the page have come, and from then on. */
export function useFiguresCame(): boolean {
  const coming = useIsFetching({ predicate: isFigure });
  const [came, setCame] = useState(coming === 0);
  if (coming === 0 && !came) setCame(true);
  return came;
}
