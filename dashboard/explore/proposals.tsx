import type { ReactNode } from "react";
import type { Finding, Proposal } from "../../src/contract/explore.ts";
import type { Currency } from "../../src/contract/formats.ts";
import { useSpeech } from "../i18n/language.tsx";
import type { TreatmentKind } from "../query/explore.ts";
import { signed } from "./figures.ts";
import { useTold } from "./told.ts";

/** What can be done about a finding, one button each; what is in force already is not offered again. */
export function Proposals(props: {
  readonly finding: Finding;
  readonly money: Currency;
  /** Ids of items; none = all. */
  readonly chosen: readonly string[];
  readonly busy: boolean;
  readonly onAccept: (kind: TreatmentKind) => void;
}): ReactNode {
  const { n, formats } = useSpeech();
  const told = useTold();
  const { finding, money, chosen } = props;
  const whole = finding.treatments.find((one) => one.items === null);
  const offered = finding.proposals.filter(({ kind }) => chosen.length > 0 || whole?.kind !== kind);
  const effectOf = (proposal: Proposal) => {
    if (chosen.length > 0) return n("explore.items", chosen.length);
    if (whole) return null;
    if (proposal.spendMinor)
      return signed(proposal.spendMinor, (size) => formats.moneyShort(size, money));
    if (!proposal.leads) return null;
    const { leads } = proposal;
    return signed(leads, (size) => n("count.leads", size));
  };
  return offered.map((proposal) => {
    const effect = effectOf(proposal);
    return (
      <button
        key={proposal.kind}
        type="button"
        className={`button proposal ${proposal.recommended && !whole ? "button-main" : ""}`}
        data-proposal={proposal.kind}
        disabled={props.busy}
        onClick={() => props.onAccept(proposal.kind)}
      >
        {told(proposal.label)}
        {effect === null ? null : <bdi className="proposal-effect">{effect}</bdi>}
      </button>
    );
  });
}
