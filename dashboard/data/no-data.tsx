import type { ReactNode } from "react";
import type { KpisAnswer } from "../../src/contract/overview.ts";
import { useSpeech } from "../i18n/language.tsx";
import { Icon } from "../parts/icon.tsx";
import { useMayEverywhere } from "../query/may.ts";
import { useKpis } from "../query/overview.ts";
import { EVERYTHING, HOME } from "../route/address.ts";
import { useAddress, useLink } from "../route/use-address.ts";
import { useImportFlow } from "./flow-state.tsx";
import { useWaiting } from "./waiting.ts";

/** The tables that make the figures, in the order in which they are understood. */
const TABLES = ["campaigns", "insights", "campaign_leads", "lead_status_changes"] as const;

/** Nothing counts: either nothing was imported yet, or what was waits for something. */
export function NoData(): ReactNode {
  const waiting = useKpis(EVERYTHING).data?.unresolved;
  return waiting && waiting.insights + waiting.leads + waiting.statusChanges > 0 ? (
    <Waiting unresolved={waiting} />
  ) : (
    <Nothing />
  );
}

function Nothing(): ReactNode {
  const { t } = useSpeech();
  const flow = useImportFlow();
  if (!useMayEverywhere("import"))
    return (
      <div className="empty">
        <h2>{t("empty.title")}</h2>
        <p>{t("access.noImport")}</p>
      </div>
    );
  return (
    <div className="empty">
      <h2>{t("empty.title")}</h2>
      <p>{t("empty.body")}</p>
      <button type="button" className="button button-main" onClick={flow.open}>
        <Icon name="upload" />
        {t("action.importFiles")}
      </button>
      <dl className="empty-tables">
        {TABLES.map((table) => (
          <div key={table}>
            <dt>{t(`table.${table}`)}</dt>
            <dd>{t(`empty.${table}`)}</dd>
          </div>
        ))}
      </dl>
      <p className="soft">{t("data.dropHint")}</p>
    </div>
  );
}

const DATA = { ...HOME, place: "data" } as const;

/** Rows are there and count nowhere: say why, and what would make them count. */
function Waiting(props: { readonly unresolved: KpisAnswer["unresolved"] }): ReactNode {
  const { t } = useSpeech();
  const flow = useImportFlow();
  const { place } = useAddress();
  const data = useLink(DATA);
  const counts = useWaiting(props.unresolved);
  const may = useMayEverywhere("import");
  return (
    <div className="empty">
      <h2>{t("waiting.title")}</h2>
      <p>{t("waiting.body", { counts })}</p>
      <p>{t("waiting.fix")}</p>
      <div className="buttons">
        {may ? (
          <button type="button" className="button button-main" onClick={flow.open}>
            <Icon name="upload" />
            {t("action.importFiles")}
          </button>
        ) : null}
        {place === "data" ? null : (
          <a {...data} className="button">
            {t("notice.goToData")}
          </a>
        )}
      </div>
    </div>
  );
}
