import type { ReactNode } from "react";
import "../styles/today.css";
import { ChangesPanel } from "./changes.tsx";
import { FirstHourBanner } from "./first-hour-banner.tsx";
import { TopInsights } from "./top-insights.tsx";
import { WaitingPanel } from "./waiting.tsx";

/** What Today adds to its key figures: what changed, what waits, what the data say. */
export function TodayParts(): ReactNode {
  return (
    <>
      <FirstHourBanner />
      <ChangesPanel />
      <div className="side-by-side">
        <WaitingPanel />
        <TopInsights />
      </div>
    </>
  );
}
