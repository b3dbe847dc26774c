/** Every account in one line. */
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { PortfolioAnswer, PortfolioQuery } from "../contract/portfolio.ts";
import type { PortfolioQuestions } from "../marts/portfolio-questions.ts";
import { callerOf } from "./access.ts";
import { jsonOperation } from "./openapi.ts";
import { inOrder } from "./overview-routes.ts";

export function registerPortfolioRoutes(
  plain: FastifyInstance,
  { portfolio }: { readonly portfolio: PortfolioQuestions },
): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  app.get(
    "/portfolio",
    {
      schema: {
        ...jsonOperation(
          {
            operationId: "getPortfolio",
            summary: "Every account in one line, and those that need somebody first",
            needs: "figures",
            tag: "Numbers",
            description:
              "Each against its own target, all-in. Money of several currencies is never added: totals are then null.",
            problems: ["BAD_REQUEST", "BAD_PERIOD"],
          },
          PortfolioAnswer,
        ),
        querystring: PortfolioQuery.strict(),
      },
    },
    (request) => portfolio.portfolio(inOrder(request.query), callerOf(request).scope),
  );
}
