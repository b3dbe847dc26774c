/** Which encoding a text file has: from its first bytes where they tell, from all its bytes where they do not. */
import iconv from "iconv-lite";
import { Problem } from "../../base/problem.ts";
import type { ByteSource } from "./byte-source.ts";

export type Encoding =
  | "utf-8"
  | "utf-8-bom"
  | "utf-16le"
  | "utf-16be"
  | "windows-1252"
  | "windows-1256";

/** UTF-32 and the like, which nobody exports tables in on purpose. */
function unknownEncoding(name: string, what: string): Problem {
  return new Problem("UNKNOWN_ENCODING", {
    what,
    where: name,
    fix: "Open the file where it comes from and save it as CSV UTF-8, then import that.",
  });
}

/**
 * What the first bytes tell: a byte order mark, or the NULs that ASCII characters leave in UTF-16; UTF-8 otherwise.
 *
 * @throws Problem `UNKNOWN_ENCODING` for UTF-32
 */
export function encodingOfHead(name: string, head: Uint8Array): Encoding {
  const [a, b, c, d] = head;
  const utf32 = (a === 0xff && b === 0xfe && c === 0 && d === 0) || isUtf32BigEndian(head);
  if (utf32) throw unknownEncoding(name, "The file is written in UTF-32");
  if (a === 0xef && b === 0xbb && c === 0xbf) return "utf-8-bom";
  if (a === 0xff && b === 0xfe) return "utf-16le";
  if (a === 0xfe && b === 0xff) return "utf-16be";
  let even = 0;
  let odd = 0;
  for (let i = 0; i + 1 < head.length; i += 2) {
    if (head[i] === 0) even++;
    if (head[i + 1] === 0) odd++;
  }
  const enough = Math.max(2, (head.length / 2) * 0.1);
  if (odd > enough && even * 10 <= odd) return "utf-16le";
  if (even > enough && odd * 10 <= even) return "utf-16be";
  return "utf-8";
}

function isUtf32BigEndian(head: Uint8Array): boolean {
  return head[0] === 0 && head[1] === 0 && head[2] === 0xfe && head[3] === 0xff;
}

/** Bytes of a byte order mark that belong to the encoding, not to the text. */
export function markBytes(encoding: Encoding, head: Uint8Array): number {
  if (encoding === "utf-8-bom") return 3;
  if (encoding === "utf-16le") return head[0] === 0xff && head[1] === 0xfe ? 2 : 0;
  if (encoding === "utf-16be") return head[0] === 0xfe && head[1] === 0xff ? 2 : 0;
  return 0;
}

/** How the bytes above 127 of a whole file behave. */
interface Survey {
  /** UTF-8 sequences that a legacy encoding would hardly produce. */
  telling: number;
  /** Bytes that belong to no UTF-8 sequence. */
  stray: number;
  /** Stretches of the file around stray bytes. */
  sample: Buffer[];
}

const SAMPLE_BYTES = 1 << 20;

/**
 * In Windows-1256 an Arabic letter before `،` `؟` `؛`, a typographic quote or one of a few rare letters makes a
 * valid two-byte sequence by chance; such pairs tell nothing unless they stand in a row.
 */
const CHANCE = new Set([
  0x81, 0x85, 0x8a, 0x8d, 0x8e, 0x8f, 0x90, 0x91, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x9a,
  0x9d, 0x9e, 0x9f, 0xa0, 0xa1, 0xaa, 0xab, 0xb7, 0xba, 0xbb, 0xbf,
]);

function continues(bytes: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (((bytes[i] ?? 0) & 0xc0) !== 0x80) return false;
  return true;
}

async function survey(source: ByteSource): Promise<Survey> {
  const result: Survey = { telling: 0, stray: 0, sample: [] };
  let sampled = 0;
  let carry = Buffer.alloc(0);
  const look = (bytes: Buffer, last: boolean) => {
    let firstStray = -1;
    let afterPair = -1;
    let i = 0;
    while (i < bytes.length) {
      const byte = bytes[i] as number;
      if (byte < 0x80) {
        i++;
        continue;
      }
      const size = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      if (!last && i + size > bytes.length) break;
      if (byte >= 0xc2 && byte <= 0xf4 && continues(bytes, i + 1, i + size)) {
        const chance = size === 2 && CHANCE.has(bytes[i + 1] as number) && afterPair !== i;
        if (!chance) result.telling++;
        i += size;
        afterPair = i;
      } else {
        result.stray++;
        if (firstStray === -1) firstStray = i;
        i++;
      }
    }
    if (firstStray !== -1 && sampled < SAMPLE_BYTES) {
      const part = Buffer.from(bytes.subarray(Math.max(0, firstStray - 512), firstStray + 65536));
      result.sample.push(part);
      sampled += part.length;
    }
    carry = Buffer.from(bytes.subarray(i));
  };
  for await (const chunk of source.open()) {
    look(carry.length === 0 ? Buffer.from(chunk) : Buffer.concat([carry, chunk]), false);
  }
  look(carry, true);
  return result;
}

const CHARACTERS_1256 = characters("windows-1256");
const CHARACTERS_1252 = characters("windows-1252");

function characters(encoding: "windows-1252" | "windows-1256"): readonly string[] {
  return Array.from({ length: 256 }, (_, byte) => iconv.decode(Buffer.from([byte]), encoding));
}

function isAsciiWord(byte: number | undefined): boolean {
  return byte !== undefined && byte < 0x80 && /[A-Za-z0-9]/.test(String.fromCharCode(byte));
}

/**
 * How far the bytes above 127 make sense in each legacy encoding, as a share of them.
 *
 * Windows-1256: Arabic letters next to each other, with Arabic or common punctuation; a Latin accented letter inside
 * an Arabic word counts against it (that is what Cyrillic and Greek look like). Windows-1252: accented letters next to
 * ASCII letters, and typographic signs next to text.
 */
function legacyShares(sample: Buffer): { arabic: number; latin: number } {
  let high = 0;
  let arabic = 0;
  let latin = 0;
  const arabicAt = (i: number) => /\p{Script=Arabic}/u.test(CHARACTERS_1256[sample[i] ?? 0] ?? "");
  for (let i = 0; i < sample.length; i++) {
    const byte = sample[i] as number;
    if (byte < 0x80) continue;
    high++;
    const nextToArabic = (i > 0 && arabicAt(i - 1)) || arabicAt(i + 1);
    const inArabic = CHARACTERS_1256[byte] as string;
    if (/[\p{Script=Arabic}،؛؟ـ«»]/u.test(inArabic)) arabic += nextToArabic ? 1 : 0;
    else if (/\p{L}/u.test(inArabic) && nextToArabic) arabic -= 3;
    const inLatin = CHARACTERS_1252[byte] as string;
    const besideText = isAsciiWord(sample[i - 1]) || isAsciiWord(sample[i + 1]);
    if (byte === 0xff || inLatin === "\ufffd") continue;
    if (/[\p{L}\p{P}\p{S}\u00a0]/u.test(inLatin) && besideText) latin++;
  }
  if (high === 0) return { arabic: 0, latin: 0 };
  return { arabic: arabic / high, latin: latin / high };
}

/**
 * Decides for a file that is not UTF-8 throughout, with the whole of it in view.
 *
 * Where UTF-8 sequences are found that no legacy text would hold by chance, the file is UTF-8 with damaged records
 * (they will be rejected one by one). Otherwise the legacy encoding in which its letters make words; otherwise a few
 * stray bytes are damage, and many are an encoding we do not know.
 *
 * @throws Problem `UNKNOWN_ENCODING`
 */
export async function encodingOfWhole(source: ByteSource): Promise<Encoding> {
  const { telling, stray, sample } = await survey(source);
  if (telling * 50 >= stray) return "utf-8";
  const { arabic, latin } = legacyShares(Buffer.concat(sample));
  if (arabic >= 0.6 && arabic >= latin) return "windows-1256";
  if (latin >= 0.6) return "windows-1252";
  if (stray <= 16) return "utf-8";
  throw unknownEncoding(source.name, "The text is neither UTF-8, UTF-16, Windows-1252 nor 1256");
}
