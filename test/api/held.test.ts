import { afterAll, beforeAll, expect, it } from "vitest";
import { HeldAnswer } from "../../src/contract/work.ts";
import { openWorkHouse, type Rep, type WorkHouse } from "./work-house.ts";

let house: WorkHouse;
let sara: Rep;
let mona: Rep;
beforeAll(async () => {
  house = await openWorkHouse();
  sara = await house.rep("Sara", "7");
  mona = await house.person("Mona", { account: "7", role: "sales_manager" });
  await house.define({ default: { assignment: "by_hand" } });
  await mona.post(
    "/leads",
    ["n1", "n2", "n3"].map((id) => ({ id, account: "7", name: `Invented ${id}` })),
  );
  await mona.post("/work/assign", {
    leads: [
      { account: "7", leadId: "n1" },
      { account: "7", leadId: "n2" },
    ],
    to: { person: sara.id },
  });
});
afterAll(() => house.close());

const held = async (who: Rep, query: string) => {
  const { status, body } = await who.get(`/work/leads?${query}`);
  expect(status).toBe(200);
  return HeldAnswer.parse(body);
};
const fresh = ({ items }: HeldAnswer) =>
  items.map(({ leadId }) => leadId).filter((id) => id.startsWith("n"));

it("a manager sees what somebody has and what nobody has, page by page and by name", async () => {
  const hers = await held(mona, `person=${sara.id}`);
  expect(fresh(hers).sort()).toEqual(["n1", "n2"]);
  const first = await held(mona, `person=${sara.id}&limit=1`);
  const second = await held(mona, `person=${sara.id}&limit=1&cursor=${first.next}`);
  expect(first.total).toBe(hers.total);
  expect([...first.items, ...second.items].map(({ leadId }) => leadId)).toEqual(
    hers.items.slice(0, 2).map(({ leadId }) => leadId),
  );
  expect(fresh(await held(mona, "account=7"))).toEqual(["n3"]);
  expect(fresh(await held(mona, "search=invented%20n3"))).toEqual(["n3"]);
});

it("nobody sees leads of accounts that they do not manage, nor a rep those of a colleague", async () => {
  const nadia = await house.person("Nadia", { account: "8", role: "sales_manager" });
  expect((await held(nadia, `person=${sara.id}`)).total).toBe(0);
  expect((await held(nadia, "account=7")).total).toBe(0);
  expect((await sara.get(`/work/leads?person=${mona.id}`)).status).toBe(403);
});
