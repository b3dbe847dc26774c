import { useSpeech } from "./language.tsx";
import type { TextKey } from "./messages.ts";

/** Who is no person but a door or a role of the product, as the server writes it. */
const KNOWN: ReadonlyMap<string, TextKey> = new Map([
  ["owner", "person.owner"],
  ["command line", "person.commandLine"],
  ["sample", "person.sample"],
]);

/** Who did something, in the reader's language where it is the product's own word; names of people stay as they are. */
export function usePersonName(): (name: string) => string {
  const { t } = useSpeech();
  return (name) => {
    const key = KNOWN.get(name);
    return key === undefined ? name : t(key);
  };
}
