import type { ReactNode } from "react";
import { useSpeech } from "../i18n/language.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { Failure } from "../parts/panel.tsx";
import type { Refusal } from "../query/http.ts";

/** Asks before something that cannot be taken back, and says what it ends. */
export function Confirm(props: {
  readonly title: string;
  readonly deed: string;
  readonly pending: boolean;
  readonly error: Refusal | null;
  readonly onClose: () => void;
  readonly onConfirm: () => void;
  readonly children: ReactNode;
}): ReactNode {
  const { t } = useSpeech();
  return (
    <Dialog
      kind="box"
      title={props.title}
      onClose={props.onClose}
      footer={
        <>
          <button
            type="button"
            className="button button-bad"
            disabled={props.pending}
            onClick={props.onConfirm}
          >
            {props.deed}
          </button>
          <button type="button" className="button" onClick={props.onClose}>
            {t("action.cancel")}
          </button>
        </>
      }
    >
      {props.children}
      {props.error ? <Failure error={props.error} /> : null}
    </Dialog>
  );
}
