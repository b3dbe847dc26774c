/** Lines that a log may keep: addresses without their query (it may hold a token or a searched phone number). */

interface LoggedRequest {
  readonly method: string;
  readonly url: string;
}

function describeRequest(request: LoggedRequest) {
  return { method: request.method, path: request.url.split("?", 1)[0] };
}

/** pino options with queries cut off and, unless the caller redacts otherwise, everything under `pii` removed. */
export function logOptions(given: boolean | object): false | object {
  if (given === false) return false;
  const options = given === true ? {} : given;
  const serializers = "serializers" in options ? (options.serializers as object) : {};
  return {
    redact: { paths: ["pii", "*.pii"], remove: true },
    ...options,
    serializers: { ...serializers, req: describeRequest },
  };
}
