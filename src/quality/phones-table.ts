import { BOOLEAN, DuckDBDataChunk, VARCHAR } from "@duckdb/node-api";
import type { Session } from "../warehouse/warehouse.ts";

/** Texts held in JavaScript at a time; bounds memory whatever the number of leads. */
const BATCH = 40_960;
/** DuckDB's vector size: the most rows one appended chunk may hold. */
const CHUNK = 2_048;
const TYPES = [VARCHAR, VARCHAR, VARCHAR, VARCHAR, BOOLEAN, VARCHAR, VARCHAR];

/** Parses the texts of the temporary table `new_phones` into staging.phones. */
export async function parseNewPhones(session: Session): Promise<void> {
  const appender = await session.connection.createAppender("phones", "staging");
  for (let after = 0; ; after += BATCH) {
    const { phone, region } = await session.columns(
      "SELECT phone, region FROM new_phones WHERE nth > $after AND nth <= $until ORDER BY nth",
      { after, until: after + BATCH },
    );
    const texts = (phone ?? []) as string[];
    const regions = (region ?? []) as string[];
    if (texts.length === 0) break;
    // The parser's tables of all countries are loaded only when a phone needs them.
    const { parsePhone } = await import("./phone.ts");
    for (let start = 0; start < texts.length; start += CHUNK) {
      const part = texts.slice(start, start + CHUNK);
      const partRegions = regions.slice(start, start + CHUNK);
      const parsed = part.map((text, i) => parsePhone(text, partRegions[i] as string));
      const chunk = DuckDBDataChunk.create(TYPES, part.length);
      chunk.setColumns([
        part,
        partRegions,
        parsed.map((one) => one.e164),
        parsed.map((one) => one.country),
        parsed.map((one) => one.valid),
        parsed.map((one) => one.kind),
        parsed.map((one) => one.reason),
      ]);
      appender.appendDataChunk(chunk);
    }
    if (texts.length < BATCH) break;
  }
  appender.closeSync();
}
