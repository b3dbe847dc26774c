/** What the pool and its threads say to each other. */
import { isProblem, Problem } from "../base/problem.ts";

export type ToWorker =
  | { readonly kind: "load"; readonly work: string }
  | {
      readonly kind: "job";
      readonly job: number;
      readonly work: string;
      readonly shared: unknown;
      readonly gang: Int32Array;
    }
  | { readonly kind: "part"; readonly job: number; readonly place: number; readonly part: unknown }
  | { readonly kind: "end"; readonly job: number };

export type FromWorker =
  | {
      readonly kind: "done";
      readonly job: number;
      readonly place: number;
      readonly result: unknown;
    }
  | {
      readonly kind: "failed";
      readonly job: number;
      readonly place: number;
      readonly error: ToldError;
    }
  | { readonly kind: "progress"; readonly job: number; readonly done: number };

/** An error as plain data: a Problem keeps its parts, another one its name, message and stack. */
export interface ToldError {
  readonly problem: ReturnType<Problem["toJSON"]> | null;
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
}

export function toldError(error: unknown): ToldError {
  const known = error instanceof Error ? error : new Error(String(error));
  const { name, message, stack } = known;
  return { problem: isProblem(known) ? known.toJSON() : null, name, message, stack };
}

/** The error as it was thrown in the thread. */
export function errorTold(told: ToldError): Error {
  if (told.problem) return Problem.fromJSON(told.problem);
  const error = new Error(told.message);
  error.name = told.name;
  if (told.stack !== undefined) error.stack = told.stack;
  return error;
}
