import type { ReactNode } from "react";
import type { BreakdownAnswer, Frame, Tally } from "../../src/contract/overview.ts";
import { ExportMenu } from "../export/export-menu.tsx";
import { useSpeech } from "../i18n/language.tsx";
import { Answered, Panel, Skeleton } from "../parts/panel.tsx";
import { ScrollBox } from "../parts/scroll-box.tsx";
import { PHONE, useMedia } from "../parts/use-media.ts";
import { breakdownParams, useBreakdown } from "../query/overview.ts";
import type { TallySort } from "../route/address.ts";
import { changeAddress, changeSelection, useAddress } from "../route/use-address.ts";
import { columnName, type TallyColumn, tallyText, tallyTitle, tallyValue } from "./tally.ts";

const COLUMNS: readonly TallyColumn[] = ["spend", "leads", "undecided", "qualified", "cpl", "cpql"];
const SORTABLE: ReadonlySet<string> = new Set<TallySort>(["spend", "leads", "qualified", "cpql"]);

/** Projects or accounts by money, with one line for all others, so that the table ties out. */
export function BreakdownPanel(props: { readonly by: "project" | "account" }): ReactNode {
  const { t } = useSpeech();
  const { selection, projectSort, accountSort } = useAddress();
  const sort = props.by === "project" ? projectSort : accountSort;
  const query = useBreakdown(breakdownParams(selection, props.by, sort));
  const phone = useMedia(PHONE);
  return (
    <Panel
      title={t(`breakdown.${props.by}`)}
      actions={
        <ExportMenu
          table="breakdown"
          of={t(`breakdown.${props.by}`)}
          params={breakdownParams(selection, props.by, sort)}
        />
      }
    >
      <Answered query={query} skeleton={<Skeleton className="skeleton-table" />}>
        {(answer) =>
          answer.items.length === 0 ? (
            <p className="soft">{t("state.noRowsForFilters")}</p>
          ) : phone ? (
            <BreakdownList answer={answer} />
          ) : (
            <BreakdownTable answer={answer} sort={sort} />
          )
        }
      </Answered>
    </Panel>
  );
}

type Item = BreakdownAnswer["items"][number];

function Name(props: { readonly item: Item; readonly by: "project" | "account" }): ReactNode {
  const { t } = useSpeech();
  const { item, by } = props;
  if (item.name === "") return <span className="soft">{t("breakdown.noProject")}</span>;
  return (
    <button
      type="button"
      className="link cut"
      dir="auto"
      title={t("breakdown.filterBy", { name: item.name })}
      onClick={() =>
        changeSelection(by === "project" ? { project: [item.name] } : { account: [item.id] })
      }
    >
      <bdi>{item.name}</bdi>
    </button>
  );
}

/** The six numbers of one line. */
function Cells(props: { readonly tally: Tally; readonly frame: Frame }): ReactNode {
  const speech = useSpeech();
  return COLUMNS.map((column) => (
    <td
      key={column}
      className="number"
      data-column={column}
      data-value={tallyValue(props.tally, column) ?? ""}
      title={tallyTitle(speech, props.tally, column, props.frame)}
    >
      {tallyText(speech.formats, props.tally, column, props.frame)}
    </td>
  ));
}

function BreakdownTable(props: {
  readonly answer: BreakdownAnswer;
  readonly sort: TallySort;
}): ReactNode {
  const speech = useSpeech();
  const { t, n } = speech;
  const { items, rest, total, frame, by } = props.answer;
  return (
    <ScrollBox name={t(`breakdown.${by}`)}>
      <table className="table table-breakdown">
        <thead>
          <tr>
            <th scope="col">{t(by === "project" ? "column.project" : "column.account")}</th>
            {COLUMNS.map((column) => (
              <th
                key={column}
                scope="col"
                className="number"
                aria-sort={
                  !SORTABLE.has(column)
                    ? undefined
                    : column !== props.sort
                      ? "none"
                      : column === "cpql"
                        ? "ascending"
                        : "descending"
                }
              >
                {SORTABLE.has(column) ? (
                  <button
                    type="button"
                    className="sort"
                    onClick={() =>
                      changeAddress(
                        by === "project"
                          ? { projectSort: column as TallySort }
                          : { accountSort: column as TallySort },
                      )
                    }
                  >
                    {columnName(speech, column, frame)}
                  </button>
                ) : (
                  columnName(speech, column, frame)
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.id} data-id={item.id}>
              <th scope="row">
                <Name item={item} by={by} />
              </th>
              <Cells tally={item} frame={frame} />
            </tr>
          ))}
          {rest ? (
            <tr className="row-rest" data-id="rest">
              <th scope="row">{n("count.restGroups", rest.groups)}</th>
              <Cells tally={rest} frame={frame} />
            </tr>
          ) : null}
        </tbody>
        <tfoot>
          <tr data-id="total">
            <th scope="row">{t("breakdown.total")}</th>
            <Cells tally={total} frame={frame} />
          </tr>
        </tfoot>
      </table>
    </ScrollBox>
  );
}

function BreakdownList(props: { readonly answer: BreakdownAnswer }): ReactNode {
  const { t, n } = useSpeech();
  const { items, rest, total, frame, by } = props.answer;
  return (
    <ul className="list">
      {items.map((item) => (
        <li key={item.id} data-id={item.id}>
          <div className="list-name">
            <Name item={item} by={by} />
          </div>
          <TwoNumbers tally={item} frame={frame} />
        </li>
      ))}
      {rest ? (
        <li data-id="rest">
          <span className="list-name soft">{n("count.restGroups", rest.groups)}</span>
          <TwoNumbers tally={rest} frame={frame} />
        </li>
      ) : null}
      <li data-id="total">
        <strong className="list-name">{t("breakdown.total")}</strong>
        <TwoNumbers tally={total} frame={frame} />
      </li>
    </ul>
  );
}

/** On a phone: what was spent and what a qualified lead cost. */
export function TwoNumbers(props: { readonly tally: Tally; readonly frame: Frame }): ReactNode {
  const speech = useSpeech();
  const { formats, t } = speech;
  const { tally, frame } = props;
  return (
    <dl className="two-numbers">
      <div>
        <dt>{t("column.spend")}</dt>
        <dd className="number" data-column="spend" data-value={tally.spendMinor ?? ""}>
          {formats.moneyShort(tally.spendMinor, frame)}
        </dd>
      </div>
      <div>
        <dt>{t("column.cpql")}</dt>
        <dd
          className="number"
          data-column="cpql"
          data-value={tally.cpqlMinor ?? ""}
          title={tallyTitle(speech, tally, "cpql", frame)}
        >
          {formats.moneyShort(tally.cpqlMinor, frame)}
        </dd>
      </div>
    </dl>
  );
}
