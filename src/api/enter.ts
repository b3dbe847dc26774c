/** One-time links: the one that the terminal prints, and those that people give each other. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { escaped } from "../report/explore/html.ts";
import { ENTER_PURPOSE, JOIN_PURPOSE } from "../workflows/people.ts";
import { type Access, personOf, signIn } from "./access.ts";
import { htmlPage } from "./html.ts";

const SPENT_LINK = htmlPage({
  title: "This link does not work any more",
  body: `<main class="card"><h1>This link does not work any more</h1>
<p>A sign-in link works once and for a limited time, so that nobody can use it after you.</p>
<p>If somebody invited you, ask them for a new one. If leadsmart runs on your own machine, look at the terminal:
its newest link is the one that works. To get another, stop leadsmart with <kbd>Ctrl</kbd>+<kbd>C</kbd> and start it again.</p>
<p lang="ar" dir="rtl">لم يعد هذا الرابط صالحًا. اطلب رابطًا جديدًا ممن دعاك.</p></main>`,
});

/** Chats and mail programs open links to show what is behind them: coming in takes a press of a button. */
function joinPage(token: string): string {
  return htmlPage({
    title: "Come in",
    body: `<main class="card"><h1>You are invited</h1>
<p>This link lets you in once, on this device, which then stays signed in for 30 days.</p>
<p lang="ar" dir="rtl">يُدخلك هذا الرابط مرة واحدة على هذا الجهاز، ويبقى مسجّلًا 30 يومًا.</p>
<form method="post" action="/join"><input type="hidden" name="token" value="${escaped(token)}">
<button>Come in · <span lang="ar">ادخل</span></button></form></main>`,
  });
}

async function spend(
  request: FastifyRequest,
  reply: FastifyReply,
  options: { readonly purpose: string; readonly token: unknown; readonly landing: string },
  access: Access,
) {
  const { token, purpose } = options;
  const person =
    typeof token === "string" && token !== ""
      ? await access.sessions.spendToken({ purpose, token, now: access.clock.now() })
      : null;
  if (person !== null) {
    await signIn(request, reply, person, access, "link");
    return reply.redirect(options.landing, 303);
  }
  // Reloading the link in a browser that is already signed in is no mistake.
  if ((await personOf(request, access)) !== null) return reply.redirect(options.landing, 303);
  return reply.code(403).type("text/html; charset=utf-8").send(SPENT_LINK);
}

/** Registers `GET /enter?token=…`, and `/join`, which change a one-time token for a session cookie. */
export async function registerEnter(
  app: FastifyInstance,
  access: Access,
  { landing }: { readonly landing: string },
): Promise<void> {
  const hidden = { schema: { hide: true } };
  app.get<{ Querystring: { token?: unknown } }>("/enter", hidden, async (request, reply) => {
    reply.header("cache-control", "no-store");
    // A browser that guesses the next page must not use the token up.
    if (String(request.headers["sec-purpose"] ?? "").includes("prefetch")) {
      return reply.code(503).send();
    }
    const { token } = request.query;
    return spend(request, reply, { purpose: ENTER_PURPOSE, token, landing }, access);
  });
  await app.register(async (forms) => {
    forms.addContentTypeParser(
      "application/x-www-form-urlencoded",
      { parseAs: "string", bodyLimit: 4096 },
      (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    );
    forms.get<{ Querystring: { token?: unknown } }>("/join", hidden, async (request, reply) => {
      reply.header("cache-control", "no-store");
      const { token } = request.query;
      if (typeof token !== "string" || token === "") {
        return reply.code(403).type("text/html; charset=utf-8").send(SPENT_LINK);
      }
      return reply.type("text/html; charset=utf-8").send(joinPage(token));
    });
    forms.post<{ Body: { token?: unknown } | null }>("/join", hidden, async (request, reply) => {
      reply.header("cache-control", "no-store");
      const token = request.body?.token;
      return spend(request, reply, { purpose: JOIN_PURPOSE, token, landing }, access);
    });
  });
}
