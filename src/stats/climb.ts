/** The top of a smooth hill over a plane. */

/** A place, its height, and the slope there. */
export interface Slope {
  readonly height: number;
  readonly slope: readonly [number, number];
}

/**
 * Newton's steps with a curvature taken from differences of the slope, halved until they climb; where the hill is not
 * round, along the slope.
 *
 * @param start a place on the hill
 * @returns where no step climbs any more, within the limits of ±`reach` about 0
 */
export function climb(
  hill: (u: number, v: number) => Slope,
  start: readonly [number, number],
  reach: number,
): { readonly at: readonly [number, number]; readonly height: number } {
  const inside = (x: number) => Math.min(reach, Math.max(-reach, x));
  let [u, v] = [inside(start[0]), inside(start[1])];
  let here = hill(u, v);
  for (let i = 0; i < 200; i++) {
    const [du, dv] = here.slope;
    const h = 1e-5;
    const alongU = hill(u + h, v).slope;
    const alongV = hill(u, v + h).slope;
    const uu = (alongU[0] - du) / h;
    const vv = (alongV[1] - dv) / h;
    const uv = ((alongU[1] - dv) / h + (alongV[0] - du) / h) / 2;
    const determinant = uu * vv - uv * uv;
    let step: [number, number];
    if (uu < 0 && determinant > 1e-14 * uu * vv) {
      step = [(uv * dv - vv * du) / determinant, (uv * du - uu * dv) / determinant];
    } else {
      const size = Math.hypot(du, dv);
      step = size > 0 ? [du / size, dv / size] : [0, 0];
    }
    const length = Math.hypot(step[0], step[1]);
    if (length > 3) step = [(3 * step[0]) / length, (3 * step[1]) / length];
    let climbed = false;
    for (let scale = 1; scale > 1e-6; scale /= 2) {
      const nextU = inside(u + scale * step[0]);
      const nextV = inside(v + scale * step[1]);
      const next = hill(nextU, nextV);
      if (next.height > here.height) {
        const moved = Math.abs(nextU - u) + Math.abs(nextV - v);
        [u, v] = [nextU, nextV];
        here = next;
        climbed = moved > 1e-12;
        break;
      }
    }
    if (!climbed) break;
  }
  return { at: [u, v], height: here.height };
}
