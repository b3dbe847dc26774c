/**
 * The HTTP status of every code in docs/errors.md; a test compares table and list.
 *
 * 400 asked wrongly · 404 not there · 409 contradicts what is there · 413 too big · 422 the file or setting is at
 * fault · 500 our machine is at fault · 503 not now.
 */
export const PROBLEM_STATUS: Readonly<Record<string, number>> = {
  BAD_CURSOR: 400,
  BAD_DEFINITIONS: 422,
  BAD_HOST: 421,
  BAD_PERIOD: 400,
  BAD_REQUEST: 400,
  BAD_USAGE: 400,
  BLOB_MISSING: 500,
  BLOB_REDACTION_LOOP: 500,
  BODY_TOO_LARGE: 413,
  BUILD_FAILED: 500,
  CONFIG_NOT_JSON: 422,
  CROSS_SITE: 403,
  EVENT_CONFLICT: 409,
  EVENT_INVALID: 422,
  FILE_NOT_READABLE: 422,
  FILE_NOT_READ_AGAIN: 422,
  IDEMPOTENCY_CONFLICT: 409,
  INTERNAL: 500,
  LEVEL_UNDECIDED: 409,
  METHOD_NOT_ALLOWED: 405,
  NOTHING_TO_IMPORT: 422,
  NOT_ALLOWED: 403,
  NOT_FOUND: 404,
  NOT_LOOPBACK: 400,
  NOT_READY: 503,
  NOT_SIGNED_IN: 401,
  NO_SUCH_IMPORT: 404,
  NO_SUCH_PATH: 404,
  PAGE_NOT_BUILT: 500,
  PORT_IN_USE: 503,
  PREVIEW_GONE: 410,
  SAMPLE_OPTIONS: 400,
  SAMPLE_WOULD_OVERWRITE: 409,
  STORE_BUSY: 503,
  STORE_DAMAGED: 500,
  STORE_NEWER: 500,
  STORE_UNREADABLE: 500,
  STORE_WRITE_FAILED: 507,
  TOO_MANY_STREAMS: 503,
  UNSUPPORTED_BODY: 415,
  UPLOAD_GONE: 410,
  UPLOAD_INTERRUPTED: 400,
  UPLOAD_TOO_LARGE: 413,
  WAREHOUSE_IN_USE: 503,
  WAREHOUSE_UNREADABLE: 500,
};

/** Status of a code; 500 for one that the table does not know. */
export function statusOf(code: string): number {
  return PROBLEM_STATUS[code] ?? 500;
}
