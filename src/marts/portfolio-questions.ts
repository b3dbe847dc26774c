/** The question of the portfolio over a warehouse. */
import type { z } from "zod";
import type { PortfolioAnswer, PortfolioQuery } from "../contract/portfolio.ts";
import type { Definitions } from "../domain/definitions.ts";
import type { Scope } from "../domain/scope.ts";
import type { Warehouse } from "../warehouse/warehouse.ts";
import { portfolioOf } from "./portfolio.ts";
import { resolveSelection } from "./selection.ts";

export interface PortfolioQuestions {
  /** Every account of the scope in one line. @throws Problem `BAD_PERIOD` */
  portfolio(query: z.infer<typeof PortfolioQuery>, scope: Scope): Promise<PortfolioAnswer>;
}

/** @param definitions those in force, asked anew for each answer */
export function createPortfolioQuestions({
  warehouse,
  definitions,
}: {
  readonly warehouse: Warehouse;
  readonly definitions: () => Definitions;
}): PortfolioQuestions {
  return {
    portfolio: (query, scope) =>
      warehouse.snapshot(async (session) => {
        const inForce = definitions();
        const selected = await resolveSelection(session, query, scope, inForce);
        const whole = query.project.length + query.campaign.length === 0;
        return portfolioOf(session, selected, whole, inForce);
      }),
  };
}
