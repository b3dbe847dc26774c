import { Problem } from "../base/problem.ts";
import { nothingHere } from "./problem-answer.ts";

/** Remembers which addresses exist, so that a wrong verb is told apart from a wrong address. */
export interface AddressBook {
  add(method: string | readonly string[], pattern: string): void;
  /** Verbs that a path answers to, sorted. */
  verbsOf(path: string): string[];
}

export function createAddressBook(): AddressBook {
  const known: { readonly verbs: readonly string[]; readonly path: RegExp }[] = [];
  return {
    add(method, pattern) {
      if (pattern.includes("*")) return;
      const segments = pattern
        .split("/")
        .map((part) =>
          part.startsWith(":") ? "[^/]+" : part.replace(/[.\\+?^${}()|[\]]/g, "\\$&"),
        );
      known.push({
        verbs: typeof method === "string" ? [method] : method,
        path: new RegExp(`^${segments.join("/")}$`),
      });
    },
    verbsOf: (path) =>
      [...new Set(known.filter((one) => one.path.test(path)).flatMap(({ verbs }) => verbs))].sort(),
  };
}

/** Why a request met no route. */
export function unknownAddress(method: string, path: string, verbs: readonly string[]): Problem {
  if (verbs.length > 0) {
    return new Problem("METHOD_NOT_ALLOWED", {
      what: `This address does not answer to ${method}`,
      where: path,
      fix: `Use ${verbs.join(" or ")}.`,
      details: { allowed: verbs },
    });
  }
  return nothingHere();
}
