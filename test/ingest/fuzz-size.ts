/**
 * How large a fuzz test is: its usual number of files, or LEADSMART_RUNS of them in a long run (`npm run proof`), which
 * tells what it met. LEADSMART_SEED says which files.
 */
const long = process.env.LEADSMART_RUNS;
const seed = process.env.LEADSMART_SEED;

/** Settings of a property that usually looks at `usual` files. */
export function fuzzed(usual: number): { readonly numRuns: number; readonly seed?: number } {
  return {
    numRuns: long === undefined ? usual : Math.max(usual, Number(long)),
    ...(seed === undefined ? {} : { seed: Number(seed) }),
  };
}

/** Counts what a long run meets and prints it at the end, as one line of JSON. */
export function tally(name: string): { add(what: string, count?: number): void; print(): void } {
  const counts = new Map<string, number>();
  return {
    add: (what, count = 1) => counts.set(what, (counts.get(what) ?? 0) + count),
    print: () => {
      if (long === undefined) return;
      const sorted = [...counts].sort(([left], [right]) => (left < right ? -1 : 1));
      console.log(JSON.stringify({ fuzz: name, seed, ...Object.fromEntries(sorted) }));
    },
  };
}
