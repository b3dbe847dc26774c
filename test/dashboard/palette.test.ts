import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { folded, matching, matchOf } from "../../dashboard/palette/match.ts";

describe("what the palette finds", () => {
  it("is found whatever case, accents, forms of Arabic letters or digits somebody types", () => {
    expect(matchOf("Café Mall", folded("cafe"))).toBeGreaterThan(0);
    expect(matchOf("مشروع أحمد", folded("احمد"))).toBeGreaterThan(0);
    expect(matchOf("مدينة الشروق", folded("مدينه"))).toBeGreaterThan(0);
    expect(matchOf("Account 412", folded("٤١٢"))).toBeGreaterThan(0);
    expect(matchOf("Account 412", folded("413"))).toBe(0);
  });
  it("puts the whole name first, then beginnings, then beginnings of words, then anything", () => {
    const labels = ["Old Palm", "Napalm", "Palm Court", "Palm"].map((label) => ({ label }));
    expect(matching(labels, "palm", 9).map(({ label }) => label)).toEqual([
      "Palm",
      "Palm Court",
      "Old Palm",
      "Napalm",
    ]);
  });
  it("needs every word, in any order", () => {
    expect(matchOf("Campaigns › Ads or follow-up", folded("follow camp"))).toBeGreaterThan(0);
    expect(matchOf("Campaigns › Ads or follow-up", folded("follow cohort"))).toBe(0);
  });
  it("finds every name by itself and by any part of it", () => {
    const name = fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(name, fc.nat(), fc.nat(), (text, from, length) => {
        const whole = folded(text);
        const part = folded(whole.slice(from % (whole.length + 1)).slice(0, 1 + (length % 12)));
        expect(matchOf(text, whole)).toBeGreaterThan(0);
        if (part.split(" ").every((word) => whole.includes(word)))
          expect(matchOf(text, part)).toBeGreaterThan(0);
      }),
    );
  });
});
