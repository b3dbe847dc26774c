import type { Accounts } from "./accounts.ts";
import { personOf, writtenName } from "./contact.ts";
import { Draw } from "./draw.ts";
import type { TableFile } from "./table-file.ts";

/** First id of `people`; an account's reps follow each other, its manager is last. */
export const FIRST_PERSON_ID = 500;

/** Writes the sales teams: every account's reps, and a manager where there are four or more. */
export function writePeople(seed: number, accounts: Accounts, people: TableFile): void {
  const draw = new Draw(seed, "rep");
  let n = 0;
  for (const account of accounts.list) {
    const team = account.reps >= 4 ? account.reps + 1 : account.reps;
    for (let i = 0; i < team; i++, n++) {
      const person = personOf(draw.at(n));
      const role = i < account.reps ? "rep" : "sales_manager";
      people.line(
        `${FIRST_PERSON_ID + n},"${writtenName(person, false, draw)}",${role},${person.phone}`,
      );
    }
  }
}
