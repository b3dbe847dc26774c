/** The parts of an .xlsx file that its sheets refer to: their names, the shared strings, which styles are dates. */
import { posix } from "node:path";
import { Problem } from "../../base/problem.ts";
import type { Archive } from "./archive.ts";
import { isDateFormat, unescapeString } from "./workbook-cell.ts";
import { attribute, XmlFault, type XmlHandler, XmlReader } from "./xml-reader.ts";

export interface Workbook {
  readonly sheets: readonly { readonly name: string; readonly part: string }[];
  readonly epoch1904: boolean;
  readonly strings: readonly string[];
  /** By style index of a cell. */
  readonly dateStyles: readonly boolean[];
}

export function brokenWorkbook(name: string, cause: unknown): Problem {
  const message = cause instanceof Error ? cause.message : String(cause);
  return new Problem("BROKEN_WORKBOOK", {
    what: `The workbook cannot be read: ${message}`,
    where: name,
    fix: "Open it in a spreadsheet program, save it again as .xlsx or as CSV UTF-8, and import that.",
    cause,
  });
}

/**
 * Feeds one part of the workbook to a handler. `pause` is awaited between chunks.
 *
 * @throws Problem `BROKEN_WORKBOOK`, `BROKEN_ARCHIVE`, `ENCRYPTED_ARCHIVE`
 */
export async function readPart(
  archive: Archive,
  part: string,
  handler: XmlHandler,
  pause: () => Promise<void> | void = () => undefined,
): Promise<void> {
  const member = archive.members.find((candidate) => candidate.name === part);
  if (!member) throw brokenWorkbook(archive.name, `its part ${part} is missing`);
  const reader = new XmlReader(handler);
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    for await (const chunk of archive.source(member).open()) {
      reader.feed(decoder.decode(chunk, { stream: true }));
      await pause();
    }
    reader.feed(decoder.decode());
    reader.end();
  } catch (error) {
    const undecodable = error instanceof TypeError && "code" in error;
    if (error instanceof XmlFault || undecodable) {
      throw brokenWorkbook(archive.name, `${part}: ${(error as Error).message}`);
    }
    throw error;
  }
}

interface Relation {
  readonly type: string;
  readonly target: string;
}

/** Relations of a part by id, with targets as paths inside the archive. */
async function relations(archive: Archive, part: string): Promise<Map<string, Relation>> {
  const found = new Map<string, Relation>();
  const folder = posix.dirname(part);
  const file = posix.join(folder, "_rels", `${posix.basename(part)}.rels`);
  if (!archive.has(file)) return found;
  await readPart(archive, file, {
    open(name, attributes) {
      if (name !== "Relationship") return;
      const target = attribute(attributes, "Target") ?? "";
      found.set(attribute(attributes, "Id") ?? "", {
        type: attribute(attributes, "Type") ?? "",
        target: target.startsWith("/") ? target.slice(1) : posix.join(folder, target),
      });
    },
    close: () => undefined,
    text: () => undefined,
  });
  return found;
}

async function sharedStrings(archive: Archive, part: string): Promise<string[]> {
  const strings: string[] = [];
  let current = "";
  let inText = false;
  let phonetic = 0;
  await readPart(archive, part, {
    open(name) {
      if (name === "si") current = "";
      else if (name === "rPh") phonetic++;
      else if (name === "t") inText = phonetic === 0;
    },
    close(name) {
      if (name === "si") strings.push(unescapeString(current));
      else if (name === "rPh") phonetic--;
      else if (name === "t") inText = false;
    },
    text(text) {
      if (inText) current += text;
    },
  });
  return strings;
}

async function dateStyles(archive: Archive, part: string): Promise<boolean[]> {
  const codes = new Map<number, string>();
  const styles: boolean[] = [];
  let inCells = false;
  await readPart(archive, part, {
    open(name, attributes) {
      const id = Number(attribute(attributes, "numFmtId") ?? 0);
      if (name === "numFmt") codes.set(id, attribute(attributes, "formatCode") ?? "");
      else if (name === "cellXfs") inCells = true;
      else if (name === "xf" && inCells) styles.push(isDateFormat(id, codes.get(id) ?? null));
    },
    close(name) {
      if (name === "cellXfs") inCells = false;
    },
    text: () => undefined,
  });
  return styles;
}

/** @throws Problem `BROKEN_WORKBOOK` */
export async function openWorkbook(archive: Archive): Promise<Workbook> {
  const top = await relations(archive, "");
  const office = [...top.values()].find(({ type }) => type.endsWith("/officeDocument"));
  const main = office && archive.has(office.target) ? office.target : "xl/workbook.xml";
  const parts = await relations(archive, main);
  const partOf = (kind: string) =>
    [...parts.values()].find(({ type }) => type.endsWith(`/${kind}`))?.target ?? null;

  const sheets: { name: string; part: string }[] = [];
  let epoch1904 = false;
  await readPart(archive, main, {
    open(name, attributes) {
      if (name === "workbookPr")
        epoch1904 = /^(1|true)$/.test(attribute(attributes, "date1904") ?? "");
      if (name !== "sheet") return;
      const relation = parts.get(attribute(attributes, "id") ?? "");
      if (!relation?.type.endsWith("/worksheet")) return;
      sheets.push({ name: attribute(attributes, "name") ?? "", part: relation.target });
    },
    close: () => undefined,
    text: () => undefined,
  });
  const strings = partOf("sharedStrings");
  const styles = partOf("styles");
  return {
    sheets,
    epoch1904,
    strings: strings && archive.has(strings) ? await sharedStrings(archive, strings) : [],
    dateStyles: styles && archive.has(styles) ? await dateStyles(archive, styles) : [],
  };
}
