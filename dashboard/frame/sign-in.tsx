import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { useSpeech } from "../i18n/language.tsx";
import { TextField } from "../parts/field.tsx";
import { Failure } from "../parts/panel.tsx";
import { Segmented } from "../parts/segmented.tsx";
import { useWait } from "../parts/use-wait.ts";
import type { Refusal } from "../query/http.ts";
import { takesPasskeys, usePasskeySignIn, useSignIn } from "../query/people.ts";
import { findSession } from "../query/session.ts";
import { changePreferences, LANGUAGES, usePreferences } from "./preferences.ts";

/** Shown to whom the server does not know; afterwards the page is where it was. */
export function SignIn(): ReactNode {
  const { t, n } = useSpeech();
  const { language } = usePreferences();
  const queries = useQueryClient();
  const signIn = useSignIn();
  const passkey = usePasskeySignIn();
  const wait = useWait(signIn.error);
  const entered = () => {
    // Nothing of who was here before is shown to who is here now.
    queries.clear();
    findSession();
  };
  const [contact, setContact] = useState("");
  const [password, setPassword] = useState("");
  const [incomplete, setIncomplete] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    document.title = `${t("signIn.title")} · ${t("app.name")}`;
  }, [t]);
  useEffect(() => form.current?.querySelector("input")?.focus(), []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (signIn.isPending || wait > 0) return;
    const empty = contact.trim() === "" ? 0 : password === "" ? 1 : null;
    setIncomplete(empty !== null);
    if (empty !== null) {
      form.current?.querySelectorAll("input")[empty]?.focus();
      return;
    }
    signIn.mutate({ contact: contact.trim(), password }, { onSuccess: entered });
  };
  return (
    <main className="alone">
      <h1>
        <span translate="no">{t("app.name")}</span> · {t("signIn.title")}
      </h1>
      <form ref={form} noValidate className="panel fields" onSubmit={submit}>
        <TextField
          label={t("signIn.contact")}
          value={contact}
          autoComplete="username"
          ltr
          onChange={setContact}
        />
        <TextField
          label={t("signIn.password")}
          type="password"
          value={password}
          autoComplete="current-password"
          ltr
          onChange={setPassword}
        />
        {incomplete ? (
          <p className="bad" role="alert">
            {t("signIn.needsBoth")}
          </p>
        ) : signIn.error ? (
          <Refused error={signIn.error} />
        ) : null}
        <button
          type="submit"
          className="button button-main"
          aria-disabled={wait > 0 || signIn.isPending}
        >
          {wait > 0
            ? n("signIn.wait", wait)
            : t(signIn.isPending ? "signIn.signingIn" : "signIn.submit")}
        </button>
        {takesPasskeys() ? (
          <button
            type="button"
            className="button"
            disabled={passkey.isPending}
            onClick={() => passkey.mutate(undefined, { onSuccess: entered })}
          >
            {t("signIn.passkey")}
          </button>
        ) : null}
        {passkey.error ? (
          <p className="bad" role="alert">
            {t("signIn.passkeyRefused")}
          </p>
        ) : null}
      </form>
      <section className="stack" aria-labelledby="links">
        <h2 id="links">{t("signIn.linksTitle")}</h2>
        <p>{t("signIn.invited")}</p>
        <p className="soft">{t("signIn.machine")}</p>
      </section>
      <div>
        <Segmented
          name={t("preferences.language")}
          value={language}
          choices={LANGUAGES}
          onChange={(value) => void changePreferences({ language: value })}
        />
      </div>
    </main>
  );
}

function Refused(props: { readonly error: Refusal }): ReactNode {
  const { t } = useSpeech();
  const code = props.error.problem?.code;
  if (code !== "WRONG_PASSWORD" && code !== "TOO_MANY_ATTEMPTS")
    return <Failure error={props.error} />;
  return (
    <p className="bad" role="alert">
      {t(code === "WRONG_PASSWORD" ? "signIn.wrong" : "signIn.tooMany")}
    </p>
  );
}
