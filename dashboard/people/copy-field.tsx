import { type ReactNode, useId, useRef, useState } from "react";
import { useSpeech } from "../i18n/language.tsx";
import { Icon } from "../parts/icon.tsx";

/** Puts the text of a field on the clipboard; where the browser allows that on safe addresses only, as one does by hand. */
async function copy(field: HTMLInputElement): Promise<boolean> {
  field.focus();
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    return document.execCommand("copy");
  }
}

/** A text to be taken elsewhere, with a button that copies it. */
export function CopyField(props: { readonly label: string; readonly value: string }): ReactNode {
  const { t } = useSpeech();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState<boolean | null>(null);
  return (
    <div className="field">
      <label htmlFor={id}>{props.label}</label>
      <div className="copy-field">
        <input
          ref={field}
          id={id}
          className="input code"
          dir="ltr"
          readOnly
          value={props.value}
          onFocus={(event) => event.target.select()}
        />
        <button
          type="button"
          className="button"
          onClick={async () => {
            if (field.current) setCopied(await copy(field.current));
          }}
        >
          <Icon name={copied ? "check" : "copy"} />
          {t("people.copy")}
        </button>
      </div>
      <p className="label-soft" role="status">
        {copied === null ? null : t(copied ? "people.copied" : "people.notCopied")}
      </p>
    </div>
  );
}
