/** Groups of rows by number, renumbered from 0. */

export interface Grouping {
  readonly groups: number;
  /** Group of each row, 0 … groups − 1, in the order in which they first come. */
  readonly of: Uint32Array;
}

/** Renumbers groups; where there are none every row is its own. */
export function grouping(groups: Int32Array | null, rows: number): Grouping {
  const of = new Uint32Array(rows);
  if (groups === null) {
    for (let row = 0; row < rows; row++) of[row] = row;
    return { groups: rows, of };
  }
  const numbers = new Map<number, number>();
  for (let row = 0; row < rows; row++) {
    const group = groups[row]!;
    let number = numbers.get(group);
    if (number === undefined) {
      number = numbers.size;
      numbers.set(group, number);
    }
    of[row] = number;
  }
  return { groups: numbers.size, of };
}
