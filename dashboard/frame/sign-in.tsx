import type { ReactNode } from "react";
import { useSpeech } from "../i18n/language.tsx";

/** Shown to whom the server does not know. */
export function SignIn(): ReactNode {
  const { t } = useSpeech();
  return (
    <main className="alone">
      <h1>{t("signIn.title")}</h1>
      <p>{t("signIn.body")}</p>
      <p>
        <code dir="ltr">{"leadsmart start"}</code>
      </p>
    </main>
  );
}
