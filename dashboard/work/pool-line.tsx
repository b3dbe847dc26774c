import type { ReactNode } from "react";
import type { WorkAccount } from "../../src/contract/work.ts";
import { useSpeech } from "../i18n/language.tsx";
import { useFewFirst } from "../parts/few-first.tsx";
import type { Waiting } from "./outbox.ts";
import { did } from "./outbox-live.ts";

/** Accounts shown before somebody asks for all. */
const FEW = 5;

/** Leads that nobody has yet, and taking the next of them. */
export function PoolLine(props: {
  readonly accounts: readonly WorkAccount[];
  readonly waiting: readonly Waiting[];
}): ReactNode {
  const { t, n } = useSpeech();
  // Where most wait stands first.
  const open = props.accounts
    .filter(({ pool }) => pool > 0)
    .sort((one, other) => other.pool - one.pool);
  const { shown, others } = useFewFirst(open, FEW);
  if (open.length === 0) return null;
  return (
    <ul className="pool">
      {shown.map(({ account, pool }) => {
        const asked = props.waiting.some(
          ({ deed, refused }) => deed.kind === "claim" && deed.account === account && !refused,
        );
        return (
          <li key={account}>
            <p>
              {n("work.pool", pool)}
              {props.accounts.length > 1 ? (
                <span className="label-soft"> {t("work.inAccount", { account })}</span>
              ) : null}
            </p>
            <button
              type="button"
              className="button"
              aria-disabled={asked}
              onClick={() => {
                if (!asked) void did({ kind: "claim", account, count: 1 }, null);
              }}
            >
              {t(asked ? "work.claiming" : "work.claim")}
            </button>
          </li>
        );
      })}
      {others === null ? null : <li>{others}</li>}
    </ul>
  );
}
