/** What a semantic check is: a named rule that looks at the data and tells what it found. */
import type { Finding, Text } from "../contract/explore.ts";
import type { TreatmentAction, TreatmentKind } from "../domain/treatments.ts";
import type { Look, LookTable } from "./look.ts";

/** A proposal with what would be done in full; the action is made only when somebody accepts. */
export interface Remedy {
  readonly kind: TreatmentKind;
  readonly label: Text;
  /** At most one per finding. */
  readonly recommended: boolean;
  /** Change of the corrected basis if done for all items; null where it changes none. */
  readonly spendMinor: number | null;
  readonly leads: number | null;
  /** @param items ids of the finding's items it is done for; null = all */
  action(items: readonly string[] | null): Promise<TreatmentAction>;
}

/** A finding as its rule tells it; what is in force is added by the room above. */
export type Found = Omit<Finding, "proposals" | "treatments" | "items" | "rule" | "title"> & {
  readonly items: readonly Omit<Finding["items"][number], "treatment">[];
  readonly remedies: readonly Remedy[];
};

export interface Rule {
  /** In kebab-case; the key of its finding, or the first part of it. */
  readonly id: string;
  readonly title: Text;
  /** Tables without which it cannot run. */
  readonly needs: readonly LookTable[];
  /** Settings with their defaults; `definitions.thresholds["<rule>.<name>"]` overrides. */
  readonly thresholds: Readonly<Record<string, number>>;
  /**
   * @param threshold the value in force of one of the rule's thresholds
   * @returns nothing when all is well; few findings, most often one
   */
  find(look: Look, threshold: (name: string) => number): Promise<Found[]>;
}
