// @ts-check
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";

/**
 * Runs a program to its end and gives its exit code and everything it printed, in order.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv, live?: boolean }} options `live` shows the output as it comes
 * @returns {Promise<{ code: number, output: string }>} code 1 when it could not start or was ended by a signal
 */
export function runChild(program, args, options) {
  return new Promise((resolve) => {
    let output = "";
    const child = spawn(program, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: ["ignore", options.live ? "inherit" : "pipe", options.live ? "inherit" : "pipe"],
      shell: process.platform === "win32" && !path.isAbsolute(program),
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text) => {
        output += text;
      });
    }
    // Ctrl-C reaches the whole group by itself; a polite kill reaches this process alone.
    const stop = () => {
      child.kill("SIGTERM");
      process.exit(143);
    };
    process.on("SIGTERM", stop);
    child.on("error", (error) => {
      process.off("SIGTERM", stop);
      resolve({ code: 1, output: `${output}${error.message}\n` });
    });
    child.on("close", (code) => {
      process.off("SIGTERM", stop);
      resolve({ code: code ?? 1, output });
    });
  });
}

/**
 * How to start npm: its own script under this Node where it can be found, so that no shell is needed.
 *
 * @returns {{ program: string, args: string[] }}
 */
export function npmCommand() {
  const beside = path.dirname(process.execPath);
  const candidates = [
    process.env.npm_execpath ?? "",
    path.join(beside, "node_modules", "npm", "bin", "npm-cli.js"),
    path.join(beside, "..", "lib", "node_modules", "npm", "bin", "npm-cli.js"),
  ];
  const script = candidates.find((file) => file.endsWith("npm-cli.js") && existsSync(file));
  return script ? { program: process.execPath, args: [script] } : { program: "npm", args: [] };
}
