/** The question of the portfolio. */
import type { UseQueryResult } from "@tanstack/react-query";
import type { PortfolioAnswer } from "../../src/contract/portfolio.ts";
import { type Selection, selectionParams } from "../route/address.ts";
import type { Refusal } from "./http.ts";
import { useAnswer } from "./overview.ts";

export const usePortfolio = (selection: Selection): UseQueryResult<PortfolioAnswer, Refusal> =>
  useAnswer("/portfolio", selectionParams(selection));
