import type { FastifyInstance, FastifyRequest } from "fastify";

/** How long a sender may go on sending after its answer, so that it gets to read it. */
const LINGER_MS = 1000;

/**
 * onResponse hook: a request that was answered before its body had arrived (refused, too large) is read to its end
 * and dropped, but not for ever; a client that has stopped sending would otherwise hold the connection open.
 */
export async function endUnreadRequest(request: FastifyRequest): Promise<void> {
  const { raw } = request;
  if (raw.complete !== false) return;
  raw.resume();
  const timer = setTimeout(() => {
    if (!raw.complete) raw.socket.destroy();
  }, LINGER_MS);
  timer.unref();
}

/** Node closes idle connections once, when closing begins; those still busy then would be waited for up to 5 s. */
export function closeConnectionsOnceIdle(app: FastifyInstance): void {
  let sweep: NodeJS.Timeout | undefined;
  app.addHook("preClose", async () => {
    sweep = setInterval(() => app.server.closeIdleConnections(), 50);
  });
  app.addHook("onClose", async () => clearInterval(sweep));
}
