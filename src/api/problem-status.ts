/**
 * The HTTP status of every code in docs/errors.md; a test compares table and list.
 *
 * 400 asked wrongly · 404 not there · 409 contradicts what is there · 413 too big · 422 the file or setting is at
 * fault · 500 our machine is at fault · 503 not now.
 */
export const PROBLEM_STATUS: Readonly<Record<string, number>> = {
  BAD_DEFINITIONS: 422,
  BAD_HOST: 421,
  BAD_PERIOD: 400,
  BAD_REQUEST: 400,
  BODY_TOO_LARGE: 413,
  CROSS_SITE: 403,
  IDEMPOTENCY_CONFLICT: 409,
  INTERNAL: 500,
  METHOD_NOT_ALLOWED: 405,
  NOT_ALLOWED: 403,
  NOT_FOUND: 404,
  NOT_READY: 503,
  NOT_SIGNED_IN: 401,
  PAGE_NOT_BUILT: 500,
  TOO_MANY_STREAMS: 503,
  UNSUPPORTED_BODY: 415,
  UPLOAD_INTERRUPTED: 400,
  UPLOAD_TOO_LARGE: 413,
  WAREHOUSE_IN_USE: 503,
  WAREHOUSE_UNREADABLE: 500,
};

/** Status of a code; 500 for one that the table does not know. */
export function statusOf(code: string): number {
  return PROBLEM_STATUS[code] ?? 500;
}
