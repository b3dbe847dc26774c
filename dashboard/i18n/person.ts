import { useNames } from "../query/people.ts";
import { useSpeech } from "./language.tsx";
import type { TextKey } from "./messages.ts";

const COMMAND_LINE = "command line";

/** Who is no person but a door or a role of the product, as the server writes it. */
const KNOWN: ReadonlyMap<string, TextKey> = new Map([
  ["owner", "person.owner"],
  // The name that the owner has until they change it.
  ["Owner", "person.owner"],
  [COMMAND_LINE, "person.commandLine"],
  ["sample", "person.sample"],
]);

/** Who did something, by id or as the server writes it: people by their names, the product's own words in the reader's language. */
export function usePersonName(): (who: string) => string {
  const { t } = useSpeech();
  const names = useNames().data?.names ?? {};
  return (who) => {
    const name = Object.hasOwn(names, who) ? (names[who] ?? who) : who;
    const key = KNOWN.get(name);
    if (key !== undefined) return t(key);
    const account = name.startsWith(`${COMMAND_LINE} (`) ? name.slice(COMMAND_LINE.length) : null;
    return account === null ? name : t("person.commandLine") + account;
  };
}
