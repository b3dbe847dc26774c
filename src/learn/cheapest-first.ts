/** Goes through all combinations of one choice per list, from the cheapest on, without making them all. */

/** One choice of each list, by place. */
export interface Combination {
  readonly places: readonly number[];
  readonly cost: number;
  /** Places that are not 0. */
  readonly changed: number;
}

interface Waiting extends Combination {
  /** Only this place and later ones may still rise: so every combination is reached in one way. */
  readonly last: number;
}

/** @param costs of the choices of each list, never falling; the first of each is 0 */
export function* cheapestFirst(costs: readonly (readonly number[])[]): Generator<Combination> {
  const heap: Waiting[] = [];
  push(heap, { places: costs.map(() => 0), cost: 0, changed: 0, last: 0 });
  for (let next = pop(heap); next !== undefined; next = pop(heap)) {
    yield next;
    for (let i = next.last; i < costs.length; i++) {
      const place = next.places[i]! + 1;
      if (place >= costs[i]!.length) continue;
      const places = next.places.with(i, place);
      // Summed anew, so that the cost does not depend on the way here.
      const cost = places.reduce((sum, at, list) => sum + costs[list]![at]!, 0);
      push(heap, { places, cost, changed: next.changed + (place === 1 ? 1 : 0), last: i });
    }
  }
}

/** Cheaper first; of equally dear ones that which changes fewer, then the one whose places are the smaller. */
export function isBefore(a: Combination, b: Combination): boolean {
  if (a.cost !== b.cost) return a.cost < b.cost;
  if (a.changed !== b.changed) return a.changed < b.changed;
  const at = a.places.findIndex((place, i) => place !== b.places[i]);
  return at >= 0 && a.places[at]! < b.places[at]!;
}

function push(heap: Waiting[], one: Waiting): void {
  heap.push(one);
  for (let at = heap.length - 1; at > 0; ) {
    const parent = (at - 1) >> 1;
    if (!isBefore(heap[at]!, heap[parent]!)) return;
    swap(heap, at, parent);
    at = parent;
  }
}

function pop(heap: Waiting[]): Waiting | undefined {
  const top = heap[0];
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return top;
  heap[0] = last;
  for (let at = 0; ; ) {
    let least = at;
    for (const child of [2 * at + 1, 2 * at + 2]) {
      if (child < heap.length && isBefore(heap[child]!, heap[least]!)) least = child;
    }
    if (least === at) return top;
    swap(heap, at, least);
    at = least;
  }
}

function swap(heap: Waiting[], a: number, b: number): void {
  const held = heap[a]!;
  heap[a] = heap[b]!;
  heap[b] = held;
}
