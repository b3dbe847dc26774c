import { useSpeech } from "./language.tsx";
import type { TextKey } from "./messages.ts";

const COMMAND_LINE = "command line";

/** Who is no person but a door or a role of the product, as the server writes it. */
const KNOWN: ReadonlyMap<string, TextKey> = new Map([
  ["owner", "person.owner"],
  [COMMAND_LINE, "person.commandLine"],
  ["sample", "person.sample"],
]);

/** Who did something, in the reader's language where it is the product's own word; names of people stay as they are. */
export function usePersonName(): (name: string) => string {
  const { t } = useSpeech();
  return (name) => {
    const key = KNOWN.get(name);
    if (key !== undefined) return t(key);
    const account = name.startsWith(`${COMMAND_LINE} (`) ? name.slice(COMMAND_LINE.length) : null;
    return account === null ? name : t("person.commandLine") + account;
  };
}
