/** A table sent as a file: CSV or XLSX, streamed page by page. */
import { Readable } from "node:stream";
import type { FastifyReply } from "fastify";
import { Problem } from "../base/problem.ts";
import type { ExportFormat } from "../contract/exports.ts";
import type { Language } from "../contract/formats.ts";
import type { Frame } from "../contract/overview.ts";
import { aboutExport, exportName } from "../report/export-about.ts";
import { sayIn, type Word } from "../report/export-words.ts";
import { tableCsv } from "../report/table-csv.ts";
import type { FileColumn } from "../report/table-file.ts";
import { tableXlsx } from "../report/xlsx.ts";

export interface TablePage<Row> {
  readonly items: readonly Row[];
  readonly next: string | null;
  /** Rows in all, at the time of this page. */
  readonly total?: number;
}

export interface TableAnswer<Row> {
  /** Names title and file. */
  readonly table: Word;
  readonly query: { readonly format: ExportFormat; readonly language: Language };
  readonly frame: Frame | null;
  readonly columns: readonly FileColumn<Row>[];
  /** Rows in all; null where nobody counted them. */
  readonly rows: number | null;
  /** Fetched before the answer began, so that its failure can still be told. */
  readonly first: TablePage<Row>;
  readonly page: (cursor: string) => Promise<TablePage<Row>>;
  readonly madeAt: Date;
}

const TYPES: Readonly<Record<ExportFormat, string>> = {
  csv: "text/csv; charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};

async function* pages<Row>(answer: TableAnswer<Row>): AsyncGenerator<readonly Row[]> {
  yield answer.first.items;
  let { next } = answer.first;
  while (next !== null) {
    const following = await answer.page(next);
    // Half of one state and half of another would tie out with neither: better no file.
    if (following.total !== answer.first.total) {
      throw new Problem("EXPORT_OVERTAKEN", {
        what: "The data changed while the file was being written",
        where: answer.table,
        fix: "Take the file anew.",
      });
    }
    yield following.items;
    next = following.next;
  }
}

export function sendTable<Row>(reply: FastifyReply, answer: TableAnswer<Row>): FastifyReply {
  const { query, frame, madeAt, rows } = answer;
  const { language, format } = query;
  const title = sayIn(language)(answer.table);
  const file = {
    title,
    language,
    columns: answer.columns,
    currency: frame?.currency ?? null,
    currencyDecimals: frame?.currencyDecimals ?? 2,
    about: aboutExport({ title, language, frame, query: { ...query }, rows, madeAt }),
    madeAt,
    pages: pages(answer),
  };
  const name = exportName({ table: answer.table, frame, query: { ...query }, madeAt });
  return reply
    .type(TYPES[format])
    .header("content-disposition", `attachment; filename="${name}.${format}"`)
    .send(Readable.from(format === "csv" ? tableCsv(file) : tableXlsx(file)));
}
