import type { StreamMessage } from "../contract/imports.ts";
import type { Terminal } from "./command.ts";

const WORDS: Readonly<Record<string, string>> = {
  reading: "reading",
  typing: "checking",
  storing: "storing",
  building: "computing the numbers",
};

const count = new Intl.NumberFormat("en");

/** Shows how an import goes on stderr: one living line on a terminal, nothing in a pipe. */
export function showProgress(terminal: Terminal): (message: StreamMessage) => void {
  let shown = 0;
  return (message) => {
    if (!terminal.lively) return;
    if (message.type === "import.progress") {
      const rate =
        message.rowsPerSecond === null ? "" : `, ${count.format(message.rowsPerSecond)} rows/s`;
      const file = message.file === null ? "" : ` ${message.file}`;
      const part = message.fraction === null ? "" : ` ${Math.round(message.fraction * 100)} %`;
      const line = `${WORDS[message.phase] ?? message.phase}${file}${part}: ${count.format(message.rows)} rows${rate}`;
      terminal.err(`\r${line.padEnd(shown)}`);
      shown = line.length;
    } else if (shown > 0) {
      terminal.err(`\r${" ".repeat(shown)}\r`);
      shown = 0;
    }
  };
}
