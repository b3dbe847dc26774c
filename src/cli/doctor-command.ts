import { diagnose } from "../workflows/diagnose.ts";
import { COMMON_OPTIONS, type Command, homeOf, parseVerb } from "./command.ts";

const MARKS = { ok: "ok   ", warning: "warn ", failure: "FAIL " } as const;

export const doctorCommand: Command = {
  name: "doctor",
  summary: "check this machine and home, and say how to mend what is wrong",
  usage: "leadsmart doctor [--home DIR] [--json]",
  async run(args, terminal, world) {
    const { values } = parseVerb(doctorCommand, args, COMMON_OPTIONS);
    const checks = await diagnose({
      home: homeOf(values.home, terminal),
      clock: world.clock,
      version: world.version,
      pageDirectory: world.pageDirectory,
    });
    const healthy = checks.every((check) => check.state !== "failure");
    if (values.json) {
      terminal.out(`${JSON.stringify({ healthy, version: world.version, checks }, null, 2)}\n`);
    } else {
      for (const check of checks) {
        terminal.out(`${MARKS[check.state]}${check.name}: ${check.found}\n`);
        if (check.fix !== null) terminal.out(`     ${check.fix}\n`);
      }
    }
    return healthy ? 0 : 1;
  },
};
