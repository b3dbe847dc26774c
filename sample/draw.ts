/**
 * The world's chance: one stream per entity, addressed by numbers, so that no table and no entity depends on how much
 * of another one's stream was used. A `Draw` is re-aimed with `at(…)` instead of being made anew: millions of leads
 * each get their own stream without an allocation.
 */

const TO_UNIT = 1 / 4294967296;

function mix(x: number): number {
  let z = x | 0;
  z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
  z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
  return z ^ (z >>> 16);
}

/**
 * xoshiro128** whose 128-bit state is filled from (seed, kind, i, j): different addresses give different streams.
 *
 * @see Blackman & Vigna (2021), ACM Transactions on Mathematical Software 47(4)
 */
export class Draw {
  private readonly root: number;
  private readonly kindKey: number;
  private a = 1;
  private b = 2;
  private c = 3;
  private d = 4;
  private spare = 0;
  private hasSpare = false;

  /** @param kind what the stream is for, e.g. "campaign"; streams of two kinds never meet */
  constructor(seed: number, kind: string) {
    let key = 0x811c9dc5;
    for (let i = 0; i < kind.length; i++) key = Math.imul(key ^ kind.charCodeAt(i), 0x01000193);
    this.root = mix(seed ^ 0x9e3779b9);
    this.kindKey = key;
    this.at(0);
  }

  /** Aims at the stream of entity (i, j); integers below 2^32. */
  at(i: number, j = 0): this {
    this.a = mix(this.root + this.kindKey) ^ i;
    this.b = mix(this.kindKey ^ j) + this.root;
    this.c = mix((i | 0) + 0x9e3779b9) ^ this.kindKey;
    this.d = mix((j | 0) + 0x3c6ef372) ^ mix(i ^ this.root) ^ 1;
    this.a |= 0;
    this.b |= 0;
    this.hasSpare = false;
    for (let n = 0; n < 4; n++) this.word();
    return this;
  }

  private word(): number {
    const m = Math.imul(this.b, 5);
    const result = Math.imul((m << 7) | (m >>> 25), 9);
    const t = this.b << 9;
    this.c ^= this.a;
    this.d ^= this.b;
    this.b ^= this.c;
    this.a ^= this.d;
    this.c ^= t;
    this.d = (this.d << 11) | (this.d >>> 21);
    return result;
  }

  /** Uniform on [0, 1), 32 bits. */
  next(): number {
    return (this.word() >>> 0) * TO_UNIT;
  }

  /** Uniform integer on [0, bound). */
  int(bound: number): number {
    return Math.floor((this.word() >>> 0) * TO_UNIT * bound);
  }

  chance(probability: number): boolean {
    return (this.word() >>> 0) * TO_UNIT < probability;
  }

  /** Standard normal (polar method, Marsaglia & Bray 1964). */
  normal(): number {
    if (this.hasSpare) {
      this.hasSpare = false;
      return this.spare;
    }
    for (;;) {
      const u = 2 * this.next() - 1;
      const v = 2 * this.next() - 1;
      const s = u * u + v * v;
      if (s > 0 && s < 1) {
        const scale = Math.sqrt((-2 * Math.log(s)) / s);
        this.spare = v * scale;
        this.hasSpare = true;
        return u * scale;
      }
    }
  }

  /** exp(mu + sigma · normal). */
  logNormal(median: number, sigma: number): number {
    return median * Math.exp(sigma * this.normal());
  }

  /** Poisson count: Knuth's product below a mean of 30, above it the rounded normal approximation. */
  poisson(mean: number): number {
    if (mean <= 0) return 0;
    if (mean >= 30) return Math.max(0, Math.round(mean + Math.sqrt(mean) * this.normal()));
    const floor = Math.exp(-mean);
    let product = this.next();
    let count = 0;
    while (product > floor) {
      product *= this.next();
      count++;
    }
    return count;
  }

  /** Index drawn with the given cumulative weights (last = total). */
  pick(cumulative: Float64Array): number {
    const target = this.next() * (cumulative[cumulative.length - 1] as number);
    let low = 0;
    let high = cumulative.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((cumulative[middle] as number) > target) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

/** Running sums of weights, for `Draw.pick`. */
export function cumulative(weights: ArrayLike<number>): Float64Array {
  const sums = new Float64Array(weights.length);
  let total = 0;
  for (let i = 0; i < weights.length; i++) {
    total += weights[i] as number;
    sums[i] = total;
  }
  return sums;
}

/** 1 / (1 + exp(−x)). */
export function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
