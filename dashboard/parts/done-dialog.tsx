import type { ReactNode } from "react";
import { useSpeech } from "../i18n/language.tsx";
import { Dialog } from "./dialog.tsx";

/** What came of a deed, until the reader is done with it. */
export function DoneDialog(props: {
  readonly title: ReactNode;
  readonly onClose: () => void;
  readonly children: ReactNode;
}): ReactNode {
  const { t } = useSpeech();
  return (
    <Dialog
      kind="box"
      title={props.title}
      onClose={props.onClose}
      footer={
        <button type="button" className="button button-main" onClick={props.onClose}>
          {t("action.done")}
        </button>
      }
    >
      <div className="fields">{props.children}</div>
    </Dialog>
  );
}
