import { QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { applyPreferences } from "./frame/preferences.ts";
import { loadTexts } from "./i18n/messages.ts";
import type { Refusal } from "./query/http.ts";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/parts.css";
import "./styles/frame.css";
import "./styles/overview.css";
import "./styles/data.css";
import "./styles/settings.css";
import "./styles/print.css";

/** Refusals are answers; only silence and a broken server are worth asking again. */
function worthRetrying(failures: number, error: unknown): boolean {
  const { status } = error as Refusal;
  return failures < 2 && (status === 0 || status >= 500);
}

/** Somebody's roles changed while they looked: what they may now is asked, and the page follows. */
const queryCache = new QueryCache({
  onError: (error, { queryKey }) => {
    const { problem } = error as Refusal;
    if (problem?.code === "NOT_ALLOWED" && queryKey[0] !== "/me")
      void queries.invalidateQueries({ queryKey: ["/me"] });
  },
});

const queries: QueryClient = new QueryClient({
  queryCache,
  defaultOptions: {
    queries: {
      staleTime: 60_000,
      refetchOnWindowFocus: false,
      networkMode: "always",
      retry: worthRetrying,
    },
    // The server is on this machine: it hears us whatever the browser thinks of the network.
    mutations: { networkMode: "always" },
  },
});

await loadTexts(applyPreferences().language);
const root = document.getElementById("root");
if (root)
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <App />
      </QueryClientProvider>
    </StrictMode>,
  );
