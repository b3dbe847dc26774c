/** What a door may ask of the exploration: the report and its parts, and what people decide about it. */
import type {
  Comparison,
  ExploreReport,
  FindingRowsAnswer,
  Question,
  TreatmentRequest,
  TreatmentRow,
  TreatmentsAnswer,
} from "../contract/explore.ts";
import type { Scope } from "../domain/scope.ts";
import type { Json } from "../store/events.ts";
import { answerQuestion } from "./answer.ts";
import { type CompareOptions, compare } from "./compare.ts";
import { type ExploreOptions, explore, findingRows } from "./explore.ts";
import { acceptTreatment, listTreatments, withdrawTreatment } from "./treat.ts";
import type { Workspace } from "./workspace.ts";

export interface ExploreDesk {
  /** As `explore`. */
  report(options: ExploreOptions): Promise<ExploreReport>;
  /** As `findingRows`. */
  rows(
    finding: string,
    options: ExploreOptions,
    page: { readonly cursor: string | undefined; readonly limit: number },
  ): Promise<FindingRowsAnswer>;
  /** As `compare`. */
  compare(options: CompareOptions): Promise<Comparison>;
  /** As `listTreatments`. */
  treatments(scope: Scope): Promise<TreatmentsAnswer>;
  /** As `acceptTreatment`. */
  accept(request: TreatmentRequest, by: string): Promise<TreatmentRow>;
  /** As `withdrawTreatment`. */
  withdraw(id: string, by: string): Promise<TreatmentRow>;
  /** As `answerQuestion`. */
  answer(question: string, value: Json, by: string): Promise<Question | null>;
}

export function createExploreDesk(workspace: Workspace): ExploreDesk {
  return {
    report: (options) => explore(workspace, options),
    rows: (finding, options, page) => findingRows(workspace, finding, options, page),
    compare: (options) => compare(workspace, options),
    treatments: (scope) => listTreatments(workspace, scope),
    accept: (request, by) => acceptTreatment(workspace, request, by),
    withdraw: (id, by) => withdrawTreatment(workspace, id, by),
    answer: (question, value, by) => answerQuestion(workspace, question, value, by),
  };
}
