import { type ReactNode, useRef, useState } from "react";
import { useSpeech } from "../i18n/language.tsx";
import { Popover } from "./popover.tsx";
import { SearchInput } from "./search-input.tsx";

export interface Option {
  readonly id: string;
  readonly count: number;
}

/** More options than this are not drawn at once; typing narrows them. */
const SHOWN = 200;

/** Several of many names: a searchable list of boxes; those already ticked come first. */
export function ManyOf(props: {
  readonly name: string;
  /** What the search field is called. */
  readonly searchName: string;
  readonly options: readonly Option[];
  readonly chosen: readonly string[];
  /** `first` is true for the first change since the panel was opened. */
  readonly onChange: (chosen: readonly string[], first: boolean) => void;
}): ReactNode {
  const { t, formats } = useSpeech();
  const { chosen } = props;
  const only = chosen.length === 1 ? chosen[0] : undefined;
  return (
    <Popover
      name={props.name}
      active={chosen.length > 0}
      label={
        <>
          <span className="label-soft">{props.name}</span>{" "}
          <span className="label-value">
            {only !== undefined ? (
              <bdi>{only}</bdi>
            ) : chosen.length > 0 ? (
              t("filters.selected", { n: formats.count(chosen.length) })
            ) : (
              t("filters.any")
            )}
          </span>
        </>
      }
    >
      {() => <Choices {...props} />}
    </Popover>
  );
}

function Choices(props: Parameters<typeof ManyOf>[0]): ReactNode {
  const { t, formats } = useSpeech();
  const [search, setSearch] = useState("");
  // Ticking a box must not move it: the order is that of the moment of opening.
  const [firstChosen] = useState(() => new Set(props.chosen));
  const touched = useRef(false);
  const chosen = new Set(props.chosen);
  const needle = search.trim().toLocaleLowerCase();
  const known = new Set(props.options.map((option) => option.id));
  const all = [
    ...[...firstChosen].filter((id) => !known.has(id)).map((id) => ({ id, count: 0 })),
    ...props.options,
  ];
  const matching = all
    .filter((option) => option.id.toLocaleLowerCase().includes(needle))
    .sort((a, b) => Number(firstChosen.has(b.id)) - Number(firstChosen.has(a.id)));
  const change = (next: readonly string[]) => {
    props.onChange(next, !touched.current);
    touched.current = true;
  };
  return (
    <div className="many-of">
      <SearchInput name={props.searchName} value={search} onChange={setSearch} />
      <ul className="many-of-list">
        {matching.slice(0, SHOWN).map((option) => (
          <li key={option.id}>
            <label>
              <input
                type="checkbox"
                checked={chosen.has(option.id)}
                onChange={(event) =>
                  change(
                    event.target.checked
                      ? [...props.chosen, option.id]
                      : props.chosen.filter((id) => id !== option.id),
                  )
                }
              />
              <bdi className="cut" title={option.id}>
                {option.id}
              </bdi>
              <span className="number soft">{formats.count(option.count)}</span>
            </label>
          </li>
        ))}
      </ul>
      {matching.length === 0 ? <p className="soft">{t("filters.noMatch")}</p> : null}
      {matching.length > SHOWN ? (
        <p className="soft">{t("filters.narrow", { n: formats.count(matching.length - SHOWN) })}</p>
      ) : null}
      <button
        type="button"
        className="button"
        disabled={props.chosen.length === 0}
        onClick={() => change([])}
      >
        {t("action.clear")}
      </button>
    </div>
  );
}
