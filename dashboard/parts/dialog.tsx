import { type ReactNode, useId, useLayoutEffect, useRef } from "react";
import { useSpeech } from "../i18n/language.tsx";
import { Icon } from "./icon.tsx";

/**
 * A modal on the browser's own `<dialog>`: focus stays inside and returns afterwards, Esc and a click beside it
 * close it. A drawer stands at the end edge, a box in the middle.
 */
export function Dialog(props: {
  readonly title: ReactNode;
  readonly kind: "drawer" | "box";
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly footer?: ReactNode;
}): ReactNode {
  const { t } = useSpeech();
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  // Closed before it leaves the document: only then the browser gives the focus back to where it was.
  useLayoutEffect(() => {
    const dialog = ref.current;
    if (dialog && !dialog.open) dialog.showModal();
    return () => dialog?.close();
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Esc closes a dialog by itself, which onCancel hears
    <dialog
      ref={ref}
      className={`dialog dialog-${props.kind}`}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        props.onClose();
      }}
      onClick={(event) => {
        if (event.target === ref.current) props.onClose();
      }}
    >
      <div className="dialog-frame">
        <header className="dialog-head">
          <h2 id={titleId}>{props.title}</h2>
          <button
            type="button"
            className="button-icon"
            aria-label={t("action.close")}
            onClick={props.onClose}
          >
            <Icon name="close" />
          </button>
        </header>
        <div className="dialog-body">{props.children}</div>
        {props.footer === undefined ? null : (
          <footer className="dialog-foot">{props.footer}</footer>
        )}
      </div>
    </dialog>
  );
}
