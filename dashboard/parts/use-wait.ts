import { useEffect, useState } from "react";
import type { Refusal } from "../query/http.ts";

/** Whole seconds left of a wait. */
export function secondsLeft(untilMs: number, nowMs: number): number {
  return Math.max(0, Math.ceil((untilMs - nowMs) / 1000));
}

/** Seconds that the server still wants somebody to wait after this refusal, counted down; 0 = ask again. */
export function useWait(error: Refusal | null): number {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    const wait = error?.problem?.waitSeconds ?? null;
    if (wait === null) {
      setLeft(0);
      return;
    }
    const until = Date.now() + wait * 1000;
    const count = () => setLeft(secondsLeft(until, Date.now()));
    count();
    const timer = setInterval(() => {
      count();
      if (Date.now() >= until) clearInterval(timer);
    }, 250);
    return () => clearInterval(timer);
  }, [error]);
  return left;
}
