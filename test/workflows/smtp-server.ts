/** A small mail server that speaks SMTP (RFC 5321) on loopback, and can be told to misbehave. */

import type { AddressInfo } from "node:net";
import { createServer, type Server } from "node:net";

export interface SmtpServer {
  readonly port: number;
  /** What came, as it was sent, by address. */
  readonly mails: { readonly to: string; readonly text: string }[];
  /** What it does at the end of a text: take it, refuse it, or break off without a word. */
  behave(how: "take" | "refuse" | "break"): void;
  close(): Promise<void>;
}

export async function smtpServer(): Promise<SmtpServer> {
  const mails: SmtpServer["mails"] = [];
  let how: "take" | "refuse" | "break" = "take";
  const server: Server = createServer((socket) => {
    let buffer = "";
    let to = "";
    let inText = false;
    const say = (line: string) => socket.write(`${line}\r\n`);
    const endText = (text: string) => {
      inText = false;
      if (how === "break") {
        mails.push({ to, text });
        socket.destroy();
      } else if (how === "refuse") say("451 4.3.0 try again later");
      else {
        mails.push({ to, text });
        say("250 2.0.0 taken");
      }
    };
    const hear = (line: string) => {
      const verb = line.slice(0, 4).toUpperCase();
      if (verb === "EHLO") say("250 mail.test");
      else if (verb === "RCPT") {
        to = /<([^>]*)>/.exec(line)?.[1] ?? "";
        say("250 2.1.5 ok");
      } else if (verb === "DATA") {
        inText = true;
        say("354 go on");
      } else if (verb === "QUIT") {
        say("221 bye");
        socket.end();
      } else say("250 ok");
    };
    socket.on("error", () => undefined);
    socket.on("data", (chunk) => {
      buffer += chunk.toString("utf8");
      for (;;) {
        const end = inText ? buffer.indexOf("\r\n.\r\n") : buffer.indexOf("\r\n");
        if (end === -1) return;
        const piece = buffer.slice(0, end);
        buffer = buffer.slice(end + (inText ? 5 : 2));
        if (inText) endText(piece);
        else hear(piece);
      }
    });
    say("220 mail.test ready");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    mails,
    behave: (next) => {
      how = next;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
