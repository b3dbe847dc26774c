/** Which rows and columns a tree learns from, by chance that depends on the seed alone. */
import type { Random } from "../base/random.ts";

/** Whether a row is of the share that a key chooses; each row by itself, so that threads need not agree first. */
export function rowIsTaken(row: number, key: number, share: number): boolean {
  // the finalizer of MurmurHash3 (Appleby 2011)
  let z = (row + key) | 0;
  z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
  z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
  return (z ^ (z >>> 16)) >>> 0 < share * 2 ** 32;
}

/** A share of some places, at least one, in their order. */
function shareOf(places: readonly number[], share: number, random: Random): readonly number[] {
  if (share === 1) return places;
  const taken = [...places];
  const many = Math.max(1, Math.round(share * places.length));
  for (let i = 0; i < many; i++) {
    const j = i + random.int(taken.length - i);
    [taken[i], taken[j]] = [taken[j]!, taken[i]!];
  }
  return taken.slice(0, many).sort((a, b) => a - b);
}

/** The columns of a tree. */
export function treeFeatures(features: number, share: number, random: Random): readonly number[] {
  return shareOf(
    Array.from({ length: features }, (_, feature) => feature),
    share,
    random,
  );
}

/** Gives for one node after the other which of the tree's columns it may use. */
export function nodeFeatures(
  ofTree: readonly number[],
  share: number,
  random: Random,
): () => readonly number[] {
  return () => shareOf(ofTree, share, random);
}
