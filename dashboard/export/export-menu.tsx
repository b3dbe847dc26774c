import type { ReactNode } from "react";
import { useSpeech } from "../i18n/language.tsx";
import { Icon } from "../parts/icon.tsx";
import { Popover } from "../parts/popover.tsx";
import { type ExportTable, exportUrl } from "../query/exports.ts";
import { useMay } from "../query/may.ts";

const FORMATS = ["xlsx", "csv"] as const;

/**
 * A table to take away as a file, all of it, as it is filtered and sorted; nothing for who may take none.
 *
 * @param props.params what the table itself was asked with
 * @param props.of what the table is called, for who hears the button alone
 */
export function ExportMenu(props: {
  readonly table: ExportTable;
  readonly of: string;
  readonly params?: URLSearchParams | undefined;
}): ReactNode {
  const { t, language } = useSpeech();
  if (!useMay("export")) return null;
  return (
    <Popover
      name={t("export.name", { table: props.of })}
      className="export-menu"
      label={t("export.label")}
    >
      {(close) => (
        <>
          {FORMATS.map((format) => (
            <a
              key={format}
              className="button"
              href={exportUrl(props.table, props.params, format, language)}
              download
              onClick={close}
            >
              <Icon name="file" />
              {t(`export.${format}`)}
            </a>
          ))}
          <p className="soft">{t("export.help")}</p>
        </>
      )}
    </Popover>
  );
}
