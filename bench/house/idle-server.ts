import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { type BenchContext, type BenchRow, lowerIsBetter, memoryOf } from "../measure.ts";

const SETTLE_MS = 5000;

/** Time of a second start until the page answers, and resident memory when nobody asks anything. */
export async function idleServer(
  context: BenchContext,
  home: string,
  name: string,
): Promise<BenchRow[]> {
  const started = performance.now();
  const program = path.join(context.product, "bin", "leadsmart");
  const child = spawn(
    process.execPath,
    [program, "start", "--home", home, "--port", "0", "--no-sample", "--json"],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const ended = once(child, "close");
  try {
    const { port } = await new Promise<{ port: number }>((resolve, reject) => {
      let text = "";
      child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
        if (text.includes("\n")) resolve(JSON.parse(text));
      });
      child.on("close", (code) => reject(new Error(`the server ended with ${code}`)));
    });
    const ready = await fetch(`http://127.0.0.1:${port}/readyz`);
    await ready.text();
    const seconds = (performance.now() - started) / 1000;
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
    const megabytes = child.pid === undefined ? null : memoryOf(child.pid, "VmRSS");
    const where = `home of ${name}`;
    const rows = [
      lowerIsBetter("second start until /readyz", seconds, null, "s", `${where}; target ≤ 3 s`),
    ];
    if (megabytes !== null) {
      const how = `${where}; VmRSS ${SETTLE_MS / 1000} s after it was ready; goal ≤ 400 MB`;
      rows.push(lowerIsBetter("idle memory of the server", megabytes, null, "MB", how));
    }
    return rows;
  } finally {
    child.kill("SIGTERM");
    await ended;
  }
}
