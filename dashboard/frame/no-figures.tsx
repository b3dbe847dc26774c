import type { ReactNode } from "react";
import type { MeAnswer } from "../../src/contract/people.ts";
import { useSpeech } from "../i18n/language.tsx";
import { usePersonName } from "../i18n/person.ts";
import { useRoleWords } from "../i18n/role-words.ts";

/** For who works leads and sees no figures: what will stand here, and what they may do now. */
export function NoFigures(props: { readonly me: MeAnswer }): ReactNode {
  const { t } = useSpeech();
  const personName = usePersonName();
  const roleWords = useRoleWords();
  const { me } = props;
  return (
    <div className="empty">
      <h1>{t("rep.title", { name: personName(me.name) })}</h1>
      <p className="soft">
        {roleWords(me.grants).map((words) => (
          <bdi key={words}>{words} </bdi>
        ))}
      </p>
      <p>{t("rep.body")}</p>
      <p>{t("rep.now")}</p>
    </div>
  );
}
