import type { IncomingMessage } from "node:http";
import { type Readable, Transform } from "node:stream";
import { Problem } from "../base/problem.ts";

function tooLarge(limitBytes: number): Problem {
  return new Problem("UPLOAD_TOO_LARGE", {
    what: `The file is larger than the limit of ${Math.round((limitBytes / 2 ** 30) * 100) / 100} GiB`,
    fix: "Split it by date, compress it (.gz), import it with the command line, or start the server with a larger --upload-limit.",
    details: { limitBytes },
  });
}

/**
 * A request's body as a stream that is never longer than the limit; nothing is held in memory.
 *
 * On overflow the stream fails with `UPLOAD_TOO_LARGE` and the rest of the body is read and dropped, so that the
 * sender receives the answer; when the sender goes away it fails with `UPLOAD_INTERRUPTED`.
 *
 * @throws Problem `UPLOAD_TOO_LARGE` at once when the announced length is already too large
 */
export function countedBody(request: IncomingMessage, limitBytes: number): Readable {
  const announced = Number(request.headers["content-length"] ?? 0);
  if (announced > limitBytes) throw tooLarge(limitBytes);
  let bytes = 0;
  const counter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > limitBytes) done(tooLarge(limitBytes));
      else done(null, chunk);
    },
  });
  const interrupt = () => {
    if (request.readableEnded || counter.destroyed) return;
    counter.destroy(
      new Problem("UPLOAD_INTERRUPTED", {
        what: "The connection ended before the whole file had arrived",
        fix: "Upload it again; nothing of it was kept.",
      }),
    );
  };
  request.once("close", interrupt);
  request.once("error", interrupt);
  counter.once("close", () => {
    request.unpipe(counter);
    request.resume();
  });
  // The reader of the stream hears of its failure; without a listener here a late one would end the process.
  counter.on("error", () => {});
  request.pipe(counter);
  return counter;
}
