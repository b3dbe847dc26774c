/** A question is answered: by changing the definition it asks about, or by treating the finding it asks about. */
import { createHash } from "node:crypto";
import { canonicalJson } from "../base/canonical-json.ts";
import { Problem } from "../base/problem.ts";
import type { Question } from "../contract/explore.ts";
import { type DefinitionsInput, readDefinitions } from "../domain/definitions.ts";
import { EVERYTHING } from "../domain/scope.ts";
import { TREATMENT_KINDS } from "../domain/treatments.ts";
import type { Json } from "../store/events.ts";
import { changeDefinitions } from "./definitions.ts";
import { explore } from "./explore.ts";
import { treatmentsInForce, WORKSPACE } from "./ledger.ts";
import { acceptTreatment, withdrawTreatment } from "./treat.ts";
import type { Workspace } from "./workspace.ts";

async function questionOf(workspace: Workspace, id: string): Promise<Question> {
  const { questions } = await explore(workspace, { scope: EVERYTHING, asOf: null });
  const question = questions.find((one) => one.id === id);
  if (question) return question;
  throw new Problem("QUESTION_UNKNOWN", {
    what: "There is no such question",
    where: id,
    fix: "List the questions to find its id.",
  });
}

function badAnswer({ id, options }: Question, what: string): Problem {
  const known = options.map((one) => JSON.stringify(one.value)).join(", ");
  return new Problem("BAD_ANSWER", {
    what,
    where: id,
    fix: known === "" ? "Give a value of the kind it asks for." : `Choose one of: ${known}.`,
  });
}

/** A finding is answered by what is done about it; null takes back what was done. */
async function treat(
  workspace: Workspace,
  question: Question,
  finding: string,
  value: Json,
  by: string,
): Promise<void> {
  if (value === null) {
    for (const one of treatmentsInForce(workspace.ledger)) {
      if (one.finding === finding) await withdrawTreatment(workspace, one.id, by);
    }
    return;
  }
  const kind = TREATMENT_KINDS.find((one) => one === value);
  if (!kind) throw badAnswer(question, `${JSON.stringify(value)} is no treatment`);
  await acceptTreatment(workspace, { finding, kind, items: null }, by);
}

/** The change of the definitions that an answer makes. @throws Problem `BAD_ANSWER`, `BAD_DEFINITIONS` */
function changeOf(question: Question, setting: string, value: Json): DefinitionsInput {
  const offered = question.options.some((one) => canonicalJson(one.value) === canonicalJson(value));
  if (!offered && question.free === "none") {
    throw badAnswer(question, `${JSON.stringify(value)} is none of its answers`);
  }
  const change = { default: { [setting]: value } };
  readDefinitions([change], question.id);
  return change as DefinitionsInput;
}

/**
 * Answers a question. The definition that it sets, or the treatment, holds at once for every number; the answer is kept
 * with who gave it and when, also where it confirms what is in force.
 *
 * @param value one of the question's options, or any other value of its kind where it takes one
 * @returns the question as it stands then; a finding that the answer mended may have no question any more: null
 * @throws Problem `QUESTION_UNKNOWN`, `BAD_ANSWER`, `BAD_DEFINITIONS`, `BUILD_FAILED`, and those of treatments
 */
export async function answerQuestion(
  workspace: Workspace,
  id: string,
  value: Json,
  by: string,
): Promise<Question | null> {
  const question = await questionOf(workspace, id);
  const { finding, setting } = question;
  if (finding !== null) await treat(workspace, question, finding, value, by);
  else if (setting !== null) {
    const change = changeOf(question, setting, value);
    await changeDefinitions(workspace, change, by, [
      {
        account: WORKSPACE,
        type: "question.answered",
        key: createHash("sha256")
          .update(`${workspace.ledger.position} ${id} ${canonicalJson(value)}`)
          .digest("hex"),
        occurredAt: workspace.clock.now(),
        payload: { question: id, setting, value, by },
      },
    ]);
  }
  const { questions } = await explore(workspace, { scope: EVERYTHING, asOf: null });
  return questions.find((one) => one.id === id) ?? null;
}
