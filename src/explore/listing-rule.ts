/** A rule that is one listing: gathered once, told in both languages, with the listing as its evidence. */
import type { Finding, Text } from "../contract/explore.ts";
import type { Params } from "../warehouse/values.ts";
import { type Evidence, gather } from "./gather.ts";
import type { Look, LookTable } from "./look.ts";
import type { Found, Remedy, Rule } from "./rule.ts";

/** What a rule says of the rows it listed. */
export interface Told extends Pick<Finding, "severity" | "sentence"> {
  readonly remedies: readonly Remedy[];
  readonly thresholds?: Finding["thresholds"];
  readonly picture?: Finding["picture"];
  readonly items?: Found["items"];
  readonly question?: Finding["question"];
  readonly rows?: number;
  readonly of?: number;
  readonly moneyMinor?: number | null;
  readonly leads?: number | null;
  readonly itemsTotal?: number;
}

/** What the words are made from. */
export interface Case {
  readonly look: Look;
  readonly evidence: Evidence;
  readonly params: Params;
  readonly threshold: (name: string) => number;
}

export interface ListingRule {
  readonly id: string;
  readonly title: Text;
  readonly needs: readonly LookTable[];
  readonly thresholds: Readonly<Record<string, number>>;
  /** Statement over the tables of a look; columns as `evidence.ts` says. */
  readonly sql: string;
  readonly params?: (look: Look, threshold: (name: string) => number) => Params | Promise<Params>;
  /** Tables the finding is about; `needs` where not said. */
  readonly tables?: readonly string[];
  readonly unit: Text;
  /** Of how many of the unit. */
  readonly of: (look: Look) => number;
  readonly why: Text;
  /** Null: what was listed is no fault after all. */
  readonly tell: (one: Case) => Told | null | Promise<Told | null>;
}

/** The rule of one listing; its finding has the rule's id as key. */
export function listingRule(rule: ListingRule): Rule {
  const { id, title, needs, thresholds, sql, unit, why } = rule;
  return {
    id,
    title,
    needs,
    thresholds,
    async find(look, threshold) {
      const params = (await rule.params?.(look, threshold)) ?? {};
      const evidence = await gather(look, sql, params);
      if (evidence === null) return [];
      const told = await rule.tell({ look, evidence, params, threshold });
      if (told === null) return [];
      return [
        {
          key: id,
          thresholds: [],
          question: null,
          picture: null,
          why,
          tables: [...(rule.tables ?? needs)],
          unit,
          of: rule.of(look),
          ...evidence,
          ...told,
        },
      ];
    },
  };
}
