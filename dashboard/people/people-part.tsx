import type { ReactNode } from "react";
import { useMayEverywhere } from "../query/may.ts";
import { AlertsPanel } from "./alerts-panel.tsx";
import { KeysPanel } from "./keys-panel.tsx";
import { PeoplePanel } from "./people-panel.tsx";
import { RecordPanel } from "./record-panel.tsx";
import "../styles/people.css";

/** Settings → People: who may come in, keys for programs, and who did what; loaded when it is opened. */
export function PeoplePart(): ReactNode {
  return (
    <>
      <PeoplePanel />
      <AlertsPanel />
      <KeysPanel />
      {useMayEverywhere("people") ? <RecordPanel /> : null}
    </>
  );
}
