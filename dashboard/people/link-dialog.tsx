import { type ReactNode, useMemo } from "react";
import type { LinkAnswer } from "../../src/contract/people.ts";
import { useSpeech } from "../i18n/language.tsx";
import { DoneDialog } from "../parts/done-dialog.tsx";
import { Icon } from "../parts/icon.tsx";
import { CopyField } from "./copy-field.tsx";
import { isOwnMachine } from "./own-machine.ts";
import { QUIET, qrPicture } from "./qr.ts";

/** The way in that was just made: to be copied, or photographed with a phone. */
export function LinkDialog(props: {
  readonly name: string;
  readonly link: LinkAnswer;
  /** True where the person had links before: those ended. */
  readonly renewed: boolean;
  readonly onClose: () => void;
}): ReactNode {
  const { t, formats } = useSpeech();
  const { name, link } = props;
  const url = location.origin + link.path;
  return (
    <DoneDialog title={t("people.linkTitle", { name })} onClose={props.onClose}>
      <p>{t("people.linkHelp", { name, when: formats.instant(link.expiresAt) })}</p>
      {props.renewed ? <p className="soft">{t("people.linkOnce", { name })}</p> : null}
      <CopyField label={t("people.link")} value={url} />
      {isOwnMachine(location.hostname) ? (
        <div className="notice notice-warn" role="note">
          <Icon name="warning" />
          <p className="notice-text">{t("people.local")}</p>
        </div>
      ) : null}
      <QrCode text={url} />
    </DoneDialog>
  );
}

function QrCode(props: { readonly text: string }): ReactNode {
  const { t } = useSpeech();
  const { size, path } = useMemo(() => qrPicture(props.text), [props.text]);
  const side = size + 2 * QUIET;
  return (
    <svg
      className="qr"
      role="img"
      aria-label={t("people.qr")}
      viewBox={`${-QUIET} ${-QUIET} ${side} ${side}`}
      shapeRendering="crispEdges"
    >
      <path d={path} />
    </svg>
  );
}
