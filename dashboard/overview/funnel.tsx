import type { CSSProperties, ReactNode } from "react";
import type { FunnelAnswer } from "../../src/contract/overview.ts";
import { useSpeech } from "../i18n/language.tsx";
import { isTextKey } from "../i18n/messages.ts";
import { Answered, Panel, Skeleton } from "../parts/panel.tsx";
import { useFunnel } from "../query/overview.ts";
import { changeAddress, useAddress } from "../route/use-address.ts";

/** Where the leads of the period stand: each stage with all that went further. */
export function FunnelPanel(): ReactNode {
  const { t } = useSpeech();
  const { selection } = useAddress();
  const query = useFunnel(selection);
  return (
    <Panel title={t("funnel.title")} className="panel-funnel">
      <Answered query={query} skeleton={<Skeleton className="skeleton-chart" />}>
        {(answer) => <Funnel answer={answer} />}
      </Answered>
    </Panel>
  );
}

/** The stage's name in the reader's language. */
export function useStageName(): (stage: string) => string {
  const { t } = useSpeech();
  return (stage) => {
    const key = `stage.${stage}`;
    return isTextKey(key) ? t(key) : stage;
  };
}

/** The stages in order with what stands beside them. */
export function Funnel(props: { readonly answer: FunnelAnswer }): ReactNode {
  const { t, n, formats } = useSpeech();
  const { answer } = props;
  if (answer.leads === null || answer.undecided === null)
    return <p className="soft">{t("kpi.missing.not_recorded")}</p>;
  if (answer.leads === 0) return <p className="soft">{t("funnel.none")}</p>;
  const beside = answer.beside.filter((stage) => stage.at > 0);
  return (
    <>
      <table className="funnel">
        <thead className="sr-only">
          <tr>
            <th scope="col">{t("column.name")}</th>
            <th scope="col">{t("funnel.reached")}</th>
            <th scope="col">{t("kpi.leads")}</th>
          </tr>
        </thead>
        <tbody>
          {answer.stages.map((stage) => (
            <tr key={stage.stage} data-stage={stage.stage} data-at={stage.at}>
              <th scope="row">
                <StageLink stage={stage.stage} at={stage.at} />
              </th>
              <td className="funnel-bar">
                <span
                  className="funnel-fill"
                  style={{ "--share": stage.shareOfLeads ?? 0 } as CSSProperties}
                  aria-hidden="true"
                />
                <span
                  className="funnel-number number"
                  title={t("funnel.at", { n: formats.count(stage.at) })}
                  data-value={stage.reached}
                >
                  {formats.count(stage.reached)}
                </span>
              </td>
              <td className="number soft">{formats.rate(stage.shareOfLeads)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {beside.length > 0 ? (
        <>
          <h3 className="label-soft">{t("funnel.beside")}</h3>
          <ul className="beside">
            {beside.map((stage) => (
              <li key={stage.stage} data-stage={stage.stage}>
                <StageLink stage={stage.stage} at={stage.at} />{" "}
                <strong className="number" data-value={stage.at}>
                  {formats.count(stage.at)}
                </strong>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <p className="funnel-undecided" data-undecided={answer.undecided}>
        {n("funnel.undecided", answer.undecided, { share: formats.rate(answer.undecidedShare) })}
      </p>
    </>
  );
}

/** The stage's name; a click shows the leads that stand there. */
function StageLink(props: { readonly stage: string; readonly at: number }): ReactNode {
  const { t, formats } = useSpeech();
  const name = useStageName()(props.stage);
  return (
    <button
      type="button"
      className="link"
      title={t("funnel.at", { n: formats.count(props.at) })}
      aria-label={`${name}: ${t("funnel.at", { n: formats.count(props.at) })}`}
      onClick={() => changeAddress({ kpi: "leads", view: "rows", stage: props.stage })}
    >
      {name}
    </button>
  );
}
