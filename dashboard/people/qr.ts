/** A QR code as one path of unit squares. */
import { encode } from "uqr";

/** Modules of white that readers need around the code. */
export const QUIET = 4;

export interface QrPicture {
  /** Modules on each side, without the white around. */
  readonly size: number;
  /** Dark modules, each row's runs as rectangles. */
  readonly path: string;
}

/** The code of a text, with a seventh of it restorable (level M) where a screen is photographed askew. */
export function qrPicture(text: string): QrPicture {
  const { data, size } = encode(text, { ecc: "M", border: 0 });
  const runs: string[] = [];
  for (const [y, row] of data.entries()) {
    let start: number | null = null;
    for (let x = 0; x <= row.length; x++) {
      const dark = row[x] === true;
      if (dark && start === null) start = x;
      if (!dark && start !== null) {
        runs.push(`M${start} ${y}h${x - start}v1H${start}z`);
        start = null;
      }
    }
  }
  return { size, path: runs.join("") };
}
