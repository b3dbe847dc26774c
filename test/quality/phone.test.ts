import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, it } from "vitest";
import { parsePhone } from "../../src/quality/phone.ts";

it("reads an Egyptian mobile in every form people and exports write it", () => {
  for (const text of [
    "+201012345678",
    "p:+201012345678",
    "00201012345678",
    "01012345678",
    "1012345678",
    "201012345678",
    "201012345678.0",
    "+20 10 1234-5678",
    "'+201012345678",
    "٠١٠١٢٣٤٥٦٧٨",
    "\u200e+20\u00a010 12345678",
  ]) {
    expect({ text, ...parsePhone(text, "EG") }).toEqual({
      text,
      e164: "+201012345678",
      country: "EG",
      valid: true,
      kind: "MOBILE",
      reason: null,
    });
  }
});

it("takes the country from the number, and the region only where there is none", () => {
  expect(parsePhone("+971 50 123 4567", "EG")).toMatchObject({ country: "AE", valid: true });
  expect(parsePhone("050 123 4567", "SA")).toMatchObject({ country: "SA", e164: "+966501234567" });
});

it("says why a text is no phone", () => {
  const reason = (text: string) => parsePhone(text, "EG").reason;
  expect(reason("2.01E+11")).toBe("spreadsheet_notation");
  expect(reason("2,01012E+11")).toBe("spreadsheet_notation");
  expect(reason("call me")).toBe("no_digits");
  expect(reason("12")).toBe("too_short");
  expect(reason("+2010123456789999")).toBe("too_long");
  expect(reason("+201912345678")).toBe("not_assigned");
});

it("says of a number with digits too many what it says of the same number written with a space", () => {
  const digits = fc.stringMatching(/^[0-9]{8,22}$/);
  fc.assert(
    fc.property(digits, fc.constantFrom("EG", "US"), (national, region) => {
      expect(parsePhone(`+20${national}`, region)).toEqual(parsePhone(`+20 ${national}`, region));
    }),
    { numRuns: 2000 },
  );
});

it("never throws, and gives E.164 exactly where the number is valid", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[+0-9p: ()٠-٩.E-]{0,20}$/)), (text) => {
      const phone = parsePhone(text, "EG");
      expect(phone.e164 !== null).toBe(phone.valid);
      expect(phone.reason === null).toBe(phone.valid);
      if (phone.e164 !== null) expect(parsePhone(phone.e164, "US")).toEqual(phone);
    }),
  );
});

const examples = "../shared/data/public/phone_mobile_examples/mobile_examples.csv";
it.skipIf(!existsSync(examples))("agrees with Google on the example of each of 245 regions", () => {
  const lines = readFileSync(examples, "utf8").trim().split("\n").slice(1);
  expect(lines.length).toBe(245);
  for (const line of lines) {
    const [region = "", , national = "", e164] = line.split(",");
    expect({ region, e164: parsePhone(national, region).e164 }).toEqual({ region, e164 });
  }
});
