import type { ReactNode } from "react";
import type { RejectRow, RejectsAnswer } from "../../src/contract/imports.ts";
import { useSpeech } from "../i18n/language.tsx";
import { Icon } from "../parts/icon.tsx";
import { MoreButton } from "../parts/more-button.tsx";
import { Answered, Panel, Skeleton } from "../parts/panel.tsx";
import { ScrollBox } from "../parts/scroll-box.tsx";
import { ServerText } from "../parts/server-text.tsx";
import { PHONE, useMedia } from "../parts/use-media.ts";
import { rejectsCsvUrl, useRejects } from "../query/imports.ts";
import { changeAddress, useAddress } from "../route/use-address.ts";

/** Rows that could not be read: where they stand, what is wrong, how to mend it. */
export function RejectsPanel(): ReactNode {
  const { t, formats } = useSpeech();
  const { importId } = useAddress();
  const query = useRejects(importId);
  const phone = useMedia(PHONE);
  const first = query.data?.pages[0];
  return (
    <Panel
      title={t("rejects.title")}
      actions={
        <>
          {importId === null ? null : (
            <span className="chip">
              {t("rejects.ofImport")}
              <button
                type="button"
                className="button-icon"
                aria-label={t("action.remove", { name: t("rejects.ofImport") })}
                onClick={() => changeAddress({ importId: null })}
              >
                <Icon name="close" />
              </button>
            </span>
          )}
          {first && first.total > 0 ? (
            <a className="button" href={rejectsCsvUrl(importId)} download>
              {t("rejects.csv")}
            </a>
          ) : null}
        </>
      }
    >
      <Answered query={query} skeleton={<Skeleton className="skeleton-table" />}>
        {({ pages }) => {
          const rows = pages.flatMap((page) => page.items);
          const { total } = pages[0] as RejectsAnswer;
          if (rows.length === 0) return <p className="soft">{t("rejects.none")}</p>;
          return (
            <>
              <p className="soft" data-total={total}>
                {t("rejects.total", { n: formats.count(total) })}
              </p>
              {phone ? <RejectList rows={rows} /> : <RejectTable rows={rows} />}
              <MoreButton pages={query} />
            </>
          );
        }}
      </Answered>
    </Panel>
  );
}

function keyOf(row: RejectRow): string {
  return [row.importId, row.file, row.line, row.column, row.code].join("\u001f");
}

function RejectTable(props: { readonly rows: readonly RejectRow[] }): ReactNode {
  const { t, formats } = useSpeech();
  return (
    <ScrollBox name={t("rejects.title")}>
      <table className="table table-rejects">
        <thead>
          <tr>
            <th scope="col">{t("rows.file")}</th>
            <th scope="col" className="number">
              {t("rows.line")}
            </th>
            <th scope="col">{t("rejects.column")}</th>
            <th scope="col">{t("rejects.value")}</th>
            <th scope="col">{t("rejects.reason")}</th>
            <th scope="col">{t("rejects.record")}</th>
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <tr key={keyOf(row)}>
              <td className="cut-cell" title={row.file}>
                <bdi className="cut">{row.file}</bdi>
              </td>
              <td className="number">{formats.plain(row.line)}</td>
              <td>
                <bdi>{row.column}</bdi>
              </td>
              <td className="cut-cell" title={row.value ?? undefined}>
                <bdi className="cut code">{row.value}</bdi>
              </td>
              <td className="wrap">
                <ServerText text={row.reason} />
              </td>
              <td className="cut-cell" title={row.record}>
                <bdi className="cut code">{row.record}</bdi>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}

function RejectList(props: { readonly rows: readonly RejectRow[] }): ReactNode {
  const { t, formats } = useSpeech();
  return (
    <ul className="plain">
      {props.rows.map((row) => (
        <li key={keyOf(row)}>
          <p>
            <bdi>{row.file}</bdi> · {t("preview.line", { n: formats.plain(row.line) })}
            {row.column ? (
              <>
                {" · "}
                <bdi>{row.column}</bdi>
              </>
            ) : null}
            {row.value === null ? null : (
              <>
                {" · "}
                <bdi className="code">{row.value}</bdi>
              </>
            )}
          </p>
          <p className="soft">
            <ServerText text={row.reason} />
          </p>
        </li>
      ))}
    </ul>
  );
}
