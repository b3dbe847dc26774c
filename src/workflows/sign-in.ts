/** Signing in with a password, slower with every wrong one. */
import type { Clock } from "../base/clock.ts";
import { Problem } from "../base/problem.ts";
import { hashPassword, passwordIs } from "../store/passwords.ts";
import { contactKey } from "../store/people.ts";
import type { Store } from "../store/store.ts";

/** Wrong passwords that cost nothing: fingers slip. */
const FREE = 5;
/** After them each one doubles the wait, from a second to a quarter of an hour. */
const LONGEST_WAIT_MS = 15 * 60 * 1000;
/** A wait long past is forgotten. */
const FORGOTTEN_MS = 24 * 60 * 60 * 1000;
const MOST_KEPT = 10_000;

interface Failures {
  count: number;
  last: number;
}

/** Counts failures by name; each name waits on its own. */
export function createThrottle(clock: Clock) {
  const known = new Map<string, Failures>();
  const waitOf = ({ count, last }: Failures) =>
    count < FREE ? 0 : last + Math.min(1000 * 2 ** (count - FREE), LONGEST_WAIT_MS);
  return {
    /** @throws Problem `TOO_MANY_ATTEMPTS` while the name has to wait */
    check(name: string): void {
      const failures = known.get(name);
      const wait = failures ? waitOf(failures) - clock.now().getTime() : 0;
      if (wait <= 0) return;
      const seconds = Math.ceil(wait / 1000);
      throw new Problem("TOO_MANY_ATTEMPTS", {
        what: "There were too many wrong passwords",
        fix: `Try again in ${seconds} s, or ask for a link.`,
        details: { seconds },
      });
    },
    failed(name: string): void {
      const now = clock.now().getTime();
      const before = known.get(name);
      const count = before && now - before.last < FORGOTTEN_MS ? before.count + 1 : 1;
      known.delete(name);
      known.set(name, { count, last: now });
      for (const oldest of known.keys()) {
        if (known.size <= MOST_KEPT) break;
        known.delete(oldest);
      }
    },
    succeeded(name: string): void {
      known.delete(name);
    },
  };
}

export interface SignInDesk {
  /**
   * Whose contact and password these are.
   *
   * @param from where the request comes from; many wrong passwords from one place wait whatever the contact
   * @throws Problem `WRONG_PASSWORD`, also for a contact that nobody has; `TOO_MANY_ATTEMPTS`
   */
  withPassword(contact: string, password: string, from: string): Promise<string>;
  /**
   * Sets a person's password and ends their other sessions.
   *
   * @param current the one before, where there is one
   * @param session secret of the session that stays
   * @throws Problem `WRONG_PASSWORD`, `TOO_MANY_ATTEMPTS`, `CONTACT_MISSING`
   */
  setPassword(
    person: string,
    password: string,
    current: string | undefined,
    session: string | null,
  ): Promise<void>;
}

function wrong(): Problem {
  return new Problem("WRONG_PASSWORD", {
    what: "There is nobody with this e-mail or phone and this password",
    fix: "Check both; whoever invited you can give you a new link.",
  });
}

export function createSignInDesk(
  { people, sessions }: Pick<Store, "people" | "sessions">,
  clock: Clock,
): SignInDesk {
  const throttle = createThrottle(clock);
  return {
    async withPassword(contact, password, from) {
      const names = [`contact ${contactKey(contact)}`, `from ${from}`];
      for (const name of names) throttle.check(name);
      const known = await people.passwordOf(contact);
      if (!(await passwordIs(password, known?.password ?? null)) || known === null) {
        for (const name of names) throttle.failed(name);
        throw wrong();
      }
      for (const name of names) throttle.succeeded(name);
      return known.person;
    },
    async setPassword(id, password, current, session) {
      const person = await people.find(id);
      if (person?.contact == null) {
        throw new Problem("CONTACT_MISSING", {
          what: "A password needs an e-mail or phone to be asked together with",
          where: "contact",
          fix: "Have an owner add one under Settings → People first.",
        });
      }
      if (person.hasPassword) {
        const name = `contact ${contactKey(person.contact)}`;
        throttle.check(name);
        const known = await people.passwordOf(person.contact);
        if (!(await passwordIs(current ?? "", known?.password ?? null))) {
          throttle.failed(name);
          throw wrong();
        }
      }
      await people.setPassword(id, await hashPassword(password));
      await sessions.endOthers(id, session);
    },
  };
}
