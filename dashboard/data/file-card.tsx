import { type ReactNode, useState } from "react";
import type { FilePreview } from "../../src/contract/imports.ts";
import { decimalsOf } from "../format/currency.ts";
import { useSpeech } from "../i18n/language.tsx";
import { isTextKey } from "../i18n/messages.ts";
import { Icon } from "../parts/icon.tsx";
import { ScrollBox } from "../parts/scroll-box.tsx";
import { ServerText } from "../parts/server-text.tsx";
import { useCurrencyOf } from "../query/definitions.ts";
import { useImportFlow } from "./flow-state.tsx";
import { MappingEditor } from "./mapping-editor.tsx";

const ACCOUNTS_SHOWN = 4;
const REJECTS_SHOWN = 20;
/** Advice for a terminal, where the page has the editor below instead. */
const MENDED_BY_MAPPING = /--map /;

/** What one file would bring, or why it cannot be read as it is. */
export function FileCard(props: { readonly file: FilePreview }): ReactNode {
  const { t, n, formats } = useSpeech();
  const { file } = props;
  const { draft } = useImportFlow();
  const accounts = useAccounts(file);
  const [editing, setEditing] = useState(
    () => file.table === null || file.problem !== null || file.name in draft.mappings,
  );
  return (
    <article className="file-card" data-file={file.name} aria-label={file.name}>
      <header>
        <Icon name="file" />
        <h3>
          <bdi>{file.name}</bdi>
        </h3>
        <span
          className={file.table === null ? "badge badge-warn" : "badge"}
          data-table={file.table ?? ""}
        >
          {file.table === null ? t("preview.unrecognised") : t(`table.${file.table}`)}
        </span>
        {file.rowsRejected > 0 ? (
          <span className="badge badge-bad">{n("count.rejected", file.rowsRejected)}</span>
        ) : null}
      </header>
      {file.problem ? (
        <div className="notice notice-bad" role="alert">
          <Icon name="warning" />
          <div className="notice-text">
            <p>
              <ServerText text={file.problem.what} />
            </p>
            {file.problem.where ? (
              <p className="soft">
                <ServerText text={file.problem.where} />
              </p>
            ) : null}
            <p>
              {MENDED_BY_MAPPING.test(file.problem.fix) ? (
                t("preview.mapHint")
              ) : (
                <ServerText text={file.problem.fix} />
              )}
            </p>
          </div>
        </div>
      ) : null}
      {file.alreadyImported ? <p className="soft">{t("flow.alreadyImported")}</p> : null}
      <SharedIds file={file} />
      <dl className="file-facts">
        <Fact
          name={t("preview.accepted")}
          value={formats.count(file.rowsAccepted)}
          exact={file.rowsAccepted}
        />
        <Fact
          name={t("preview.rejected")}
          value={formats.count(file.rowsRejected)}
          exact={file.rowsRejected}
        />
        {file.totalRows > 0 ? (
          <Fact
            name={t("preview.totalRows")}
            value={formats.count(file.totalRows)}
            exact={file.totalRows}
          />
        ) : null}
        {file.firstDay && file.lastDay ? (
          <Fact name={t("preview.days")} value={formats.period(file.firstDay, file.lastDay)} />
        ) : null}
        <Sums file={file} />
        {file.accounts.length > 0 ? <Fact name={t("preview.accounts")} value={accounts} /> : null}
        {file.overlap.same > 0 ? (
          <Fact
            name={t("preview.overlapSame")}
            value={formats.count(file.overlap.same)}
            exact={file.overlap.same}
          />
        ) : null}
        {file.overlap.supersedes > 0 ? (
          <Fact
            name={t("preview.overlapNewer")}
            value={formats.count(file.overlap.supersedes)}
            exact={file.overlap.supersedes}
          />
        ) : null}
        {file.format ? (
          <Fact
            name={t("preview.format")}
            value={[file.format, file.encoding, formats.bytes(file.bytes)]
              .filter(Boolean)
              .join(" · ")}
          />
        ) : null}
        {file.level ? (
          <Fact name={t("preview.level")} value={t(`flow.level.${file.level}`)} />
        ) : null}
      </dl>
      {file.sample.length > 0 ? <Sample file={file} /> : null}
      {file.rejects.length > 0 ? <Rejects file={file} /> : null}
      {file.header.length > 0 ? (
        editing ? (
          <MappingEditor file={file} />
        ) : (
          <button type="button" className="button" onClick={() => setEditing(true)}>
            {t("preview.editMapping")}
          </button>
        )
      ) : null}
    </article>
  );
}

function Fact(props: {
  readonly name: string;
  readonly value: string;
  readonly exact?: number;
}): ReactNode {
  return (
    <div>
      <dt>{props.name}</dt>
      <dd className="number" data-value={props.exact}>
        <bdi>{props.value}</bdi>
      </dd>
    </div>
  );
}

/** Rows that another account's ids make ambiguous, told before anything counts. */
function SharedIds(props: { readonly file: FilePreview }): ReactNode {
  const { t, formats } = useSpeech();
  const { elsewhere, unclear } = props.file.sharedIds;
  if (elsewhere + unclear === 0) return null;
  return (
    <div className="notice notice-warn">
      <Icon name="warning" />
      <div className="notice-text">
        {elsewhere > 0 ? (
          <p data-shared="elsewhere" data-value={elsewhere}>
            {t("preview.sharedElsewhere", { n: formats.count(elsewhere) })}
          </p>
        ) : null}
        {unclear > 0 ? (
          <p data-shared="unclear" data-value={unclear}>
            {t("preview.sharedUnclear", { n: formats.count(unclear) })}
          </p>
        ) : null}
      </div>
    </div>
  );
}

function useAccounts(file: FilePreview): string {
  const { t, formats } = useSpeech();
  const names = file.accounts.slice(0, ACCOUNTS_SHOWN).join(", ");
  const more = file.accountCount - ACCOUNTS_SHOWN;
  return more > 0 ? t("preview.accountsMore", { names, n: formats.count(more) }) : names;
}

/** Sums as typed; what is counted in minor units carries it in its name. */
function Sums(props: { readonly file: FilePreview }): ReactNode {
  const { t, formats } = useSpeech();
  const { draft } = useImportFlow();
  const usual = useCurrencyOf(draft.account);
  const { file } = props;
  const currency = file.currency ?? usual;
  return Object.entries(file.sums).map(([name, sum]) => {
    const key = `sum.${name}`;
    // Some sums only count the rows once more.
    if (!isTextKey(key) && sum === file.rowsAccepted) return null;
    return (
      <Fact
        key={name}
        name={isTextKey(key) ? t(key) : name}
        value={
          name.endsWith("Minor")
            ? formats.money(sum, { currency, currencyDecimals: decimalsOf(currency) })
            : formats.count(sum)
        }
        exact={sum}
      />
    );
  });
}

function Sample(props: { readonly file: FilePreview }): ReactNode {
  const { t } = useSpeech();
  const { file } = props;
  return (
    <details>
      <summary>{t("preview.sample")}</summary>
      <ScrollBox name={t("preview.sample")}>
        <table className="table table-source">
          <thead>
            <tr>
              {file.header.map((column) => (
                <th key={column} scope="col">
                  <bdi>{column}</bdi>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {file.sample.map((record) => (
              <tr key={record.join("\u001f")}>
                {file.header.map((column, index) => (
                  <td key={column}>
                    <bdi>{record[index] ?? ""}</bdi>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </details>
  );
}

function Rejects(props: { readonly file: FilePreview }): ReactNode {
  const { t, formats } = useSpeech();
  const { rejects } = props.file;
  return (
    <details>
      <summary>{t("preview.rejects")}</summary>
      <ul className="plain">
        {rejects.slice(0, REJECTS_SHOWN).map((reject) => (
          <li key={`${reject.line} ${reject.column} ${reject.code}`}>
            {t("preview.line", { n: formats.plain(reject.line) })}
            {reject.column ? (
              <>
                {" · "}
                <bdi>{reject.column}</bdi>
              </>
            ) : null}
            {reject.value === null ? null : (
              <>
                {" · "}
                <bdi className="code">{reject.value}</bdi>
              </>
            )}
            {" · "}
            <ServerText text={reject.reason} />
          </li>
        ))}
      </ul>
    </details>
  );
}
