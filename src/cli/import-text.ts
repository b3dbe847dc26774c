/** An import in words, for the terminal. */
import type { FilePreview, ImportRow, PreviewAnswer } from "../contract/imports.ts";
import { currencyDecimals, toMajor } from "../domain/money.ts";

const count = new Intl.NumberFormat("en");

function sums(file: FilePreview, fallback: string): string {
  const currency = file.currency ?? fallback;
  const digits = currencyDecimals(currency);
  const amount = new Intl.NumberFormat("en", {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return Object.entries(file.sums)
    .map(([name, value]) =>
      name.endsWith("Minor")
        ? `${name.slice(0, -5)} ${currency} ${amount.format(toMajor(value, currency))}`
        : `${name} ${count.format(value)}`,
    )
    .join(", ");
}

function filePreview(file: FilePreview, currency: string): string[] {
  if (file.problem) {
    const { code, what, where, fix } = file.problem;
    return [
      `${file.name}: cannot be imported (${code})`,
      `  ${what}${where ? ` (${where})` : ""}`,
      `  ${fix}`,
    ];
  }
  const period = file.firstDay === null ? "" : `, ${file.firstDay} to ${file.lastDay}`;
  const accounts = file.accountCount > 0 ? `, ${count.format(file.accountCount)} accounts` : "";
  const lines = [
    `${file.name}: ${file.table}, ${count.format(file.rowsAccepted)} rows${period}${accounts} (${file.format})`,
  ];
  const total = sums(file, currency);
  if (total !== "") lines.push(`  ${total}`);
  if (file.totalRows > 0)
    lines.push(`  ${count.format(file.totalRows)} total rows are not counted`);
  if (file.alreadyImported !== null)
    lines.push(`  imported before, as ${file.alreadyImported}: changes nothing`);
  else if (file.overlap.same + file.overlap.supersedes > 0) {
    lines.push(
      `  ${count.format(file.overlap.same)} rows are there already, ${count.format(file.overlap.supersedes)} replace older ones`,
    );
  }
  const { elsewhere, unclear } = file.sharedIds;
  if (elsewhere > 0)
    lines.push(
      `  ${count.format(elsewhere)} rows carry ids that another account uses: they come in as campaigns or people of their own`,
    );
  if (unclear > 0)
    lines.push(
      `  ${count.format(unclear)} rows carry ids that several accounts use, and do not say whose they are: they wait. Name the account: --account ID`,
    );
  if (file.rowsRejected > 0) {
    lines.push(
      `  ${count.format(file.rowsRejected)} of ${count.format(file.rowsRead)} rows are rejected:`,
    );
    for (const reject of file.rejects.slice(0, 5)) {
      const column = reject.column === null ? "" : `, column ${reject.column}`;
      lines.push(`    line ${reject.line}${column}: ${reject.reason} (${reject.code})`);
    }
    if (file.rejects.length > 5 || file.rowsRejected > 5)
      lines.push("    … all of them: --rejects FILE");
  }
  return lines;
}

/** What would come in, file by file; ends with a newline. */
export function previewText(answer: PreviewAnswer, currency: string): string {
  const lines = answer.files.flatMap((file) => filePreview(file, currency));
  for (const one of answer.skipped) lines.push(`${one.name}: left out, ${one.reason}`);
  if (answer.levelQuestion) {
    const { campaignDays, levels } = answer.levelQuestion;
    const each = levels
      .map(
        (one) =>
          `${one.level}: ${count.format(one.rows)} rows, spend ${count.format(toMajor(one.spendMinor, currency))}`,
      )
      .join("; ");
    lines.push(
      `${count.format(campaignDays)} campaign days are reported at several levels (${each}).`,
      "  They are not added up: say which one counts with --level-counts campaign, ad_set or ad.",
    );
  }
  return `${lines.join("\n")}\n`;
}

/** One import in one line; ends with a newline. */
export function importLine(one: ImportRow): string {
  const rows = one.files.reduce((sum, file) => sum + file.rowsAccepted, 0);
  const rejected = one.files.reduce((sum, file) => sum + file.rowsRejected, 0);
  const files = one.files.map((file) => file.name).join(", ");
  const refused = rejected > 0 ? `, ${count.format(rejected)} rejected` : "";
  const failure = one.problem ? `: ${one.problem.what}. ${one.problem.fix}` : "";
  return `${one.importId} ${one.state}: ${count.format(rows)} rows${refused} from ${files}${failure}\n`;
}
