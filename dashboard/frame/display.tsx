import type { ReactNode } from "react";
import type { MeAnswer } from "../../src/contract/people.ts";
import { useSpeech } from "../i18n/language.tsx";
import { Icon } from "../parts/icon.tsx";
import { Popover } from "../parts/popover.tsx";
import { Segmented } from "../parts/segmented.tsx";
import { OwnDeeds, WhoIAm } from "./account.tsx";
import { changePreferences, LANGUAGES, usePreferences } from "./preferences.ts";

const DIGITS = [
  { value: "latn", label: "123" },
  { value: "arab", label: "١٢٣" },
] as const;

/** Who is signed in, and how they want the page: theme, language and digits. */
export function DisplayMenu(props: {
  readonly me: MeAnswer;
  readonly onPassword: () => void;
  readonly onPasskeys: () => void;
}): ReactNode {
  const { t, language } = useSpeech();
  const preferences = usePreferences();
  const { me } = props;
  return (
    <Popover
      name={t("preferences.title")}
      className="popover-end"
      chevron={false}
      label={
        <>
          <Icon name="person" />
          <span className="sr-only">{t("preferences.title")}</span>
        </>
      }
    >
      {(close) => (
        <div className="display-menu">
          <WhoIAm me={me} />
          <p className="label-soft">{t("preferences.language")}</p>
          <Segmented
            name={t("preferences.language")}
            value={preferences.language}
            choices={LANGUAGES}
            onChange={(value) => void changePreferences({ language: value })}
          />
          {language === "ar" ? (
            <>
              <p className="label-soft">{t("preferences.digits")}</p>
              <Segmented
                name={t("preferences.digits")}
                value={preferences.digits}
                choices={DIGITS}
                onChange={(value) => void changePreferences({ digits: value })}
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
            onChange={(value) => void changePreferences({ theme: value })}
          />
          <OwnDeeds
            me={me}
            onPassword={() => {
              // The focus is back on the menu's button before the dialog takes it.
              close();
              props.onPassword();
            }}
            onPasskeys={() => {
              close();
              props.onPasskeys();
            }}
          />
        </div>
      )}
    </Popover>
  );
}
