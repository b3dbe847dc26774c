/**
 * What the events say today: which files count, which imports were made and undone, which definitions hold, which
 * treatments are in force and which questions were answered.
 */
import { createHash } from "node:crypto";
import type { Mapping, TableName } from "../contract/imports.ts";
import type { DefinitionsInput } from "../domain/definitions.ts";
import type { Treatment } from "../domain/treatments.ts";
import type { Json, StoredEvent } from "../store/events.ts";

/** Events of the workspace as a whole carry this account. */
export const WORKSPACE = "*";

/** Payload of `file.imported`: all it takes to read the same rows from the same bytes again. */
export interface ImportedFile {
  /** Position of the event: newer files have larger numbers. */
  readonly fileId: number;
  readonly importId: string;
  /** The key under which this content with this reading is known, without its repetition suffix. */
  readonly contentKey: string;
  /** Name of the file or archive as given. */
  readonly source: string;
  /** Name of the table within it: equal to `source`, or "export.zip/insights.csv". */
  readonly name: string;
  readonly blob: string;
  readonly bytes: number;
  readonly table: TableName;
  /** The source it was recognised as, e.g. "meta-ads-manager". */
  readonly format: string;
  readonly account: string | null;
  readonly mapping: Mapping;
  readonly rowsRead: number;
  readonly rowsAccepted: number;
  readonly rowsRejected: number;
  readonly totalRows: number;
  readonly sample: boolean;
}

export interface LedgerImport {
  readonly importId: string;
  readonly at: Date;
  readonly by: string;
  readonly files: ImportedFile[];
  undone: { readonly at: Date; readonly by: string } | null;
}

/** One `definitions.changed`: what was set, by whom and when. */
export interface DefinitionsChange {
  readonly key: string;
  readonly change: DefinitionsInput;
  readonly by: string;
  readonly at: Date;
  readonly position: number;
  /** Name of the template that it came from; null: from none. */
  readonly template: string | null;
}

/** A treatment that was accepted, in force until it is withdrawn. */
export interface LedgerTreatment extends Treatment {
  withdrawn: { readonly at: Date; readonly by: string } | null;
}

/** The last answer to a question. */
export interface LedgerAnswer {
  readonly question: string;
  /** The setting of the definitions that it set. */
  readonly setting: string;
  readonly value: Json;
  readonly by: string;
  readonly at: Date;
}

export interface Ledger {
  /** Last position folded in. */
  position: number;
  /** In the order in which they came. */
  readonly imports: Map<string, LedgerImport>;
  /** Header signature → mapping saved for it. */
  readonly mappings: Map<string, Mapping>;
  /** Changes of the definitions that were not taken back, oldest first. */
  readonly definitionChanges: DefinitionsChange[];
  /** How many were taken back; the same change made again gets a fresh event key. */
  definitionsWithdrawn: number;
  /** Content key → how many imports of it were undone; a repetition gets a fresh event key. */
  readonly undoneTimes: Map<string, number>;
  /** By id, in the order of acceptance, withdrawn ones too. */
  readonly treatments: Map<string, LedgerTreatment>;
  /** By question. */
  readonly answers: Map<string, LedgerAnswer>;
}

export function emptyLedger(): Ledger {
  return {
    position: 0,
    imports: new Map(),
    mappings: new Map(),
    definitionChanges: [],
    definitionsWithdrawn: 0,
    undoneTimes: new Map(),
    treatments: new Map(),
    answers: new Map(),
  };
}

/** The types of event that the ledger reads. */
export const LEDGER_EVENTS = [
  "file.imported",
  "import.undone",
  "mapping.saved",
  "definitions.changed",
  "definitions.withdrawn",
  "treatment.accepted",
  "treatment.withdrawn",
  "question.answered",
] as const;

/** Folds one event in; events of other types change nothing but the position. */
export function fold(ledger: Ledger, event: StoredEvent): void {
  ledger.position = event.position;
  const payload = event.payload as Record<string, Json>;
  switch (event.type) {
    case "file.imported": {
      const file = { ...payload, fileId: event.position } as unknown as ImportedFile;
      const known = ledger.imports.get(file.importId);
      if (known) known.files.push(file);
      else {
        ledger.imports.set(file.importId, {
          importId: file.importId,
          at: event.occurredAt,
          by: String(payload.by),
          files: [file],
          undone: null,
        });
      }
      break;
    }
    case "import.undone": {
      const undone = ledger.imports.get(String(payload.importId));
      if (!undone || undone.undone) break;
      undone.undone = { at: event.occurredAt, by: String(payload.by) };
      for (const { contentKey } of undone.files) {
        ledger.undoneTimes.set(contentKey, (ledger.undoneTimes.get(contentKey) ?? 0) + 1);
      }
      break;
    }
    case "mapping.saved":
      ledger.mappings.set(String(payload.signature), payload.mapping as unknown as Mapping);
      break;
    case "definitions.changed":
      ledger.definitionChanges.push({
        change: payload.change as unknown as DefinitionsInput,
        by: String(payload.by),
        at: event.occurredAt,
        position: event.position,
        key: event.key,
        template: typeof payload.template === "string" ? payload.template : null,
      });
      break;
    case "definitions.withdrawn": {
      const at = ledger.definitionChanges.findIndex(({ key }) => key === event.key);
      if (at < 0) break;
      ledger.definitionChanges.splice(at, 1);
      ledger.definitionsWithdrawn++;
      break;
    }
    case "treatment.accepted": {
      const treatment = payload as unknown as Omit<Treatment, "id" | "position" | "at">;
      ledger.treatments.set(event.key, {
        ...treatment,
        id: event.key,
        position: event.position,
        at: event.occurredAt,
        withdrawn: null,
      });
      break;
    }
    case "treatment.withdrawn": {
      const treatment = ledger.treatments.get(event.key);
      if (treatment) treatment.withdrawn = { at: event.occurredAt, by: String(payload.by) };
      break;
    }
    case "question.answered": {
      const answer = payload as unknown as Omit<LedgerAnswer, "at">;
      ledger.answers.set(answer.question, { ...answer, at: event.occurredAt });
      break;
    }
  }
}

/** Files that count: of every import that was not undone, oldest first. */
export function activeFiles(ledger: Ledger): ImportedFile[] {
  return [...ledger.imports.values()]
    .filter((one) => one.undone === null)
    .flatMap((one) => one.files)
    .sort((left, right) => left.fileId - right.fileId);
}

/** Positions of every import there was, undone ones too, ascending. */
export function importPositions(ledger: Ledger): number[] {
  return [...ledger.imports.values()]
    .flatMap((one) => one.files.map((file) => file.fileId))
    .sort((left, right) => left - right);
}

/** Bytes of files as received. */
export function fileBytes(files: readonly ImportedFile[] = []): number {
  return files.reduce((sum, file) => sum + file.bytes, 0);
}

/** Imports of the sample world that still count; they leave when a person's own tables come. */
export function activeSamples(ledger: Ledger): LedgerImport[] {
  return [...ledger.imports.values()].filter(
    (one) => one.undone === null && one.files.some((file) => file.sample),
  );
}

/** Treatments in force, in the order of their acceptance. */
export function treatmentsInForce(ledger: Ledger): LedgerTreatment[] {
  return [...ledger.treatments.values()].filter((one) => one.withdrawn === null);
}

/** Names the treatments in force; "" = none. */
export function treatmentsVersion(ledger: Ledger): string {
  const ids = treatmentsInForce(ledger).map((one) => one.id);
  if (ids.length === 0) return "";
  return createHash("sha256").update(ids.join(" ")).digest("hex").slice(0, 16);
}
