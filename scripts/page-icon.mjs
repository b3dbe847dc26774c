// @ts-check
/** Draws the icons that phones want as PNG, from the shape of dashboard/public/icon.svg. */
import { crc32, deflateSync } from "node:zlib";

/** @typedef {readonly [number, number, number]} Colour */
/** @type {Colour} */
const BLUE = [0x00, 0x68, 0xa3];
/** @type {Colour} */
const WHITE = [255, 255, 255];
/** The funnel of the SVG, in its 32 units. */
const FUNNEL = [
  [7, 9],
  [25, 9],
  [18.5, 16.5],
  [18.5, 24],
  [13.5, 21.5],
  [13.5, 16.5],
];
const UNITS = 32;
const CORNER = 6;

/**
 * How far a point lies inside the funnel, in its units; negative outside.
 *
 * @param {number} x @param {number} y
 */
function intoFunnel(x, y) {
  let inside = false;
  let nearest = Number.POSITIVE_INFINITY;
  for (let i = 0, j = FUNNEL.length - 1; i < FUNNEL.length; j = i++) {
    const [xi = 0, yi = 0] = FUNNEL[i] ?? [];
    const [xj = 0, yj = 0] = FUNNEL[j] ?? [];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
    const [dx, dy] = [xj - xi, yj - yi];
    const along = ((x - xi) * dx + (y - yi) * dy) / (dx * dx + dy * dy);
    const t = Math.min(1, Math.max(0, along));
    nearest = Math.min(nearest, Math.hypot(x - xi - t * dx, y - yi - t * dy));
  }
  return inside ? nearest : -nearest;
}

/**
 * The same for the square with round corners.
 *
 * @param {number} x @param {number} y
 */
function intoPlate(x, y) {
  const inner = UNITS / 2 - CORNER;
  const dx = Math.abs(x - UNITS / 2) - inner;
  const dy = Math.abs(y - UNITS / 2) - inner;
  const outside = Math.hypot(Math.max(dx, 0), Math.max(dy, 0));
  return CORNER - outside - Math.min(Math.max(dx, dy), 0);
}

/** @param {string} type @param {Buffer} data */
function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

/**
 * The icon as a PNG.
 *
 * @param {number} size pixels of a side
 * @param {boolean} maskable blue to the edges with the funnel inside the safe circle, for phones that cut their own shape
 * @returns {Buffer}
 */
export function drawIcon(size, maskable) {
  const rows = Buffer.alloc(size * (size * 4 + 1));
  const perUnit = size / UNITS;
  const middle = UNITS / 2;
  const zoom = maskable ? 1.25 : 1;
  // A pixel is covered as far as its middle lies inside, within half a pixel of the edge.
  const covered = (/** @type {number} */ into) => Math.min(1, Math.max(0, 0.5 + into * perUnit));
  for (let py = 0; py < size; py++) {
    for (let px = 0; px < size; px++) {
      const x = (px + 0.5) / perUnit;
      const y = (py + 0.5) / perUnit;
      const white = covered(
        intoFunnel((x - middle) * zoom + middle, (y - middle) * zoom + middle) / zoom,
      );
      const at = py * (size * 4 + 1) + 1 + px * 4;
      for (let c = 0; c < 3; c++)
        rows[at + c] = Math.round((BLUE[c] ?? 0) * (1 - white) + (WHITE[c] ?? 0) * white);
      rows[at + 3] = Math.round((maskable ? 1 : covered(intoPlate(x, y))) * 255);
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(size, 0);
  head.writeUInt32BE(size, 4);
  // 8 bits per channel, with transparency.
  head.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", head),
    chunk("IDAT", deflateSync(rows, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** Puts the icons into the built page. @returns {import("vite").Plugin} */
export function pageIcons() {
  return {
    name: "leadsmart-icons",
    apply: "build",
    generateBundle() {
      for (const size of [192, 512])
        this.emitFile({
          type: "asset",
          fileName: `icon-${size}.png`,
          source: drawIcon(size, false),
        });
      this.emitFile({
        type: "asset",
        fileName: "icon-maskable-512.png",
        source: drawIcon(512, true),
      });
    },
  };
}
