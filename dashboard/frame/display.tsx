import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { MeAnswer } from "../../src/contract/people.ts";
import { useSpeech } from "../i18n/language.tsx";
import { usePersonName } from "../i18n/person.ts";
import { Icon } from "../parts/icon.tsx";
import { Failure } from "../parts/panel.tsx";
import { Popover } from "../parts/popover.tsx";
import { Segmented } from "../parts/segmented.tsx";
import { endSession, type Refusal } from "../query/http.ts";
import { changePreferences, usePreferences } from "./preferences.ts";

/** Each language is named in itself, so that one finds one's own. */
const LANGUAGES = [
  { value: "en", label: "English" },
  { value: "ar", label: "العربية" },
] as const;
const DIGITS = [
  { value: "latn", label: "123" },
  { value: "arab", label: "١٢٣" },
] as const;

/** Theme, language and digits. */
export function DisplayMenu(props: { readonly me: MeAnswer }): ReactNode {
  const { t, language } = useSpeech();
  const personName = usePersonName();
  const preferences = usePreferences();
  // A fresh page asks who is there, and keeps nothing of what was shown.
  const leave = useMutation<void, Refusal>({
    mutationFn: endSession,
    onSuccess: () => location.assign("/"),
  });
  return (
    <Popover
      name={t("preferences.title")}
      className="popover-end"
      chevron={false}
      label={
        <>
          <Icon name="display" />
          <span className="sr-only">{t("preferences.title")}</span>
        </>
      }
    >
      {() => (
        <div className="display-menu">
          <p className="label-soft">{t("preferences.language")}</p>
          <Segmented
            name={t("preferences.language")}
            value={preferences.language}
            choices={LANGUAGES}
            onChange={(value) => changePreferences({ language: value })}
          />
          {language === "ar" ? (
            <>
              <p className="label-soft">{t("preferences.digits")}</p>
              <Segmented
                name={t("preferences.digits")}
                value={preferences.digits}
                choices={DIGITS}
                onChange={(value) => changePreferences({ digits: value })}
              />
            </>
          ) : null}
          <p className="label-soft">{t("preferences.theme")}</p>
          <Segmented
            name={t("preferences.theme")}
            value={preferences.theme}
            choices={(["system", "light", "dark"] as const).map((theme) => ({
              value: theme,
              label: t(`preferences.theme.${theme}`),
            }))}
            onChange={(value) => changePreferences({ theme: value })}
          />
          <p className="soft">
            {t("preferences.signedIn", {
              person: personName(props.me.person),
              version: props.me.version,
            })}
          </p>
          {leave.error ? <Failure error={leave.error} /> : null}
          <button
            type="button"
            className="button"
            title={t("preferences.signOutHelp")}
            disabled={leave.isPending}
            onClick={() => leave.mutate()}
          >
            {t("preferences.signOut")}
          </button>
        </div>
      )}
    </Popover>
  );
}
