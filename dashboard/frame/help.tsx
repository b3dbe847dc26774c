import type { ReactNode } from "react";
import { useSpeech } from "../i18n/language.tsx";
import type { TextKey } from "../i18n/messages.ts";
import { Dialog } from "../parts/dialog.tsx";

const SHORTCUTS: readonly { readonly keys: readonly string[]; readonly means: TextKey }[] = [
  { keys: ["Ctrl K"], means: "palette.title" },
  { keys: ["/"], means: "keys.search" },
  { keys: ["g", "t"], means: "keys.today" },
  { keys: ["g", "m"], means: "keys.mine" },
  { keys: ["g", "c"], means: "keys.campaigns" },
  { keys: ["g", "l"], means: "keys.leads" },
  { keys: ["g", "d"], means: "keys.data" },
  { keys: ["g", "s"], means: "keys.settings" },
  { keys: ["←", "→"], means: "keys.arrows" },
  { keys: ["Shift", "← →"], means: "keys.shiftArrows" },
  { keys: ["j", "k"], means: "keys.rows" },
  { keys: ["Enter"], means: "keys.open" },
  { keys: ["Esc"], means: "keys.escape" },
  { keys: ["?"], means: "keys.help" },
];

/** The list of keys. */
export function Help(props: { readonly onClose: () => void }): ReactNode {
  const { t } = useSpeech();
  return (
    <Dialog kind="box" title={t("keys.title")} onClose={props.onClose}>
      <dl className="key-list">
        {SHORTCUTS.map((shortcut) => (
          <div key={shortcut.means}>
            <dt dir="ltr">
              {shortcut.keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{t(shortcut.means)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
