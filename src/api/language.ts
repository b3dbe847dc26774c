/** The language of the server's own sentences: English, or Arabic for who asks for it. */
import type { FastifyRequest } from "fastify";
import type { Language } from "../contract/formats.ts";
import type { ImportRow, PreviewAnswer, RejectRow } from "../contract/imports.ts";
import { PROBLEMS_AR } from "./problems-ar.ts";
import { reasonInArabic } from "./rejects-ar.ts";

/** The better liked of the two in an Accept-Language header; English where both are equal or neither is named. */
export function chooseLanguage(accepted: string | undefined): Language {
  const liked = { en: 0, ar: 0, any: 0 };
  for (const part of (accepted ?? "").toLowerCase().split(",")) {
    const [tag = "", ...parameters] = part.split(";").map((piece) => piece.trim());
    const quality = parameters.find((piece) => piece.startsWith("q="));
    const weight = quality === undefined ? 1 : Number(quality.slice(2)) || 0;
    const [base] = tag.split("-");
    const name = base === "*" ? "any" : base;
    if (name === "en" || name === "ar" || name === "any")
      liked[name] = Math.max(liked[name], weight);
  }
  return liked.ar > Math.max(liked.en, liked.any) ? "ar" : "en";
}

export function languageOf(request: FastifyRequest): Language {
  return chooseLanguage(request.headers["accept-language"]);
}

/** What every form of a problem carries, over a wire or inside an answer. */
export interface ProblemWords {
  readonly code: string;
  readonly what: string;
  readonly where: string | null;
  readonly fix: string;
  readonly details: unknown;
}

/** The words of a place; names of files, columns and fields stay as they are. */
const PLACES: readonly (readonly [RegExp, string])[] = [
  [/, header$/, "، سطر العناوين"],
  [/, column /, "، العمود "],
  [/, line (?=\d)/, "، السطر "],
  [/^query parameters? /, "معامل الطلب "],
  [/^path parameter /, "جزء العنوان "],
  [/^body field /, "حقل المحتوى "],
  [/^headers? /, "الترويسة "],
  [/^request /, "الطلب "],
  [/\(whole\)$/, "كله"],
];

function placeInArabic(where: string): string {
  return PLACES.reduce((text, [english, arabic]) => text.replace(english, arabic), where);
}

/** The problem of the first file that an import was refused for. */
function firstFile(details: unknown): { name: string; problem: ProblemWords } | undefined {
  const files = (details as { files?: { name: string; problem: ProblemWords | null }[] } | null)
    ?.files;
  const [first] = files ?? [];
  return first?.problem ? { name: first.name, problem: first.problem } : undefined;
}

/** A problem in the language asked for; one without a translation stays in English as a whole. */
export function problemIn<Facts extends ProblemWords>(language: Language, problem: Facts): Facts {
  if (language === "en") return problem;
  const file = problem.code === "FILE_NOT_READABLE" ? firstFile(problem.details) : undefined;
  if (file) {
    const inner = problemIn(language, file.problem);
    const what = `لا يمكن استيراد ${file.name} كما هو (${inner.code}): ${inner.what}`;
    return { ...problem, what, fix: inner.fix };
  }
  const sentences = PROBLEMS_AR[problem.code]?.((problem.details ?? {}) as Record<string, unknown>);
  if (!sentences) return problem;
  const where = problem.where === null ? null : placeInArabic(problem.where);
  return { ...problem, ...sentences, where };
}

/** Rejected rows with their reasons in the language asked for. */
export function rejectsIn(language: Language, rows: readonly RejectRow[]): RejectRow[] {
  return rows.map((row) => (language === "en" ? row : { ...row, reason: reasonInArabic(row) }));
}

/** A preview with the problems and rejects of its files in the language asked for. */
export function previewIn(language: Language, answer: PreviewAnswer): PreviewAnswer {
  if (language === "en") return answer;
  const files = answer.files.map((file) => ({
    ...file,
    problem: file.problem && worded(language, file.problem),
    rejects: rejectsIn(language, file.rejects),
  }));
  return { ...answer, files };
}

/** An import with its problem in the language asked for. */
export function importIn(language: Language, row: ImportRow): ImportRow {
  return row.problem === null ? row : { ...row, problem: worded(language, row.problem) };
}

type Embedded = NonNullable<ImportRow["problem"]>;

function worded(language: Language, problem: Embedded): Embedded {
  return problemIn(language, { ...problem, details: problem.details ?? null });
}
