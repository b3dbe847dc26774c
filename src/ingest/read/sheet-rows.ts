/** The rows of one worksheet, one at a time, as text. */
import type { Archive } from "./archive.ts";
import { readPart, type Workbook } from "./workbook.ts";
import { cellReference, dateText, numberText, unescapeString } from "./workbook-cell.ts";
import { attribute, XmlFault, type XmlHandler } from "./xml-reader.ts";

export interface SheetRow {
  /** Counted from 1, as the spreadsheet program shows it. */
  readonly row: number;
  /** Up to the last cell that is not empty. */
  readonly cells: readonly string[];
  /** What is wrong with a cell, in one sentence; null for a sound row. */
  readonly fault: string | null;
}

/**
 * Calls `take` for every row that is not empty, in order.
 *
 * @param pause awaited between chunks, so that what was taken can be written out
 * @throws Problem `BROKEN_WORKBOOK` for XML that is none, rows out of order, or references outside a sheet
 */
export async function eachSheetRow(
  archive: Archive,
  workbook: Workbook,
  part: string,
  take: (row: SheetRow) => void,
  pause: () => Promise<void>,
): Promise<void> {
  let row = 0;
  let column = 0;
  let cells: string[] = [];
  let fault: string | null = null;
  let type = "n";
  let style = 0;
  let value: string | null = null;
  let inline = "";
  let formula = false;
  let into: "value" | "inline" | null = null;
  let phonetic = 0;

  const cellText = (): string => {
    if (type === "inlineStr") return unescapeString(inline);
    if (value === null) {
      if (formula) fault = `Column ${column} holds a formula without a stored result`;
      return "";
    }
    if (type === "s") {
      const text = workbook.strings[Number(value.trim() || Number.NaN)];
      if (text === undefined) fault = `Column ${column} refers to a text that is not there`;
      return text ?? "";
    }
    if (type === "str") return unescapeString(value);
    if (type === "b") return value.trim() === "1" ? "TRUE" : "FALSE";
    if (type === "e") return value;
    if (type === "d")
      return value
        .trim()
        .replace("T", " ")
        .replace(/(\.0+)?Z?$/, "");
    if (value.trim() === "") return "";
    const date = workbook.dateStyles[style] ? dateText(Number(value), workbook.epoch1904) : null;
    const text = date ?? numberText(value);
    if (text === null) fault = `Column ${column} holds a number that is none`;
    return text ?? value;
  };

  const handler: XmlHandler = {
    open(name, attributes) {
      if (name === "row") {
        const given = attribute(attributes, "r");
        const next = given === null ? row + 1 : Number(given);
        if (!(next > row && next <= 1_048_576)) throw new XmlFault(`row ${given} is out of order`);
        row = next;
        column = 0;
        cells = [];
        fault = null;
      } else if (name === "c") {
        const given = attribute(attributes, "r");
        const place = given === null ? { column: column + 1, row } : cellReference(given);
        if (place === null || place.column <= column || place.column > 16_384) {
          throw new XmlFault(`cell ${given} is out of order`);
        }
        column = place.column;
        type = attribute(attributes, "t") ?? "n";
        style = Number(attribute(attributes, "s") ?? 0);
        value = null;
        inline = "";
        formula = false;
      } else if (name === "v") {
        value = "";
        into = "value";
      } else if (name === "f") formula = true;
      else if (name === "t" && type === "inlineStr") into = phonetic === 0 ? "inline" : null;
      else if (name === "rPh") phonetic++;
    },
    close(name) {
      if (name === "v" || name === "t") into = null;
      else if (name === "rPh") phonetic--;
      else if (name === "c") {
        const text = cellText();
        if (text === "") return;
        while (cells.length < column - 1) cells.push("");
        cells.push(text);
      } else if (name === "row" && (cells.length > 0 || fault !== null)) {
        take({ row, cells, fault });
      }
    },
    text(text) {
      if (into === "value") value += text;
      else if (into === "inline") inline += text;
    },
  };
  await readPart(archive, part, handler, pause);
}
