/** Which rows of a long list stand in the document, and where; plain arithmetic, so that a test can walk it. */

/** Browsers draw no box much taller; a longer list is squeezed into it, and the scrollbar still reaches every row. */
export const MOST_PX = 12_000_000;
/** Rows come and go in blocks: small ones, so that no step of a scroll draws many at once. */
const BLOCK = 4;
/** Rows kept ready before and after those in sight. */
const SPARE = 12;

export interface Scrolled {
  readonly scrollTop: number;
  /** Height in which rows are seen, without head and foot. */
  readonly viewport: number;
  readonly total: number;
  readonly rowPx: number;
}

export interface RowWindow {
  /** First row drawn, and the one after the last. */
  readonly first: number;
  readonly end: number;
  /** Rows in sight: first, and the one after the last. */
  readonly seen: number;
  readonly seenEnd: number;
  /** From the top of the list to the first row drawn. */
  readonly top: number;
  /** Of the whole list. */
  readonly height: number;
}

/** The list's height, and how far its rows lie above the window when it is scrolled so far. */
function places({ scrollTop, viewport, total, rowPx }: Scrolled) {
  const full = total * rowPx;
  const height = Math.min(full, MOST_PX);
  const most = Math.max(0, height - viewport);
  const at = Math.min(Math.max(scrollTop, 0), most);
  const above = full === height || most === 0 ? at : (at / most) * (full - viewport);
  return { height, at, above, full, most };
}

/** What is drawn when a list is scrolled so far. */
export function rowWindow(scrolled: Scrolled): RowWindow {
  const { viewport, total, rowPx } = scrolled;
  const { height, at, above } = places(scrolled);
  const seen = Math.min(total, Math.floor(above / rowPx));
  const seenEnd = Math.min(total, Math.ceil((above + viewport) / rowPx));
  const first = Math.max(0, Math.floor((seen - SPARE) / BLOCK) * BLOCK);
  const end = Math.min(total, Math.ceil((seenEnd + SPARE) / BLOCK) * BLOCK);
  // What is drawn may not make the list taller than it is.
  const top = Math.max(0, Math.min(at + first * rowPx - above, height - (end - first) * rowPx));
  return { first, end, seen, seenEnd, top, height };
}

/** How far to scroll so that a row is in sight; where it stands already, not at all. */
export function scrollFor(index: number, scrolled: Scrolled): number {
  const { viewport, rowPx } = scrolled;
  const { at, above, full, height, most } = places(scrolled);
  const start = index * rowPx;
  const wanted =
    start < above ? start : start + rowPx > above + viewport ? start + rowPx - viewport : null;
  if (wanted === null) return at;
  return full === height ? wanted : (wanted / (full - viewport)) * most;
}
