/** `leadsmart people`: lets people in, takes them out, makes keys; also while the server runs. */
import { stat } from "node:fs/promises";
import path from "node:path";
import { Problem } from "../base/problem.ts";
import { KEY_DAYS } from "../contract/people.ts";
import { EVERY_ACCOUNT, type Grant, ROLES } from "../domain/roles.ts";
import { openStore } from "../store/sqlite.ts";
import {
  type Actor,
  createPeopleDesk,
  keepOwner,
  OWNER,
  type PeopleDesk,
} from "../workflows/people.ts";
import {
  COMMON_OPTIONS,
  type Command,
  homeOf,
  parseVerb,
  personAt,
  type Terminal,
  wholeNumber,
} from "./command.ts";

const OPTIONS = {
  ...COMMON_OPTIONS,
  name: { type: "string" },
  contact: { type: "string" },
  role: { type: "string", multiple: true },
  days: { type: "string" },
  id: { type: "string" },
} as const;

type Values = ReturnType<typeof parseVerb<typeof OPTIONS>>["values"];
type Option = "name" | "contact" | "role" | "days" | "id";

/** Whoever reads the home's files decides about everybody in it. */
const HOLDER: Actor = { person: OWNER, grants: [{ account: EVERY_ACCOUNT, role: "owner" }] };

/** `rep@7` or `owner@*`; the account may hold an @ itself. @throws Problem `BAD_USAGE` */
function grantOf(text: string): Grant {
  const at = text.indexOf("@");
  const role = ROLES.find((one) => one === text.slice(0, at));
  const account = text.slice(at + 1);
  if (at > 0 && role !== undefined && account !== "") return { role, account };
  throw new Problem("BAD_USAGE", {
    what: `--role takes ROLE@ACCOUNT, not "${text}"`,
    fix: `For example --role rep@7, or --role "owner@*" for every account. Roles: ${ROLES.join(", ")}.`,
  });
}

function needed(values: Values, name: "name" | "id"): string {
  const value = values[name]?.trim();
  if (value) return value;
  throw new Problem("BAD_USAGE", {
    what: `This needs --${name}`,
    where: "leadsmart people",
    fix: `Usage: ${peopleCommand.usage}`,
  });
}

function grantsOf({ role = [] }: Values): Grant[] {
  if (role.length > 0) return role.map(grantOf);
  throw new Problem("BAD_USAGE", {
    what: "This needs --role, once or more",
    fix: 'For example --role sales_manager@7 --role viewer@8, or --role "owner@*".',
  });
}

const inWords = (grants: readonly Grant[]) =>
  grants.map(({ role, account }) => `${role}@${account}`).join(", ");

interface Deed {
  readonly options: readonly Option[];
  run(desk: PeopleDesk, values: Values): Promise<{ json: unknown; text: string }>;
}

const linkText = (path: string, until: Date) =>
  `Put this after the address of your server; it works once, until ${until.toISOString().slice(0, 10)}:\n\n  ${path}\n`;

const DEEDS: Readonly<Record<string, Deed>> = {
  list: {
    options: [],
    async run(desk) {
      const people = await desk.list(HOLDER);
      return {
        json: { people },
        text: people
          .map(
            ({ id, name, contact, grants }) =>
              `${id}  ${name}  ${contact ?? "—"}  ${inWords(grants)}\n`,
          )
          .join(""),
      };
    },
  },
  invite: {
    options: ["name", "contact", "role"],
    async run(desk, values) {
      const name = needed(values, "name");
      const grants = grantsOf(values);
      const link = await desk.invite(HOLDER, { name, contact: values.contact ?? null, grants });
      return { json: link, text: linkText(link.path, link.expiresAt) };
    },
  },
  link: {
    options: ["id"],
    async run(desk, values) {
      const link = await desk.link(HOLDER, needed(values, "id"));
      return { json: link, text: linkText(link.path, link.expiresAt) };
    },
  },
  remove: {
    options: ["id"],
    async run(desk, values) {
      const id = needed(values, "id");
      await desk.remove(HOLDER, id);
      return {
        json: { removed: id },
        text: "Removed: their sessions, links and keys have ended.\n",
      };
    },
  },
  key: {
    options: ["name", "role", "days"],
    async run(desk, values) {
      const name = needed(values, "name");
      const days = wholeNumber("days", values.days) ?? KEY_DAYS.usual;
      if (days < 1 || days > KEY_DAYS.most) {
        throw new Problem("BAD_USAGE", {
          what: `--days takes 1 to ${KEY_DAYS.most}, not ${days}`,
          fix: "Make a new key before the old one ends.",
        });
      }
      const key = await desk.createKey(HOLDER, { name, grants: grantsOf(values), days });
      return {
        json: key,
        text: `Told once, here: send it as "Authorization: Bearer …". It ends on ${key.expiresAt.toISOString().slice(0, 10)}.\n\n  ${key.secret}\n`,
      };
    },
  },
  keys: {
    options: [],
    async run(desk) {
      const keys = await desk.keys(HOLDER);
      const state = (revoked: Date | null, until: Date) =>
        revoked === null ? `until ${until.toISOString().slice(0, 10)}` : "revoked";
      return {
        json: { keys },
        text: keys
          .map(
            ({ id, name, grants, revokedAt, expiresAt }) =>
              `${id}  ${name}  ${inWords(grants)}  ${state(revokedAt, expiresAt)}\n`,
          )
          .join(""),
      };
    },
  },
  revoke: {
    options: ["id"],
    async run(desk, values) {
      const id = needed(values, "id");
      await desk.revokeKey(HOLDER, id);
      return { json: { revoked: id }, text: "Revoked: it opens nothing from now on.\n" };
    },
  },
};

function deedOf(words: readonly string[], values: Values): [string, Deed] {
  const [word = "list", extra] = words;
  const deed = DEEDS[word];
  if (deed === undefined || extra !== undefined) {
    throw new Problem("BAD_USAGE", {
      what: `people does not know what to do with "${extra ?? word}"`,
      fix: `Usage: ${peopleCommand.usage}`,
    });
  }
  const given = (["name", "contact", "role", "days", "id"] as const).find(
    (name) => values[name] !== undefined && !deed.options.includes(name),
  );
  if (given === undefined) return [word, deed];
  throw new Problem("BAD_USAGE", {
    what: `--${given} does not belong to "people ${word}"`,
    fix: `Usage: ${peopleCommand.usage}`,
  });
}

/** A home that nobody started has nobody to let in. @throws Problem `NO_HOME` */
async function existing(home: string, terminal: Terminal): Promise<string> {
  const found = await stat(path.join(home, "store.sqlite")).catch(() => null);
  if (found !== null) return home;
  throw new Problem("NO_HOME", {
    what: "There is no home of leadsmart here",
    where: path.relative(terminal.cwd, home) || home,
    fix: "Name it with --home, or start leadsmart once to make it.",
  });
}

export const peopleCommand: Command = {
  name: "people",
  summary: "let people in, take them out, make keys for programs",
  usage: `leadsmart people [list | invite | link | remove | keys | key | revoke] [--home DIR] [--json]

  list                                          who may come in, with their ids and roles
  invite --name N --role R@A [--contact C]      a link that lets somebody in once; --role again for further accounts
  link --id ID                                  a new link for somebody; older ones end
  remove --id ID                                ends their sessions, links and keys
  keys                                          keys for programs
  key --name N --role R@A [--days ${KEY_DAYS.usual}]           a new key; its secret is told once
  revoke --id ID                                ends a key

  Roles: ${ROLES.join(", ")}. An account, or * for every one: --role "owner@*".`,
  async run(args, terminal, world) {
    const { values, positionals } = parseVerb(peopleCommand, args, OPTIONS, { positionals: true });
    const [word, deed] = deedOf(positionals, values);
    const home = await existing(homeOf(values.home, terminal), terminal);
    const store = await openStore({ home, clock: world.clock });
    try {
      await keepOwner(store);
      const { json, text } = await deed.run(createPeopleDesk(store, world.clock), values);
      if (word !== "list" && word !== "keys") {
        const { id } = values;
        const about = id === undefined ? {} : { id };
        await store.audit.add({
          person: OWNER,
          via: personAt(terminal),
          action: `people ${word}`,
          about,
          status: 200,
        });
      }
      terminal.out(values.json ? `${JSON.stringify(json, null, 2)}\n` : text);
      return 0;
    } finally {
      await store.close();
    }
  },
};
