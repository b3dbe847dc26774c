/** A table as an XLSX workbook: the rows with real numbers and dates, and a sheet that says what they are. */
import {
  type Cell,
  type CellKind,
  type FileColumn,
  headOf,
  type TableFile,
  yesNo,
} from "./table-file.ts";
import { type ZipEntry, zip } from "./zip.ts";

/** Rows of a sheet, its head among them. */
const SHEET_ROWS = 1_048_576;
/** Letters of a cell. */
const CELL_LETTERS = 32_767;
const DAY_MS = 86_400_000;
/** Halves of letters, left where a text was cut. */
const LONE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

const SHEET_WORDS = { en: { about: "About" }, ar: { about: "عن الملف" } } as const;

/** Styles in the order of `styles.xml`. */
const STYLES = [
  "plain",
  "head",
  "text",
  "count",
  "number",
  "money",
  "rate",
  "day",
  "time",
] as const;
type Style = (typeof STYLES)[number];

const STYLE_OF: Readonly<Record<CellKind, Style>> = {
  text: "text",
  id: "text",
  phone: "text",
  yesNo: "text",
  count: "count",
  number: "number",
  money: "money",
  rate: "rate",
  day: "day",
  time: "time",
};
const WIDTHS: Readonly<Record<CellKind, number>> = {
  text: 26,
  id: 20,
  phone: 18,
  yesNo: 8,
  count: 12,
  number: 12,
  money: 16,
  rate: 11,
  day: 12,
  time: 18,
};

/** Text as XML 1.0 holds it; what it cannot hold, and what would read as such, is written as `_xHHHH_`. */
export function xmlText(text: string): string {
  const hex = (letter: string) =>
    `_x${letter.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}_`;
  return (
    text
      .slice(0, CELL_LETTERS)
      .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, "_x005F_")
      .replace(LONE, "\uFFFD")
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that XML has no place for
      .replace(/[\u0000-\u0008\u000B-\u001F\uFFFE\uFFFF]/g, hex)
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll('"', "&quot;")
  );
}

/** Days since the end of 1899 of a day, a wall-clock time or an instant (as UTC); null for what is none. */
export function serialDay(text: string): number | null {
  const iso = text.length <= 10 ? `${text}T00:00:00Z` : `${text.slice(0, 19).replace(" ", "T")}Z`;
  const ms = Date.parse(iso);
  const serial = (ms - Date.UTC(1899, 11, 30)) / DAY_MS;
  // Before March 1900 the count of spreadsheets is wrong by a day that never was.
  return Number.isFinite(serial) && serial >= 61 ? serial : null;
}

/** A, B, …, Z, AA, … */
export function columnName(index: number): string {
  const rest = Math.floor(index / 26);
  return `${rest === 0 ? "" : columnName(rest - 1)}${String.fromCharCode(65 + (index % 26))}`;
}

const styleIndex = (style: Style) => STYLES.indexOf(style);

function textCell(place: string, text: string, style: Style): string {
  return `<c r="${place}" s="${styleIndex(style)}" t="inlineStr"><is><t xml:space="preserve">${xmlText(text)}</t></is></c>`;
}

function cellXml<Row>(file: TableFile<Row>, kind: CellKind, value: Cell, place: string): string {
  if (value === null) return "";
  if (typeof value === "boolean") return textCell(place, yesNo(value, file.language), "text");
  if (typeof value === "string") {
    const serial = kind === "day" || kind === "time" ? serialDay(value) : null;
    if (serial === null) return textCell(place, value, "text");
    return `<c r="${place}" s="${styleIndex(STYLE_OF[kind])}"><v>${serial}</v></c>`;
  }
  if (!Number.isFinite(value)) return "";
  const number = kind === "money" ? value / 10 ** file.currencyDecimals : value;
  return `<c r="${place}" s="${styleIndex(STYLE_OF[kind])}"><v>${number}</v></c>`;
}

function sheetStart(
  widths: readonly number[],
  options: { readonly rtl: boolean; readonly frozen: boolean },
): string {
  const cols = widths
    .map((width, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`)
    .join("");
  const pane = options.frozen
    ? '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    : "";
  const view = `<sheetView${options.rtl ? ' rightToLeft="1"' : ""} workbookViewId="0">${pane}</sheetView>`;
  return `${XML}<worksheet ${MAIN}><sheetViews>${view}</sheetViews><cols>${cols}</cols><sheetData>`;
}

function headRow<Row>(file: TableFile<Row>, names: readonly string[]): string {
  const cells = file.columns.map((column, at) =>
    textCell(`${names[at]}1`, headOf(file, column), "head"),
  );
  return `<row r="1">${cells.join("")}</row>`;
}

/** Rows in order, split where a sheet is full. */
function createRowSource<Row>(pages: AsyncIterable<readonly Row[]>) {
  const iterator = pages[Symbol.asyncIterator]();
  let page: readonly Row[] = [];
  let at = 0;
  let ended = false;
  const fill = async () => {
    while (!ended && at >= page.length) {
      const next = await iterator.next();
      if (next.done) ended = true;
      else {
        page = next.value;
        at = 0;
      }
    }
  };
  return {
    /** Whether there is a row to come. */
    async more(): Promise<boolean> {
      await fill();
      return !ended;
    },
    /** At most `limit` of the rows at hand. */
    take(limit: number): readonly Row[] {
      const rows = page.slice(at, at + limit);
      at += rows.length;
      return rows;
    },
  };
}

async function* sheetXml<Row>(
  file: TableFile<Row>,
  source: ReturnType<typeof createRowSource<Row>>,
): AsyncGenerator<string> {
  const names = file.columns.map((_, at) => columnName(at));
  const columns: readonly FileColumn<Row>[] = file.columns;
  yield sheetStart(
    columns.map(({ kind }) => WIDTHS[kind]),
    { rtl: file.language === "ar", frozen: true },
  );
  yield headRow(file, names);
  let line = 1;
  while (line < SHEET_ROWS && (await source.more())) {
    let text = "";
    for (const row of source.take(Math.min(500, SHEET_ROWS - line))) {
      line++;
      text += `<row r="${line}">`;
      for (let at = 0; at < columns.length; at++) {
        const { kind, value } = columns[at]!;
        text += cellXml(file, kind, value(row), `${names[at]}${line}`);
      }
      text += "</row>";
    }
    yield text;
  }
  yield `</sheetData><autoFilter ref="A1:${names.at(-1) ?? "A"}${line}"/></worksheet>`;
}

function aboutXml<Row>({ about, language }: TableFile<Row>): string {
  const rows = about.map(
    ([label, value], at) =>
      `<row r="${at + 1}">${textCell(`A${at + 1}`, label, "head")}${textCell(`B${at + 1}`, value, "text")}</row>`,
  );
  const start = sheetStart([28, 70], { rtl: language === "ar", frozen: false });
  return `${start}${rows.join("")}</sheetData></worksheet>`;
}

function stylesXml(decimals: number): string {
  const money = decimals === 0 ? "#,##0" : `#,##0.${"0".repeat(decimals)}`;
  const xf = (format: number, font = 0, more = "") =>
    `<xf numFmtId="${format}" fontId="${font}" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"${font ? ' applyFont="1"' : ""}${more}/>`;
  // 49 is text, 3 a whole number with groups, 10 a percentage with two decimals; 164 and on are ours.
  const formats = [xf(0), xf(49, 1), xf(49), xf(3), xf(165), xf(164), xf(10), xf(166), xf(167)];
  return `${XML}<styleSheet ${MAIN}><numFmts count="4"><numFmt numFmtId="164" formatCode="${money}"/><numFmt numFmtId="165" formatCode="#,##0.####"/><numFmt numFmtId="166" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="167" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="${formats.length}">${formats.join("")}</cellXfs></styleSheet>`;
}

/** A sheet's name: 31 letters, none of `[]:*?/\`. */
function sheetName(title: string, number: number): string {
  const plain = title.replace(/[[\]:*?/\\']/g, " ").trim() || "Sheet";
  const suffix = number === 1 ? "" : ` ${number}`;
  return `${plain.slice(0, 31 - suffix.length)}${suffix}`;
}

async function* entries<Row>(file: TableFile<Row>): AsyncGenerator<ZipEntry> {
  const source = createRowSource(file.pages);
  const names: string[] = [];
  // The first sheet is there also without rows.
  do {
    names.push(sheetName(file.title, names.length + 1));
    yield { name: `xl/worksheets/sheet${names.length}.xml`, content: sheetXml(file, source) };
  } while (await source.more());
  names.push(sheetName(SHEET_WORDS[file.language].about, 1));
  yield { name: `xl/worksheets/sheet${names.length}.xml`, content: [aboutXml(file)] };
  const sheets = names.map(
    (name, at) => `<sheet name="${xmlText(name)}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`,
  );
  yield {
    name: "xl/workbook.xml",
    content: [
      `${XML}<workbook ${MAIN} xmlns:r="${OFFICE}"><sheets>${sheets.join("")}</sheets></workbook>`,
    ],
  };
  const relations = names.map(
    (_, at) =>
      `<Relationship Id="rId${at + 1}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`,
  );
  const styles = `<Relationship Id="rId${names.length + 1}" Type="${OFFICE}/styles" Target="styles.xml"/>`;
  const relationships = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"';
  yield {
    name: "xl/_rels/workbook.xml.rels",
    content: [
      `${XML}<Relationships ${relationships}>${relations.join("")}${styles}</Relationships>`,
    ],
  };
  yield { name: "xl/styles.xml", content: [stylesXml(file.currencyDecimals)] };
  yield {
    name: "_rels/.rels",
    content: [
      `${XML}<Relationships ${relationships}><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ],
  };
  const part = "application/vnd.openxmlformats-officedocument.spreadsheetml";
  const overrides = names.map(
    (_, at) =>
      `<Override PartName="/xl/worksheets/sheet${at + 1}.xml" ContentType="${part}.worksheet+xml"/>`,
  );
  yield {
    name: "[Content_Types].xml",
    content: [
      `${XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${part}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${part}.styles+xml"/>${overrides.join("")}</Types>`,
    ],
  };
}

/** The workbook's bytes as they come, some hundred rows at a time. */
export function tableXlsx<Row>(file: TableFile<Row>): AsyncGenerator<Buffer> {
  return zip(entries(file), file.madeAt);
}
