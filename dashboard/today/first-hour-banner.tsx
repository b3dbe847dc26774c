import { type ReactNode, useState } from "react";
import { useSpeech } from "../i18n/language.tsx";
import { Icon } from "../parts/icon.tsx";
import { useMayEverywhere } from "../query/may.ts";
import { useFirstHour } from "../query/today.ts";
import { changeOwn } from "../route/use-address.ts";

/** After the first own tables: the way to the five questions, until somebody went through them. */
export function FirstHourBanner(): ReactNode {
  const { t } = useSpeech();
  const may = useMayEverywhere("define");
  const [later, setLater] = useState(false);
  const due = useFirstHour(may).data?.due ?? false;
  if (!may || !due || later) return null;
  return (
    <div className="notice notice-first" role="note" aria-label={t("first.title")}>
      <Icon name="check" />
      <div className="notice-text">
        <p>
          <strong>{t("first.banner")}</strong> {t("first.bannerHelp")}
        </p>
      </div>
      <button
        type="button"
        className="button button-main"
        onClick={() => changeOwn({ first: "money" })}
      >
        {t("first.begin")}
      </button>
      <button type="button" className="button" onClick={() => setLater(true)}>
        {t("first.later")}
      </button>
    </div>
  );
}
