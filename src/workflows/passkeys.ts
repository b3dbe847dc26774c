/**
 * Signing in with a passkey: the browser signs a challenge with a key that never leaves the device, for this server's
 * name alone (W3C Web Authentication, level 3).
 */
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import type { Clock } from "../base/clock.ts";
import { Problem } from "../base/problem.ts";
import type { Passkey, Store } from "../store/store.ts";
import { createThrottle } from "./sign-in.ts";

/** How long a browser may take to answer. */
const ANSWER_MS = 5 * 60 * 1000;
const MOST_CHALLENGES = 10_000;

/** Where a browser stands: passkeys belong to the name of the server. */
export interface Site {
  /** Host without port; an IP address has no passkeys. */
  readonly name: string;
  /** As the browser tells it, e.g. `https://leads.example.org`. */
  readonly origin: string;
}

export interface PasskeyDesk {
  /** What the browser needs to make a passkey for a person. @throws Problem `PASSKEY_NO_NAME` */
  offer(person: string, site: Site): Promise<PublicKeyCredentialCreationOptionsJSON>;
  /** Keeps the passkey that a browser made. @throws Problem `PASSKEY_REFUSED` */
  keep(
    person: string,
    answer: RegistrationResponseJSON,
    name: string,
    site: Site,
  ): Promise<Passkey>;
  list(person: string): Promise<Passkey[]>;
  /** @throws Problem `PASSKEY_UNKNOWN` */
  remove(person: string, id: string): Promise<void>;
  /** What the browser needs to sign in, without saying who. @throws Problem `PASSKEY_NO_NAME` */
  ask(site: Site): Promise<PublicKeyCredentialRequestOptionsJSON>;
  /**
   * Whose passkey answered.
   *
   * @param from where the request comes from; many wrong answers from one place wait
   * @throws Problem `PASSKEY_REFUSED`, `TOO_MANY_ATTEMPTS`
   */
  signIn(answer: AuthenticationResponseJSON, site: Site, from: string): Promise<string>;
}

function refused(cause?: unknown): Problem {
  return new Problem("PASSKEY_REFUSED", {
    what: "This passkey could not be checked",
    fix: "Try again; when it stays so, sign in with a password or a link and make a new passkey.",
    ...(cause === undefined ? {} : { cause }),
  });
}

/** @throws Problem `PASSKEY_NO_NAME` */
function named({ name }: Site): string {
  if (/^[\d.]+$/.test(name) || name.includes(":")) {
    throw new Problem("PASSKEY_NO_NAME", {
      what: `Passkeys belong to a name, and this server is reached by the address ${name}`,
      fix: "Open it under a name (localhost on the machine itself), or sign in with a password.",
    });
  }
  return name;
}

/** Challenges that wait for their answer, each answered once. */
function createChallenges(clock: Clock) {
  const waiting = new Map<string, { readonly person: string | null; readonly until: number }>();
  return {
    put(challenge: string, person: string | null): void {
      const now = clock.now().getTime();
      for (const [old, { until }] of waiting) {
        if (until > now && waiting.size < MOST_CHALLENGES) break;
        waiting.delete(old);
      }
      waiting.set(challenge, { person, until: now + ANSWER_MS });
    },
    /** Whether the challenge was put to this person (null: to whoever wants to come in) and waits still. */
    take(challenge: string, person: string | null): boolean {
      const known = waiting.get(challenge);
      if (known === undefined || known.person !== person) return false;
      waiting.delete(challenge);
      return known.until > clock.now().getTime();
    },
  };
}

export function createPasskeyDesk(
  { passkeys, people }: Pick<Store, "passkeys" | "people">,
  clock: Clock,
): PasskeyDesk {
  const challenges = createChallenges(clock);
  const throttle = createThrottle(clock);
  return {
    async offer(person, site) {
      const known = await people.find(person);
      const own = await passkeys.list(person);
      const options = await generateRegistrationOptions({
        rpName: "leadsmart",
        rpID: named(site),
        userID: new TextEncoder().encode(person),
        userName: known?.contact ?? known?.name ?? person,
        userDisplayName: known?.name ?? "",
        attestationType: "none",
        excludeCredentials: own.map(({ id }) => ({ id })),
        authenticatorSelection: { residentKey: "required", userVerification: "required" },
      });
      challenges.put(options.challenge, person);
      return options;
    },
    async keep(person, answer, name, site) {
      const found = await verifyRegistrationResponse({
        response: answer,
        expectedChallenge: (challenge) => challenges.take(challenge, person),
        expectedOrigin: site.origin,
        expectedRPID: named(site),
        requireUserVerification: true,
      }).catch((error: unknown) => {
        throw refused(error);
      });
      if (!found.verified) throw refused();
      const { id, publicKey, counter, transports } = found.registrationInfo.credential;
      const passkey = { id, person, name, publicKey, counter, transports: transports ?? [] };
      if (!(await passkeys.add(passkey))) throw refused();
      return { ...passkey, addedAt: clock.now(), usedAt: null };
    },
    list: (person) => passkeys.list(person),
    async remove(person, id) {
      if (await passkeys.remove(person, id)) return;
      throw new Problem("PASSKEY_UNKNOWN", {
        what: "You have no such passkey",
        where: id,
        fix: "Load the list again: it may have been removed elsewhere.",
      });
    },
    async ask(site) {
      const options = await generateAuthenticationOptions({
        rpID: named(site),
        userVerification: "required",
      });
      challenges.put(options.challenge, null);
      return options;
    },
    async signIn(answer, site, from) {
      const place = `from ${from}`;
      throttle.check(place);
      const failed = (cause?: unknown) => {
        throttle.failed(place);
        return refused(cause);
      };
      const passkey = await passkeys.find(answer.id);
      if (passkey === null) throw failed();
      const { id, publicKey, counter, transports } = passkey;
      const found = await verifyAuthenticationResponse({
        response: answer,
        expectedChallenge: (challenge) => challenges.take(challenge, null),
        expectedOrigin: site.origin,
        expectedRPID: named(site),
        credential: {
          id,
          publicKey: new Uint8Array(publicKey),
          counter,
          transports: [...transports],
        },
        requireUserVerification: true,
      }).catch((error: unknown) => {
        throw failed(error);
      });
      if (!found.verified) throw failed();
      await passkeys.used(id, found.authenticationInfo.newCounter);
      throttle.succeeded(place);
      return passkey.person;
    },
  };
}
