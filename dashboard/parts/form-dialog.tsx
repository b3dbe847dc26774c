import { type FormEvent, type ReactNode, useEffect, useId, useRef } from "react";
import { useSpeech } from "../i18n/language.tsx";
import type { Refusal } from "../query/http.ts";
import { Dialog } from "./dialog.tsx";
import { Failure } from "./panel.tsx";

/** Asks for something, or once more before it is done: fields, the deed and the way back; says why it failed. */
export function FormDialog(props: {
  readonly title: ReactNode;
  /** What is done, on the button that does it. */
  readonly deed: ReactNode;
  /** True for what cannot be taken back. */
  readonly grave?: boolean;
  /** While it is being done, or has to wait, it cannot be asked for again. */
  readonly busy: boolean;
  readonly error: Refusal | null;
  readonly onClose: () => void;
  /** Gets the form, where the first field that is refused wants the focus. */
  readonly onSubmit: (form: HTMLFormElement) => void;
  readonly children: ReactNode;
}): ReactNode {
  const { t } = useSpeech();
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  const { grave = false, busy } = props;
  useEffect(() => form.current?.querySelector<HTMLElement>("input:not([hidden])")?.focus(), []);
  return (
    <Dialog
      kind="box"
      title={props.title}
      onClose={props.onClose}
      footer={
        <>
          <button
            type="submit"
            form={id}
            className={`button ${grave ? "button-bad" : "button-main"}`}
            aria-disabled={busy}
          >
            {props.deed}
          </button>
          <button type="button" className="button" onClick={props.onClose}>
            {t("action.cancel")}
          </button>
        </>
      }
    >
      <form
        ref={form}
        id={id}
        noValidate
        className="fields"
        onSubmit={(event: FormEvent<HTMLFormElement>) => {
          event.preventDefault();
          if (!busy) props.onSubmit(event.currentTarget);
        }}
      >
        {props.children}
        {props.error ? <Failure error={props.error} /> : null}
      </form>
    </Dialog>
  );
}
