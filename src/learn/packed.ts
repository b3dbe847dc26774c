/** Takes arrays of numbers and gives short texts for JSON, exact to the bit; and reads them again, trusting nothing. */
import { unreadable } from "./model-json.ts";

/** How a number is written: bytes, and the DataView's methods for them (little-endian). */
interface Form {
  readonly bytes: number;
  readonly put: (view: DataView, at: number, value: number) => void;
  readonly get: (view: DataView, at: number) => number;
}

const FORMS: Readonly<Record<string, Form>> = {
  u1: {
    bytes: 1,
    put: (view, at, value) => view.setUint8(at, value),
    get: (view, at) => view.getUint8(at),
  },
  u2: {
    bytes: 2,
    put: (view, at, value) => view.setUint16(at, value, true),
    get: (view, at) => view.getUint16(at, true),
  },
  u4: {
    bytes: 4,
    put: (view, at, value) => view.setUint32(at, value, true),
    get: (view, at) => view.getUint32(at, true),
  },
  f4: {
    bytes: 4,
    put: (view, at, value) => view.setFloat32(at, value, true),
    get: (view, at) => view.getFloat32(at, true),
  },
  f8: {
    bytes: 8,
    put: (view, at, value) => view.setFloat64(at, value, true),
    get: (view, at) => view.getFloat64(at, true),
  },
};

/** Most different numbers that are written once in a table. */
const MOST_IN_TABLE = 65_536;

/**
 * Finite numbers as text: the name of a form, a colon, and base64 of little-endian bytes. The shortest form that holds
 * every number exactly is taken: whole numbers of 1, 2 or 4 bytes, floats of 4 or 8 bytes, or (`t<n>,<form>`) a table of
 * n different floats of 8 bytes with each number's place in it.
 */
export function packNumbers(values: ArrayLike<number>): string {
  const form = shortestForm(values);
  if (form === "f8") {
    const table = tableOf(values);
    if (table !== null) return packedByTable(values, table);
  }
  return `${form}:${base64(bytesOf(values, form))}`;
}

/** What numbers read from a text must be. */
export interface Expected {
  readonly length?: number;
  readonly least?: number;
  readonly most?: number;
  readonly whole?: boolean;
}

/** The numbers that `packNumbers` wrote. @throws Problem `MODEL_UNREADABLE` */
export function unpackNumbers(json: unknown, where: string, expected: Expected = {}): Float64Array {
  const { length, least = -Number.MAX_VALUE, most = Number.MAX_VALUE, whole = false } = expected;
  const out = unpacked(json, where);
  if (length !== undefined && out.length !== length)
    unreadable(`It holds ${out.length} numbers, not ${length}`, where);
  for (let i = 0; i < out.length; i++) {
    const value = out[i]!;
    if (!(value >= least && value <= most) || (whole && !Number.isInteger(value)))
      unreadable(
        `It holds ${value}, which is no ${whole ? "whole " : ""}number from ${least} to ${most}`,
        `${where}, ${i}`,
      );
  }
  return out;
}

function shortestForm(values: ArrayLike<number>): string {
  let most = 0;
  let whole = true;
  let short = true;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value > most) most = value;
    whole &&= value >= 0 && Number.isInteger(value) && !Object.is(value, -0);
    short &&= Math.fround(value) === value;
  }
  if (whole && most < 2 ** 8) return "u1";
  if (whole && most < 2 ** 16) return "u2";
  if (whole && most < 2 ** 32) return "u4";
  return short ? "f4" : "f8";
}

/** The place of each different number in the order of its first coming; null where a table would not be shorter. */
function tableOf(values: ArrayLike<number>): Map<number, number> | null {
  const places = new Map<number, number>();
  for (let i = 0; i < values.length; i++) {
    if (Object.is(values[i], -0)) return null; // a Map does not tell it from 0
    if (!places.has(values[i]!)) places.set(values[i]!, places.size);
    if (places.size > MOST_IN_TABLE) return null;
  }
  const placeBytes = places.size <= 2 ** 8 ? 1 : 2;
  return places.size * 8 + values.length * placeBytes < values.length * 8 ? places : null;
}

function packedByTable(values: ArrayLike<number>, table: Map<number, number>): string {
  const places = new Uint32Array(values.length);
  for (let i = 0; i < places.length; i++) places[i] = table.get(values[i]!)!;
  const form = table.size <= 2 ** 8 ? "u1" : "u2";
  const head = bytesOf(Float64Array.from(table.keys()), "f8");
  const tail = bytesOf(places, form);
  const bytes = new Uint8Array(head.length + tail.length);
  bytes.set(head);
  bytes.set(tail, head.length);
  return `t${table.size},${form}:${base64(bytes)}`;
}

function unpacked(json: unknown, where: string): Float64Array {
  if (typeof json !== "string") unreadable("It is no text", where);
  const match = /^(?:t(\d{1,5}),)?([a-z]\d):/.exec(json);
  const form = FORMS[match?.[2] ?? ""];
  if (!match || !form) unreadable("It does not tell how its numbers are written", where);
  const bytes = fromBase64(json.slice(match[0].length), where);
  if (match[1] === undefined) return numbersOf(bytes, form, where);
  const size = Number(match[1]) * 8;
  if (size > bytes.length) unreadable("It is too short", where);
  const table = numbersOf(bytes.subarray(0, size), FORMS.f8!, where);
  const places = numbersOf(bytes.subarray(size), form, where);
  return places.map((place) => table[place] ?? Number.NaN);
}

function bytesOf(values: ArrayLike<number>, name: string): Uint8Array {
  const { bytes, put } = FORMS[name]!;
  const out = new Uint8Array(values.length * bytes);
  const view = new DataView(out.buffer);
  for (let i = 0; i < values.length; i++) put(view, i * bytes, values[i]!);
  return out;
}

function numbersOf(bytes: Uint8Array, { bytes: size, get }: Form, where: string): Float64Array {
  if (bytes.length % size !== 0) unreadable("It ends within a number", where);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const out = new Float64Array(bytes.length / size);
  for (let i = 0; i < out.length; i++) out[i] = get(view, i * size);
  return out;
}

/** Bytes turned into text at once; a multiple of 3, so that the parts of base64 can be put together. */
const CHUNK = 3 * 4096;

function base64(bytes: Uint8Array): string {
  let out = "";
  for (let start = 0; start < bytes.length; start += CHUNK)
    out += btoa(String.fromCharCode(...bytes.subarray(start, start + CHUNK)));
  return out;
}

function fromBase64(text: string, where: string): Uint8Array {
  let binary: string;
  try {
    binary = atob(text);
  } catch {
    unreadable("It is no base64", where);
  }
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}
