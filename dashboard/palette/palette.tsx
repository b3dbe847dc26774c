import {
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from "react";
import { changePreferences } from "../frame/preferences.ts";
import { useSpeech } from "../i18n/language.tsx";
import { useFacets } from "../query/overview.ts";
import "../styles/palette.css";
import {
  type Command,
  deedCommands,
  filterCommands,
  partCommands,
  type Reach,
} from "./commands.ts";
import { useFound } from "./found.ts";
import { matching } from "./match.ts";

/** Places and deeds shown before anything is typed, and of each kind after. */
const SHOWN = { unasked: 8, parts: 6, filters: 5, deeds: 4 } as const;

interface Group {
  readonly name: string;
  readonly commands: readonly Command[];
}

/** Everything by name: parts of the house, filters, campaigns, leads and deeds. One list, one field, the arrow keys. */
export function Palette(props: { readonly reach: Reach; readonly onClose: () => void }): ReactNode {
  const speech = useSpeech();
  const { t, n, language } = speech;
  const { reach, onClose } = props;
  const facets = useFacets({ enabled: reach.figures });
  const dialog = useRef<HTMLDialogElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const found = useFound(typed, reach);
  useEffect(() => {
    const box = dialog.current;
    if (box && !box.open) box.showModal();
    return () => box?.close();
  }, []);

  const groups = useMemo<readonly Group[]>(() => {
    const asked = typed.trim() !== "";
    const parts = matching(partCommands(speech, reach), typed, asked ? SHOWN.parts : SHOWN.unasked);
    const filters = asked
      ? matching(filterCommands(speech, facets.data), typed, SHOWN.filters)
      : [];
    const deeds = matching(
      deedCommands(
        speech,
        reach,
        () => void changePreferences({ language: language === "ar" ? "en" : "ar" }),
      ),
      typed,
      SHOWN.deeds,
    );
    return [
      { name: t("palette.parts"), commands: parts },
      { name: t("palette.campaigns"), commands: found.campaigns },
      { name: t("palette.leads"), commands: found.leads },
      { name: t("palette.filters"), commands: filters },
      { name: t("palette.deeds"), commands: deeds },
    ].filter(({ commands }) => commands.length > 0);
  }, [speech, reach, typed, facets.data, found.campaigns, found.leads, language, t]);
  const all = groups.flatMap(({ commands }) => commands);
  const chosen = Math.min(at, all.length - 1);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  });

  const run = (command: Command | undefined) => {
    if (command === undefined) return;
    // Closed first, so that what opens next takes the focus.
    onClose();
    command.run();
  };
  const onKey = (event: KeyboardEvent) => {
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: 8,
      PageUp: -8,
    };
    const step = steps[event.key];
    if (event.key === "Enter") run(all[chosen]);
    else if (step === undefined) return;
    else if (Math.abs(step) === 1) setAt((chosen + step + all.length) % Math.max(1, all.length));
    else setAt(Math.max(0, Math.min(all.length - 1, chosen + step)));
    event.preventDefault();
  };
  const optionId = (command: Command) => `${id} ${command.id}`.replace(/\s/g, "_");

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Esc closes a dialog by itself, which onCancel hears
    <dialog
      ref={dialog}
      className="dialog palette"
      aria-label={t("palette.title")}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === dialog.current) onClose();
      }}
    >
      <div className="palette-frame">
        <input
          type="text"
          role="combobox"
          className="input palette-input"
          aria-label={t("palette.title")}
          aria-expanded={all.length > 0}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={all[chosen] ? optionId(all[chosen]) : undefined}
          autoComplete="off"
          spellCheck={false}
          dir="auto"
          maxLength={200}
          placeholder={t("palette.hint")}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setAt(0);
          }}
          onKeyDown={onKey}
        />
        <p className="sr-only" role="status">
          {found.busy ? t("palette.searching") : n("palette.found", all.length)}
        </p>
        <div
          ref={list}
          id={`${id}-list`}
          role="listbox"
          aria-label={t("palette.title")}
          className="palette-list"
          tabIndex={-1}
        >
          {all.length === 0 && !found.busy ? <p className="soft">{t("palette.none")}</p> : null}
          {groups.map(({ name, commands }, group) => (
            // biome-ignore lint/a11y/useSemanticElements: groups of a listbox are no fieldsets
            <div key={name} role="group" aria-labelledby={`${id}-${group}`}>
              <p id={`${id}-${group}`} className="label-soft">
                {name}
              </p>
              {commands.map((command) => (
                // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and names the option
                // biome-ignore lint/a11y/useKeyWithClickEvents: the field takes the keys
                <div
                  key={command.id}
                  id={optionId(command)}
                  role="option"
                  aria-selected={command === all[chosen]}
                  className="palette-option"
                  onClick={() => run(command)}
                  onPointerMove={() => setAt(all.indexOf(command))}
                >
                  <bdi className="cut">{command.label}</bdi>
                  {command.hint === undefined ? null : (
                    <bdi className="label-soft cut">{command.hint}</bdi>
                  )}
                </div>
              ))}
            </div>
          ))}
        </div>
      </div>
    </dialog>
  );
}
