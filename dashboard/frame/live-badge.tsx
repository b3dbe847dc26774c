import { useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useSpeech } from "../i18n/language.tsx";
import { reconnect, useLive } from "../query/live.ts";

/** Whether what is shown follows the data by itself, and since when not. */
export function LiveBadge(): ReactNode {
  const { t, formats } = useSpeech();
  const live = useLive();
  const queries = useQueryClient();
  if (live.state === "stale" && live.lostAt !== null)
    return (
      <button
        type="button"
        className="live-badge live-stale"
        title={t("live.retry")}
        onClick={() => reconnect(queries)}
      >
        <span className="live-dot" aria-hidden="true" />
        {t("live.stale", {
          time:
            formats.instant(new Date(live.lostAt).toISOString()).split(/[,،]/).at(-1)?.trim() ?? "",
        })}
      </button>
    );
  const connected = live.state === "live";
  return (
    <span
      className={`live-badge live-${live.state}`}
      title={connected ? t("live.liveHelp") : undefined}
    >
      <span className="live-dot" aria-hidden="true" />
      {t(connected ? "live.live" : "live.connecting")}
    </span>
  );
}
