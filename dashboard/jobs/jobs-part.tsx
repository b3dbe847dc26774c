import type { ReactNode } from "react";
import { DigestsPanel } from "../digest/digests-panel.tsx";
import { SharesPanel } from "../digest/shares-panel.tsx";
import { useMay } from "../query/may.ts";
import { JobsPanel } from "./jobs-panel.tsx";
import "../styles/jobs.css";

/** What goes out to clients, and what goes on in the background. */
export function JobsPart(): ReactNode {
  const exports = useMay("export");
  return (
    <>
      {exports ? <DigestsPanel /> : null}
      {exports ? <SharesPanel /> : null}
      <JobsPanel />
    </>
  );
}
