import type { ReactNode } from "react";
import type { Finding, TreatmentNote } from "../../src/contract/explore.ts";
import { useSpeech } from "../i18n/language.tsx";
import { usePersonName } from "../i18n/person.ts";
import { Icon } from "../parts/icon.tsx";
import { PENDING } from "../query/explore.ts";
import { useTold } from "./told.ts";

/** The treatments of a finding that are in force, each with who, when, and the way back. */
export function InForce(props: {
  readonly finding: Finding;
  readonly may: boolean;
  readonly busy: boolean;
  readonly onUndo: (id: string) => void;
}): ReactNode {
  const { t, n, formats } = useSpeech();
  const told = useTold();
  const personName = usePersonName();
  const { finding, busy } = props;
  if (finding.treatments.length === 0) return null;
  const nameOf = (note: TreatmentNote) => {
    const proposal = finding.proposals.find(({ kind }) => kind === note.kind);
    return proposal ? told(proposal.label) : t(`explore.kind.${note.kind}`);
  };
  return (
    <ul className="in-force">
      {finding.treatments.map((note, place) => {
        const waits = note.id === PENDING || busy;
        return (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: its id changes when the server confirms it, and the focus stays
            key={place}
            data-treatment={note.id}
          >
            <Icon name="check" />
            <span className="in-force-text">
              <strong>{nameOf(note)}</strong>
              {note.items === null ? null : <> · {n("explore.items", note.items)}</>}
              <span className="soft">
                {" · "}
                {t("explore.byWhen", {
                  person: personName(note.by),
                  when: formats.instant(note.at),
                })}
                {note.applies ? null : <> · {t("explore.changesNothing")}</>}
              </span>
            </span>
            {props.may ? (
              <button
                type="button"
                className="button"
                data-undo={note.id}
                aria-disabled={waits}
                aria-label={`${t("action.undo")}: ${nameOf(note)}`}
                onClick={() => {
                  if (!waits) props.onUndo(note.id);
                }}
              >
                <Icon name="undo" />
                {t("action.undo")}
              </button>
            ) : null}
          </li>
        );
      })}
    </ul>
  );
}
