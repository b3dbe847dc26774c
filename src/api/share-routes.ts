/** `/s/…`: one view for somebody outside, without signing in; nothing else is behind it. */
import type { FastifyInstance, FastifyReply } from "fastify";
import { isProblem } from "../base/problem.ts";
import type { ShareDesk } from "../workflows/shares.ts";
import { htmlPage } from "./html.ts";

/** The view carries its styles on its elements, as mails do; it runs nothing and asks nobody. */
const VIEW_POLICY = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  "img-src data:",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

export function allowOwnStyles(reply: FastifyReply): void {
  reply.header("content-security-policy", VIEW_POLICY);
}

const GONE = htmlPage({
  title: "This link does not work any more",
  body: `<main class="card"><h1>This link does not work any more</h1>
<p>It has ended, or it was taken back. Ask whoever gave it to you for a new one.</p>
<p lang="ar" dir="rtl">لم يعد هذا الرابط صالحًا. اطلب رابطًا جديدًا ممن أعطاك إياه.</p></main>`,
});

const SAYS = {
  open: ["", ""],
  wrong: ["That is not the password.", "كلمة المرور غير صحيحة."],
  often: [
    "Too many wrong passwords. Wait a quarter of an hour.",
    "محاولات كثيرة خاطئة. انتظر ربع ساعة.",
  ],
} as const;

function lockedPage(says: keyof typeof SAYS): string {
  const [english, arabic] = SAYS[says];
  const said =
    english === ""
      ? ""
      : `<p role="alert">${english} <span lang="ar" dir="rtl">${arabic}</span></p>`;
  return htmlPage({
    title: "Password",
    body: `<main class="card"><h1>This page has a password</h1>
<p lang="ar" dir="rtl">هذه الصفحة محمية بكلمة مرور.</p>${said}
<form method="post"><label>Password · <span lang="ar">كلمة المرور</span>
<input type="password" name="password" required autofocus autocomplete="off"></label> <button>Open · <span lang="ar">افتح</span></button></form></main>`,
  });
}

/** Registers the address of links; searching machines are told to leave it alone. */
export async function registerShareRoutes(app: FastifyInstance, shares: ShareDesk): Promise<void> {
  const hidden = { schema: { hide: true } };
  const show = async (reply: FastifyReply, token: string, password: string | null) => {
    reply.headers({ "cache-control": "no-store", "x-robots-tag": "noindex, nofollow" });
    reply.type("text/html; charset=utf-8");
    try {
      const shared = await shares.open(token, password);
      if (shared.state === "gone") return reply.code(404).send(GONE);
      if (shared.state === "locked")
        return reply.code(401).send(lockedPage(shared.tried ? "wrong" : "open"));
      allowOwnStyles(reply);
      return reply.send(shared.html);
    } catch (error) {
      if (isProblem(error) && error.code === "TOO_MANY_ATTEMPTS")
        return reply.code(429).send(lockedPage("often"));
      throw error;
    }
  };
  await app.register(async (forms) => {
    forms.addContentTypeParser(
      "application/x-www-form-urlencoded",
      { parseAs: "string", bodyLimit: 4096 },
      (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    );
    forms.get<{ Params: { token: string } }>("/s/:token", hidden, (request, reply) =>
      show(reply, request.params.token, null),
    );
    forms.post<{ Params: { token: string }; Body: { password?: unknown } | null }>(
      "/s/:token",
      hidden,
      (request, reply) => {
        const password = request.body?.password;
        return show(reply, request.params.token, typeof password === "string" ? password : null);
      },
    );
  });
}
