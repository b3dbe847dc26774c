import type { JobKind } from "../../src/workflows/jobs.ts";

export const STEPS = 4;

/** Steps that may be taken again, from the last one kept; and a deed that may not be done twice. */
export function killKinds(did: (line: string) => void): JobKind[] {
  return [
    {
      kind: "steps",
      attempts: 3,
      afterDeath: () => "again",
      async run({ id }, { checkpoint, keep }) {
        for (let step = Number(checkpoint ?? 0); step < STEPS; step++) {
          did(`${id} ${step}`);
          await keep(step + 1);
        }
        return null;
      },
    },
    {
      kind: "deed",
      attempts: 3,
      afterDeath: ({ checkpoint }) => (checkpoint === null ? "again" : "interrupted"),
      async run({ id }, { keep }) {
        await keep("about to");
        did(id);
        return null;
      },
    },
  ];
}
