import { type ReactNode, useId } from "react";
import type { KpisAnswer } from "../../src/contract/overview.ts";
import { useSpeech } from "../i18n/language.tsx";
import { changeAddress, useAddress } from "../route/use-address.ts";
import { KpiCard } from "./kpi-card.tsx";
import { MAIN_KPI_IDS } from "./main-kpis.ts";

export function KpiGrid(props: { readonly answer: KpisAnswer }): ReactNode {
  const { t, formats } = useSpeech();
  const { allKpis } = useAddress();
  const heading = useId();
  const { kpis, frame } = props.answer;
  const main = MAIN_KPI_IDS.flatMap((id) => kpis.find((kpi) => kpi.id === id) ?? []);
  const nothing = kpis.every((kpi) => kpi.value === null);
  const rest = kpis.filter((kpi) => !MAIN_KPI_IDS.includes(kpi.id));
  return (
    <section aria-labelledby={heading}>
      <h2 id={heading} className="sr-only">
        {t("overview.kpis")}
      </h2>
      <div className="cards">
        {[...main, ...(allKpis ? rest : [])].map((kpi) => (
          <KpiCard key={kpi.id} kpi={kpi} frame={frame} nothing={nothing} />
        ))}
      </div>
      {rest.length > 0 ? (
        <button
          type="button"
          className="button button-quiet"
          aria-expanded={allKpis}
          onClick={() => changeAddress({ allKpis: !allKpis })}
        >
          {allKpis
            ? t("overview.fewerKpis")
            : t("overview.allKpis", { n: formats.count(kpis.length) })}
        </button>
      ) : null}
    </section>
  );
}
