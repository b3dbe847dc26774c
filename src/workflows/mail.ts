/** Mail through the server that the environment names (SMTP); null where it names none. */
import { Readable } from "node:stream";
import { Problem } from "../base/problem.ts";

export interface Mail {
  readonly to: string;
  readonly fromName: string;
  readonly subject: string;
  readonly html: string;
}

export interface Mailer {
  /**
   * Resolves when the mail server has taken the mail.
   *
   * @throws Problem `MAIL_REFUSED` where it surely has not, `MAIL_UNSURE` where nobody knows
   */
  send(mail: Mail): Promise<void>;
}

const CONNECT_MS = 20_000;
interface SmtpFailure {
  readonly command?: string;
  readonly responseCode?: number;
  readonly code?: string;
}

/** @param begun whether the text was on its way to the server */
function mailProblem(error: unknown, where: string, begun: boolean): Problem {
  const { command, responseCode, code } = error as SmtpFailure;
  // An answer says what became of it; silence after the text was begun does not.
  const unsure = begun && responseCode === undefined;
  const said = responseCode === undefined ? (code ?? "no answer") : `answer ${responseCode}`;
  if (unsure) {
    return new Problem("MAIL_UNSURE", {
      what: `The mail server broke off after the text (${said}): the mail may have been sent`,
      where,
      fix: "Ask whether it came; begin the job anew only if it did not.",
      details: { hopeless: true },
      cause: error,
    });
  }
  return new Problem("MAIL_REFUSED", {
    what: `The mail server did not take the mail (${said}${command ? ` to ${command}` : ""})`,
    where,
    fix: "Check LEADSMART_SMTP_HOST, _PORT, _USER, _PASSWORD and _FROM, and whether the server is up.",
    cause: error,
  });
}

/**
 * The mailer of `LEADSMART_SMTP_HOST`, `_PORT` (587), `_USER`, `_PASSWORD` and `_FROM`; port 465 speaks TLS from the
 * beginning, others turn to it where the server offers it.
 *
 * @throws Problem `MAIL_NOT_SET` for a host without a sender's address
 */
export function mailerOf(env: Readonly<Record<string, string | undefined>>): Mailer | null {
  const host = env.LEADSMART_SMTP_HOST;
  if (host === undefined || host === "") return null;
  const from = env.LEADSMART_SMTP_FROM;
  const port = Number(env.LEADSMART_SMTP_PORT ?? 587);
  if (from === undefined || !/^[^@\s<>]+@[^@\s<>]+$/.test(from) || !Number.isInteger(port)) {
    throw new Problem("MAIL_NOT_SET", {
      what: "The mail server's settings are not complete",
      where: "LEADSMART_SMTP_FROM, LEADSMART_SMTP_PORT",
      fix: "Set LEADSMART_SMTP_FROM to the address that mails come from, and the port to a number.",
    });
  }
  const user = env.LEADSMART_SMTP_USER;
  return {
    async send({ to, fromName, subject, html }) {
      // Seldom needed, so loaded when it is.
      const { createTransport } = await import("nodemailer");
      const transport = createTransport({
        host,
        port,
        secure: port === 465,
        connectionTimeout: CONNECT_MS,
        greetingTimeout: CONNECT_MS,
        socketTimeout: 3 * CONNECT_MS,
        // Nothing of a mail comes from a file or an address.
        disableFileAccess: true,
        disableUrlAccess: true,
        ...(user ? { auth: { user, pass: env.LEADSMART_SMTP_PASSWORD ?? "" } } : {}),
      });
      let begun = false;
      // Read only once the server has let us in.
      const text = new Readable({
        read() {
          begun = true;
          this.push(html);
          this.push(null);
        },
      });
      try {
        const sender = { name: fromName, address: from };
        await transport.sendMail({ from: sender, to, subject, html: text });
      } catch (error) {
        throw mailProblem(error, `${host}:${port}`, begun);
      } finally {
        transport.close();
      }
    },
  };
}
