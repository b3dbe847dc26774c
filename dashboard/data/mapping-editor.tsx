import { type ReactNode, useState } from "react";
import type { FilePreview, Mapping, TableName } from "../../src/contract/imports.ts";
import { TABLES } from "../../src/contract/names.ts";
import { useSpeech } from "../i18n/language.tsx";
import { useImportFlow } from "./flow-state.tsx";

const LEVELS = ["campaign", "ad_set", "ad"] as const;
const DATE_FIELD = /(^day$|_at$|_time$|date)/;

/** Date formats as people write them, and as the reader of files needs them (strptime). */
const DATE_FORMATS: readonly { readonly shown: string; readonly format: string }[] = [
  { shown: "2024-10-16", format: "%Y-%m-%d" },
  { shown: "2024-10-16 14:05:00", format: "%Y-%m-%d %H:%M:%S" },
  { shown: "16/10/2024 (D/M/Y)", format: "%d/%m/%Y" },
  { shown: "16/10/2024 14:05 (D/M/Y)", format: "%d/%m/%Y %H:%M" },
  { shown: "10/16/2024 (M/D/Y)", format: "%m/%d/%Y" },
  { shown: "10/16/2024 14:05 (M/D/Y)", format: "%m/%d/%Y %H:%M" },
  { shown: "16-10-2024 (D-M-Y)", format: "%d-%m-%Y" },
  { shown: "16.10.2024 (D.M.Y)", format: "%d.%m.%Y" },
];

/** Which column holds which field. Choosing another table asks the server for that table's fields first. */
export function MappingEditor(props: { readonly file: FilePreview }): ReactNode {
  const { t } = useSpeech();
  const { draft, readAgain } = useImportFlow();
  const { file } = props;
  const [mapping, setMapping] = useState<Mapping>(
    () => file.mapping ?? { table: file.table ?? "campaigns", fields: {} },
  );
  const send = (next: Mapping) => readAgain({ mappings: { ...draft.mappings, [file.name]: next } });
  const put = (field: string, column: string) => {
    const fields = { ...mapping.fields };
    if (column === "") delete fields[field];
    else fields[field] = column;
    setMapping({ ...mapping, fields });
  };
  const putFormat = (field: string, format: string) => {
    const { dateFormats, ...rest } = mapping;
    const formats = { ...dateFormats };
    if (format === "") delete formats[field];
    else formats[field] = format;
    setMapping(Object.keys(formats).length === 0 ? rest : { ...rest, dateFormats: formats });
  };
  return (
    <form
      className="mapping"
      onSubmit={(event) => {
        event.preventDefault();
        send(mapping);
      }}
    >
      <h4>{t("mapping.title", { file: file.name })}</h4>
      <label className="mapping-line">
        <span>{t("mapping.table")}</span>
        <select
          className="input"
          value={file.table ?? ""}
          onChange={(event) => send({ table: event.target.value as TableName, fields: {} })}
        >
          {file.table === null ? <option value="">{t("mapping.chooseTable")}</option> : null}
          {TABLES.map((table) => (
            <option key={table} value={table}>
              {t(`table.${table}`)}
            </option>
          ))}
        </select>
      </label>
      {file.table === null ? null : (
        <>
          <div className="mapping-fields">
            {file.fields.map(({ field, required }) => (
              <div key={field} className="mapping-line">
                <span>
                  <code dir="ltr">{field}</code>
                  {required ? (
                    <span className="badge badge-warn">{t("mapping.required")}</span>
                  ) : null}
                </span>
                <select
                  className="input"
                  aria-label={t("mapping.columnOf", { field })}
                  aria-required={required}
                  value={mapping.fields[field] ?? ""}
                  onChange={(event) => put(field, event.target.value)}
                >
                  <option value="">{t("mapping.none")}</option>
                  {file.header.map((column) => (
                    <option key={column} value={column}>
                      {column}
                    </option>
                  ))}
                </select>
                {DATE_FIELD.test(field) && mapping.fields[field] ? (
                  <select
                    className="input"
                    aria-label={t("mapping.dateFormatOf", { field })}
                    value={mapping.dateFormats?.[field] ?? ""}
                    onChange={(event) => putFormat(field, event.target.value)}
                  >
                    <option value="">{t("mapping.dateAuto")}</option>
                    <DateFormats current={mapping.dateFormats?.[field]} />
                  </select>
                ) : null}
              </div>
            ))}
          </div>
          <ReadingOptions mapping={mapping} onChange={setMapping} />
          <button type="submit" className="button button-main">
            {t("mapping.apply")}
          </button>
        </>
      )}
    </form>
  );
}

function DateFormats(props: { readonly current: string | undefined }): ReactNode {
  const { current } = props;
  const known = DATE_FORMATS.some((item) => item.format === current);
  return (
    <>
      {current !== undefined && !known ? <option value={current}>{current}</option> : null}
      {DATE_FORMATS.map((item) => (
        <option key={item.format} value={item.format}>
          {item.shown}
        </option>
      ))}
    </>
  );
}

/** `mapping` without one of its optional answers, or with a new one. */
function withAnswer<K extends "decimal" | "currency" | "level" | "roundMoney">(
  mapping: Mapping,
  key: K,
  value: Mapping[K] | null,
): Mapping {
  const { [key]: _, ...rest } = mapping;
  return (value === null ? rest : { ...rest, [key]: value }) as Mapping;
}

function ReadingOptions(props: {
  readonly mapping: Mapping;
  readonly onChange: (mapping: Mapping) => void;
}): ReactNode {
  const { t } = useSpeech();
  const { mapping, onChange } = props;
  const hasMoney =
    mapping.table === "insights" || mapping.table === "campaigns" || mapping.table === "deals";
  return (
    <>
      <label className="mapping-line">
        <span>{t("mapping.decimal")}</span>
        <select
          className="input"
          value={mapping.decimal ?? ""}
          onChange={(event) =>
            onChange(
              withAnswer(mapping, "decimal", (event.target.value || null) as "." | "," | null),
            )
          }
        >
          <option value="">{t("mapping.decimal.auto")}</option>
          <option value=".">{t("mapping.decimal.point", { example: "1,234.50" })}</option>
          <option value=",">{t("mapping.decimal.comma", { example: "1.234,50" })}</option>
        </select>
      </label>
      {hasMoney ? (
        <>
          <label className="mapping-line">
            <span>{t("mapping.currency")}</span>
            <input
              className="input"
              dir="ltr"
              maxLength={3}
              placeholder={t("mapping.currencyHint")}
              value={mapping.currency ?? ""}
              onChange={(event) =>
                onChange(withAnswer(mapping, "currency", event.target.value.toUpperCase() || null))
              }
            />
          </label>
          <label className="check">
            <input
              type="checkbox"
              checked={mapping.roundMoney ?? false}
              onChange={(event) =>
                onChange(withAnswer(mapping, "roundMoney", event.target.checked || null))
              }
            />
            {t("mapping.roundMoney")}
          </label>
        </>
      ) : null}
      {mapping.table === "insights" ? (
        <label className="mapping-line">
          <span>{t("mapping.level")}</span>
          <select
            className="input"
            value={mapping.level ?? ""}
            onChange={(event) =>
              onChange(
                withAnswer(
                  mapping,
                  "level",
                  LEVELS.find((level) => level === event.target.value) ?? null,
                ),
              )
            }
          >
            <option value="">{t("mapping.dateAuto")}</option>
            {LEVELS.map((level) => (
              <option key={level} value={level}>
                {t(`flow.level.${level}`)}
              </option>
            ))}
          </select>
        </label>
      ) : null}
    </>
  );
}
