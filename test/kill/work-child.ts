/** People and a program work on leads at once, without end, acknowledging each answer; made to be killed. */
import { systemClock } from "../../src/base/clock.ts";
import { seededRandom } from "../../src/base/random.ts";
import { EVERYTHING } from "../../src/domain/scope.ts";
import { createWorkDesk } from "../../src/workflows/work.ts";
import { openWorkspace } from "../../src/workflows/workspace.ts";
import { acknowledge, reportedCommits } from "./report.ts";

const REPS = 4;
const STATUSES = ["NO_ANSWER", "FOLLOW_UP", "QUALIFIED", "SPAM"];

const [home = "", seedText = "", life = ""] = process.argv.slice(2);
const workspace = await openWorkspace({ home, clock: systemClock, onCommit: reportedCommits });
const desk = createWorkDesk(workspace, { quietMs: 50, longestMs: 200 });
const random = seededRandom(Number(seedText)).fork(life);
const grants = [{ account: "a", role: "owner" as const }];
const caller = (person: string) => ({ person, grants, scope: EVERYTHING });
for (let i = 0; i < REPS; i++) {
  if ((await workspace.store.people.find(`rep${i}`)) !== null) continue;
  await workspace.store.people.add({
    id: `rep${i}`,
    name: `Rep ${i}`,
    contact: null,
    grants: [{ account: "a", role: "rep" }],
    by: "owner",
  });
}

const program = async (): Promise<never> => {
  for (let n = 0; ; n++) {
    const leads = Array.from({ length: 3 }, (_, i) => ({
      id: `l${life}.${n}.${i}`,
      account: "a",
      name: "Invented",
      phone: `010${10_000_000 + random.int(80_000_000)}`,
    }));
    const { kept } = await desk.receive(caller("program"), leads);
    acknowledge({ leads: leads.map(({ id }) => id), kept });
  }
};

const rep = async (number: number): Promise<never> => {
  const me = caller(`rep${number}`);
  const had: string[] = [];
  for (let n = 0; ; n++) {
    const { items } = await desk.claim(me, { account: "a", count: 1 });
    for (const { leadId } of items) {
      had.push(leadId);
      acknowledge({ claimed: leadId, by: me.person });
    }
    const leadId = had[random.int(Math.max(1, had.length))];
    if (leadId === undefined) continue;
    const id = `${life}.${n}`;
    const status = STATUSES[random.int(STATUSES.length)] ?? "SPAM";
    const at = systemClock.now().toISOString();
    const told = await desk.outcomes(me, { outcomes: [{ id, account: "a", leadId, status, at }] });
    if (told.items[0]?.outcome === "kept") acknowledge({ outcome: `${me.person} ${id}`, leadId });
    if (n % 5 !== 4) continue;
    await desk.undo(me, { account: "a", leadId, id });
    acknowledge({ undone: `${me.person} ${id}`, leadId });
  }
};

await Promise.all([program(), ...Array.from({ length: REPS }, (_, i) => rep(i))]);
