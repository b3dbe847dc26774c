import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readDefinitions } from "../../src/domain/definitions.ts";
import { parsePhone } from "../../src/quality/phone.ts";
import { type House, openHouse } from "../marts/raw-world.ts";

const REGIONS = { a1: "EG", a2: "SA", a3: "US", a4: "IT" } as const;
const definitions = readDefinitions(
  [
    {
      default: { defaultCountry: "EG" },
      accounts: {
        a2: { defaultCountry: "SA" },
        a3: { defaultCountry: "US" },
        a4: { defaultCountry: "IT" },
      },
    },
  ],
  "test",
);

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house?.close());

/** Close to an Egyptian mobile, right or wrong by a digit, with marks anywhere. */
const nearlyEgyptian = fc
  .record({
    start: fc.constantFrom("+20", "0020", "20", "0", "", "+", "00", "+200", "+2", "020", "(+20)"),
    digits: fc.oneof(
      fc.stringMatching(/^1[0125][0-9]{8}$/),
      fc.stringMatching(/^1[0-9]{8,10}$/),
      fc.stringMatching(/^[0-9]{7,12}$/),
      fc.stringMatching(/^[1-9][0-9]{10,17}$/),
    ),
    marks: fc.array(
      fc.record({
        at: fc.nat(16),
        mark: fc.constantFrom(" ", "-", "(", ")", ".", ".0", "  ", "/", "٠"),
      }),
      { maxLength: 3 },
    ),
  })
  .map(({ start, digits, marks }) =>
    marks.reduce((text, { at, mark }) => text.slice(0, at) + mark + text.slice(at), start + digits),
  );

it("holds for every text exactly what the phone parser says, whichever way it was told", async () => {
  const phones = fc.sample(nearlyEgyptian, 2500);
  const leads = phones.flatMap((phone, i) =>
    Object.keys(REGIONS).map((account_id) => ({
      lead_id: `l${i}${account_id}`,
      account_id,
      phone,
      added_at: "2024-05-01 10:00:00",
    })),
  );
  await house.settle({ campaign_leads: leads }, definitions);
  const rows = await house.warehouse.all<Record<string, string | boolean | null>>(
    `SELECT account_id, phone, phone_e164 AS e164, phone_country AS country, phone_valid AS valid
     FROM staging.campaign_leads WHERE phone IS NOT NULL`,
  );
  const wrong = rows.filter(({ account_id, phone, ...told }) => {
    const region = REGIONS[account_id as keyof typeof REGIONS];
    const parsed = parsePhone(String(phone), region);
    return Object.entries(told).some(([field, value]) => parsed[field as "e164"] !== value);
  });
  expect(wrong).toEqual([]);
  expect(rows.filter((row) => row.valid).length).toBeGreaterThan(1000);
});
