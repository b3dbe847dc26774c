/** The stream of those who call: leads that come in or change hands appear at once. */
import type { QueryClient } from "@tanstack/react-query";

const AGAIN_MS = 5000;

/** Asks for the lists of calls again whenever the server tells of a change; returns the way to stop. */
export function hearOfLeads(queries: QueryClient): () => void {
  let stopped = false;
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const ask = () => void queries.invalidateQueries({ queryKey: ["/work"] });
  const open = () => {
    source = new EventSource("/api/v1/work/stream");
    for (const event of ["leads.changed", "data.changed"]) source.addEventListener(event, ask);
    source.onerror = () => {
      source?.close();
      // Meanwhile the list is asked for at its own pace.
      if (!stopped) timer = setTimeout(open, AGAIN_MS);
    };
  };
  open();
  return () => {
    stopped = true;
    clearTimeout(timer);
    source?.close();
  };
}
