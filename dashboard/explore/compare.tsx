import type { ReactNode } from "react";
import type { Comparison } from "../../src/contract/explore.ts";
import type { Currency } from "../../src/contract/formats.ts";
import { addDays } from "../format/days.ts";
import { kpiFull } from "../format/kpi.ts";
import { useSpeech } from "../i18n/language.tsx";
import { isTextKey, type TextKey } from "../i18n/messages.ts";
import { Answered, Panel } from "../parts/panel.tsx";
import { ScrollBox } from "../parts/scroll-box.tsx";
import { useComparison, useFindings } from "../query/explore.ts";
import { useImports } from "../query/imports.ts";
import { useFacets } from "../query/overview.ts";
import { dayOrNull } from "../route/address.ts";
import { changeAddress, useAddress } from "../route/use-address.ts";
import { CompareTables } from "./compare-tables.tsx";
import { Examining } from "./examining.tsx";
import { useTold } from "./told.ts";
import { useMoney } from "./use-money.ts";

/** What changed between two imports, or between what was known at the ends of two days. */
export function CompareView(): ReactNode {
  const { t } = useSpeech();
  const { left, right, selection } = useAddress();
  const query = useComparison(left, right);
  const money = useMoney(selection.asOf);
  return (
    <>
      <Panel title={t("explore.compare")}>
        <p className="soft">{t("explore.compareHelp")}</p>
        <div className="compare-ends">
          <End side="left" name={t("explore.before")} value={left} />
          <End side="right" name={t("explore.after")} value={right} />
        </div>
        {left === null && right === null ? <LastDays /> : null}
      </Panel>
      {left === null || right === null ? null : (
        <Answered query={query} stacked skeleton={<Examining />}>
          {(answer) => <Changes answer={answer} money={money} />}
        </Answered>
      )}
    </>
  );
}

/** For who does not know yet what to compare: the last active days, before and after. */
function LastDays(): ReactNode {
  const { t, formats } = useSpeech();
  const last = useFacets().data?.defaultPeriod;
  if (!last) return null;
  const ends = { left: addDays(last.from, -1), right: last.to };
  return (
    <p>
      <button type="button" className="button" onClick={() => changeAddress(ends)}>
        {t("explore.compareLast", {
          before: formats.day(ends.left),
          after: formats.day(ends.right),
        })}
      </button>
    </p>
  );
}

/** Totals of a comparison that the figures of Today know under another name. */
const NAMES: ReadonlyMap<string, TextKey> = new Map([
  ["spendMinor", "kpi.spend"],
  ["campaigns", "table.campaigns"],
  ["statusChanges", "table.lead_status_changes"],
]);

/** One end of the comparison: an import from the list, or any day. */
function End(props: {
  readonly side: "left" | "right";
  readonly name: string;
  readonly value: string | null;
}): ReactNode {
  const { t, formats } = useSpeech();
  const { side, value } = props;
  const pages = useImports().data?.pages ?? [];
  const imports = pages.flatMap((page) => page.items).filter((row) => row.state === "done");
  const day = dayOrNull(value);
  const choose = (next: string) => changeAddress({ [side]: next === "" ? null : next });
  return (
    <fieldset className="compare-end">
      <legend>{props.name}</legend>
      <label>
        <span className="label-soft">{t("explore.anImport")}</span>
        <select
          className="input"
          value={day === null ? (value ?? "") : ""}
          onChange={(event) => choose(event.target.value)}
        >
          <option value="">{t("explore.none")}</option>
          {imports.map((row) => (
            <option key={row.importId} value={row.importId}>
              {formats.instant(row.startedAt)} · {row.files.map((file) => file.name).join(", ")}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span className="label-soft">{t("explore.orDay")}</span>
        <input
          className="input"
          type="date"
          value={day ?? ""}
          onChange={(event) => {
            if (event.target.value === "" || dayOrNull(event.target.value) !== null)
              choose(event.target.value);
          }}
        />
      </label>
    </fieldset>
  );
}

function Changes(props: { readonly answer: Comparison; readonly money: Currency }): ReactNode {
  const { t, formats } = useSpeech();
  const told = useTold();
  const { answer, money } = props;
  const kpiName = (id: string) => {
    const key = NAMES.get(id) ?? `kpi.${id}`;
    return isTextKey(key) ? t(key) : id;
  };
  const show = (unit: string, value: number | null) =>
    kpiFull(formats, unit as Parameters<typeof kpiFull>[1], value, money);
  // A finding that is gone has its rule's title still.
  const now = useFindings(null).data;
  const titleOf = (key: string) => {
    const title =
      now?.findings.find((one) => one.key === key)?.title ??
      now?.checked.titles?.[key.split(":")[0] ?? key];
    return title ? told(title) : <code>{key}</code>;
  };
  const findings = [
    { id: "appeared", title: t("explore.appeared"), keys: answer.findings.appeared },
    { id: "gone", title: t("explore.gone"), keys: answer.findings.gone },
  ].filter(({ keys }) => keys.length > 0);
  return (
    <>
      <Panel title={t("explore.whatChanged")}>
        <ul className="sentences">
          {answer.sentences.map((one) => (
            <li key={one.en}>{told(one)}</li>
          ))}
        </ul>
        {findings.map(({ id, title, keys }) => (
          <p key={id} data-findings={id}>
            {title}:{" "}
            {keys.map((key, i) => (
              <span key={key}>
                {i > 0 ? ", " : ""}
                {titleOf(key)}
              </span>
            ))}
          </p>
        ))}
      </Panel>
      <Panel title={t("overview.kpis")}>
        <ScrollBox name={t("overview.kpis")}>
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{t("column.name")}</th>
                <th scope="col" className="number">
                  {t("explore.before")}
                </th>
                <th scope="col" className="number">
                  {t("explore.after")}
                </th>
                <th scope="col" className="number">
                  {t("explore.change")}
                </th>
              </tr>
            </thead>
            <tbody>
              {answer.totals.map((one) => (
                <tr key={one.kpi} data-kpi-row={one.kpi}>
                  <th scope="row">{kpiName(one.kpi)}</th>
                  <td className="number" data-left={one.left ?? ""}>
                    <bdi>{show(one.unit, one.left)}</bdi>
                  </td>
                  <td className="number" data-right={one.right ?? ""}>
                    <bdi>{show(one.unit, one.right)}</bdi>
                  </td>
                  <td className="number">
                    <bdi>
                      {one.left && one.right !== null
                        ? formats.change(one.right / one.left - 1)
                        : "—"}
                    </bdi>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollBox>
      </Panel>
      <CompareTables answer={answer} money={money} />
    </>
  );
}
