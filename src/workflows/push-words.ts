/** What an alert says; it stands on a locked screen, so it names a project and nobody. */

type Language = "en" | "ar";

export interface AlertWords {
  readonly title: string;
  readonly body: string;
}

interface Told {
  readonly kind: "assigned" | "pool";
  readonly leads: number;
  /** Null: several, or not known. */
  readonly project: string | null;
}

/** A name of the other direction stays in one piece. */
const apart = (name: string) => `\u2068${name}\u2069`;

/** Counted things as Arabic counts them. */
function counted(n: number): string {
  if (n === 2) return "عميلان جديدان";
  const rest = n % 100;
  return rest >= 3 && rest <= 10 ? `${n} عملاء جدد` : `${n} عميلًا جديدًا`;
}

export function alertWords({ kind, leads, project }: Told, language: Language): AlertWords {
  if (language === "ar") {
    const title = leads === 1 ? "عميل جديد" : counted(leads);
    const what = kind === "assigned" ? "في قائمتك، اتصل الآن." : "لا أحد له بعد: لمن يأخذه أولًا.";
    const many = kind === "assigned" ? "في قائمتك، اتصل الآن." : "لا أحد لهم بعد: لمن يأخذهم أولًا.";
    const body = leads === 1 ? what : many;
    return { title, body: project === null ? body : `${apart(project)} · ${body}` };
  }
  const title = leads === 1 ? "New lead" : `${leads} new leads`;
  const body =
    kind === "assigned" ? "On your list: call now." : "Nobody has it yet: take it first.";
  const told = kind === "pool" && leads > 1 ? "Nobody has them yet: take them first." : body;
  return { title, body: project === null ? told : `${project} · ${told}` };
}

/** What a trial says. */
export function trialWords(language: Language): AlertWords {
  return language === "ar"
    ? { title: "leadsmart", body: "هكذا يصلك خبر عميل جديد." }
    : { title: "leadsmart", body: "This is how you hear of a new lead." };
}
