import type { ReactNode } from "react";
import type { AuditRow } from "../../src/contract/people.ts";
import { ExportMenu } from "../export/export-menu.tsx";
import { useSpeech } from "../i18n/language.tsx";
import { isTextKey } from "../i18n/messages.ts";
import { usePersonName } from "../i18n/person.ts";
import { MoreButton } from "../parts/more-button.tsx";
import { Answered, Panel, Skeleton } from "../parts/panel.tsx";
import { useRecord } from "../query/people.ts";
import { aboutValues } from "./about.ts";

/** Who changed or took away what, newest first. */
export function RecordPanel(): ReactNode {
  const { t } = useSpeech();
  const query = useRecord();
  return (
    <Panel title={t("record.title")} actions={<ExportMenu table="audit" of={t("record.title")} />}>
      <p className="soft">{t("record.intro")}</p>
      <Answered query={query} skeleton={<Skeleton className="skeleton-table" />}>
        {({ pages }) => {
          const rows = pages.flatMap((page) => page.items);
          if (rows.length === 0) return <p className="soft">{t("record.none")}</p>;
          return (
            <>
              <ul className="record">
                {rows.map((row) => (
                  <Deed key={row.position} row={row} />
                ))}
              </ul>
              <MoreButton pages={query} />
            </>
          );
        }}
      </Answered>
    </Panel>
  );
}

function Deed(props: { readonly row: AuditRow }): ReactNode {
  const { t, formats } = useSpeech();
  const personName = usePersonName();
  const { row } = props;
  const words = `deed.${row.action}`;
  const about = aboutValues(row.about);
  return (
    <li data-deed={row.action} data-status={row.status}>
      <time className="soft" dateTime={row.at}>
        {formats.instant(row.at)}
      </time>
      <span className="record-who">
        <bdi>{personName(row.person)}</bdi>
        {row.key === null ? null : (
          <span className="label-soft"> {t("record.withKey", { key: row.key })}</span>
        )}
      </span>
      <span className="record-what">
        {isTextKey(words) ? t(words) : <code>{row.action}</code>}
        {about.map((value) => (
          <span key={value} className="soft">
            {" · "}
            <bdi>{personName(value)}</bdi>
          </span>
        ))}{" "}
        {row.status >= 400 ? (
          <span className="badge badge-warn">
            {t("record.refused")} <bdi>{formats.plain(row.status)}</bdi>
          </span>
        ) : null}
      </span>
    </li>
  );
}
