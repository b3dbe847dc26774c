import type { ReactNode } from "react";
import type { Finding } from "../../src/contract/explore.ts";
import type { Currency } from "../../src/contract/formats.ts";
import { useSpeech } from "../i18n/language.tsx";
import { ScrollBox } from "../parts/scroll-box.tsx";
import { ListingTable } from "./listing-table.tsx";
import { SqlText } from "./sql-text.tsx";
import { useTold } from "./told.ts";

/** Where exactly, the first rows, what fired, and the SQL that lists all. */
export function FindingDetails(props: {
  readonly finding: Finding;
  readonly money: Currency;
  readonly may: boolean;
  readonly chosen: readonly string[];
  readonly onChoose: (ids: readonly string[]) => void;
}): ReactNode {
  const { t, formats } = useSpeech();
  const told = useTold();
  const { finding, money } = props;
  const title = told(finding.title);
  return (
    <div className="finding-details">
      <ItemsTable {...props} />
      {finding.examples.rows.length > 0 ? (
        <section>
          <h4>{t("explore.firstRows")}</h4>
          <ListingTable
            listing={finding.examples}
            money={money}
            name={`${title}: ${t("explore.firstRows")}`}
          />
        </section>
      ) : null}
      {finding.thresholds.length > 0 ? (
        <section>
          <h4>{t("explore.thresholds")}</h4>
          <ul className="plain">
            {finding.thresholds.map(({ name, value, seen }) => (
              <li key={name}>
                <code>{name.includes(".") ? name : `${finding.rule}.${name}`}</code>{" "}
                {t("explore.threshold", {
                  value: formats.number(value),
                  seen: formats.number(seen),
                })}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      <SqlText sql={finding.sql} />
    </div>
  );
}

/** The items of a finding; boxes choose those that a proposal is accepted for. */
function ItemsTable(props: Parameters<typeof FindingDetails>[0]): ReactNode {
  const { t, n, formats } = useSpeech();
  const told = useTold();
  const { finding, money, chosen, onChoose } = props;
  const { items, itemsTotal } = finding;
  if (items.length === 0) return null;
  const some = (has: (item: (typeof items)[number]) => boolean) => items.some(has);
  const accounts = some((item) => item.account !== null && item.account !== item.label);
  const amounts = some((item) => item.moneyMinor !== null);
  const leads = some((item) => item.leads !== null);
  const details = some((item) => item.detail !== null);
  const choosable = props.may && finding.proposals.length > 0 && items.length > 1;
  const title = `${told(finding.title)}: ${t("explore.where")}`;
  return (
    <section>
      <h4>
        {t("explore.where")}
        {choosable ? <span className="label-soft"> · {t("explore.chooseSome")}</span> : null}
      </h4>
      <ScrollBox name={title} className="items-scroll">
        <table className="table table-items">
          <thead>
            <tr>
              {choosable ? (
                <th scope="col">
                  <span className="sr-only">{t("explore.choose")}</span>
                </th>
              ) : null}
              <th scope="col">{t("explore.item")}</th>
              {accounts ? <th scope="col">{t("column.account")}</th> : null}
              <th scope="col" className="number">
                {t("explore.rows")}
              </th>
              {amounts ? (
                <th scope="col" className="number">
                  {t("explore.money")}
                </th>
              ) : null}
              {leads ? (
                <th scope="col" className="number">
                  {t("column.leads")}
                </th>
              ) : null}
              {details ? <th scope="col">{t("explore.detail")}</th> : null}
            </tr>
          </thead>
          <tbody>
            {items.map((item) => (
              <tr key={item.id} data-item={item.id} data-treated={item.treatment !== null}>
                {choosable ? (
                  <td>
                    <input
                      type="checkbox"
                      aria-label={item.label}
                      checked={chosen.includes(item.id)}
                      onChange={(event) =>
                        onChoose(
                          event.target.checked
                            ? [...chosen, item.id]
                            : chosen.filter((id) => id !== item.id),
                        )
                      }
                    />
                  </td>
                ) : null}
                <th scope="row">
                  <bdi>{item.label}</bdi>{" "}
                  {item.treatment === null ? null : (
                    <span className="badge badge-good">{t("explore.treated")}</span>
                  )}
                </th>
                {accounts ? (
                  <td>
                    <bdi>{item.account}</bdi>
                  </td>
                ) : null}
                <td className="number">{formats.count(item.rows)}</td>
                {amounts ? (
                  <td className="number">
                    <bdi>{formats.money(item.moneyMinor, money)}</bdi>
                  </td>
                ) : null}
                {leads ? <td className="number">{formats.count(item.leads)}</td> : null}
                {details ? (
                  <td className="wrap">{item.detail ? told(item.detail) : null}</td>
                ) : null}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
      {itemsTotal > items.length ? (
        <p className="soft">{n("count.restGroups", itemsTotal - items.length)}</p>
      ) : null}
    </section>
  );
}
