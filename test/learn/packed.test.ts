import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { packNumbers, unpackNumbers } from "../../src/learn/packed.ts";

const whole = (most: number) => fc.integer({ min: 0, max: most });

it("reads back what it wrote, to the bit", () => {
  const number = fc.double({ noNaN: true, noDefaultInfinity: true });
  const some = fc.oneof(
    fc.array(whole(255)),
    fc.array(whole(65_535)),
    fc.array(whole(2 ** 32 - 1)),
    fc.array(fc.float({ noNaN: true, noDefaultInfinity: true })),
    fc.array(number),
    fc
      .tuple(fc.array(number, { minLength: 1, maxLength: 5 }), fc.array(whole(4)))
      .map(([few, places]) => places.map((place) => few[place % few.length] as number)),
  );
  fc.assert(
    fc.property(some, (values) => {
      const read = unpackNumbers(JSON.parse(JSON.stringify(packNumbers(values))), "x");
      expect([...read].every((value, i) => Object.is(value, values[i]))).toBe(true);
      expect(read.length).toBe(values.length);
    }),
  );
});

it.each([
  ["u1:AQL/", [1, 2, 255]],
  ["u2:AAE=", [256]],
  ["u4:AAABAA==", [65_536]],
  ["f4:AAAgwA==", [-2.5]],
  ["f4:AAAAgA==", [-0]],
  ["f8:mpmZmZmZuT8=", [0.1]],
  ["t1,u1:mpmZmZmZuT8AAAA=", [0.1, 0.1, 0.1]],
])("writes %s, the shortest form", (text, values) => {
  expect(packNumbers(values)).toBe(text);
});

it("writes three hundred different numbers, each often, once", () => {
  const values = Array.from({ length: 9000 }, (_, i) => 0.1 + (i % 300));
  const text = packNumbers(values);
  expect(text.slice(0, 8)).toBe("t300,u2:");
  expect(text.length).toBeLessThan(((300 * 8 + 9000 * 2) * 4) / 3 + 20);
  expect([...unpackNumbers(text, "x")]).toEqual(values);
});

describe("refuses", () => {
  it.each([
    ["what is no text", 7],
    ["a text without a form", "AQL/"],
    ["an unknown form", "q1:AQL/"],
    ["what is no base64", "u1:!"],
    ["half a number", "u4:AAE="],
    ["a table longer than the text", "t9,u1:AAAA"],
    ["a place behind its table", "t1,u1:mpmZmZmZuT8B"],
    ["a number that is not finite", "f8:AAAAAAAA8H8="],
    ["NaN", "f4:AADAfw=="],
  ])("%s", (_, json) => {
    expect(() => unpackNumbers(json, "the place")).toThrow(
      expect.objectContaining({ code: "MODEL_UNREADABLE" }),
    );
  });
  it.each([
    ["too few", { length: 4 }],
    ["too small a number", { least: 2 }],
    ["too great a number", { most: 2 }],
  ])("%s", (_, expected) => {
    expect(() => unpackNumbers(packNumbers([1, 2, 3]), "x", expected)).toThrow(
      expect.objectContaining({ code: "MODEL_UNREADABLE" }),
    );
  });
  it("a part where whole numbers are wanted", () => {
    expect(() => unpackNumbers(packNumbers([1.5]), "x", { whole: true })).toThrow("whole");
  });
});
