import type { ReactNode } from "react";
import { useSpeech } from "../i18n/language.tsx";
import { Segmented } from "../parts/segmented.tsx";
import type { Bulk } from "../query/leads.ts";
import { changeOwn, useAddress } from "../route/use-address.ts";

/** Whether times entered in bulk count, as the address says. */
export function useBulk(): Bulk {
  return useAddress().own.bulk === "counted" ? "counted" : "left_out";
}

export function BulkChoice(): ReactNode {
  const { t } = useSpeech();
  const bulk = useBulk();
  return (
    <div className="bulk-choice" title={t("bulk.help")}>
      <span className="label-soft">{t("bulk.title")}</span>
      <Segmented
        name={t("bulk.title")}
        value={bulk}
        choices={(["left_out", "counted"] as const).map((value) => ({
          value,
          label: t(`bulk.${value}`),
          help: t("bulk.help"),
        }))}
        onChange={(value) => changeOwn({ bulk: value === "counted" ? value : null })}
      />
    </div>
  );
}
