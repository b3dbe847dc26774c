import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Box,
  type Deed,
  type NewWaiting,
  type Post,
  sendAll,
  type Waiting,
  waitMs,
} from "../../dashboard/work/outbox.ts";

function memoryBox(): Box & { readonly items: Map<number, Waiting> } {
  const items = new Map<number, Waiting>();
  let last = 0;
  return {
    items,
    add: async (item) => {
      const kept = { ...item, seq: ++last };
      items.set(kept.seq, kept);
      return kept;
    },
    list: async (person) => [...items.values()].filter((one) => one.person === person),
    change: async (item) => {
      const there = items.has(item.seq);
      if (there) items.set(item.seq, item);
      return there;
    },
    remove: async (seqs) => {
      for (const seq of seqs) items.delete(seq);
    },
    takeUntried: async (id) => {
      const found = [...items.values()].find((one) => one.id === id);
      if (!found || found.tries > 0) return false;
      return items.delete(found.seq);
    },
  };
}

const outcome = (leadId: string, status = "NO_ANSWER"): Deed => ({
  kind: "outcome",
  account: "7",
  leadId,
  status,
  stage: "attempting",
  note: null,
  nextAttemptAt: null,
});

const item = (id: string, deed: Deed, person = "sara"): NewWaiting => ({
  id,
  person,
  about: null,
  at: "2026-01-05T09:00:00.000Z",
  deed,
  tries: 0,
  refused: null,
});

interface Sent {
  readonly path: string;
  readonly ids: readonly string[];
}

type Body = { readonly id?: string; readonly outcomes?: readonly { readonly id: string }[] };

/** A server that keeps each name once; `weather` says what becomes of the n-th request. */
function server(weather: (n: number) => "fine" | "unheard" | "unanswered" | 503 = () => "fine") {
  const kept: string[] = [];
  const sent: Sent[] = [];
  const refuse = new Map<string, string>();
  let n = 0;
  const post: Post = async (path, body, headers) => {
    const today = weather(n++);
    const { outcomes, id } = body as Body;
    const ids = outcomes?.map((one) => one.id) ?? [id ?? headers["Idempotency-Key"] ?? ""];
    sent.push({ path, ids });
    if (today === "unheard") return { status: 0, body: null };
    if (today === 503) return { status: 503, body: { code: "NOT_READY" } };
    const items = ids.map((one) => {
      const code = refuse.get(one);
      if (code !== undefined)
        return { outcome: "refused", problem: { code, what: "no", where: null, fix: "ask" } };
      if (kept.includes(one)) return { outcome: "repeated", problem: null };
      kept.push(one);
      return { outcome: "kept", problem: null };
    });
    if (today === "unanswered") return { status: 0, body: null };
    const [first] = items;
    if (outcomes === undefined && first?.problem) return { status: 409, body: first.problem };
    return { status: 200, body: { items } };
  };
  return { post, kept, sent, refuse };
}

describe("what waits on a phone", () => {
  it("goes out in the order in which it happened: outcomes together, notes between them alone", async () => {
    const box = memoryBox();
    await box.add(item("a", outcome("1")));
    await box.add(item("b", outcome("2")));
    await box.add(item("c", { kind: "note", account: "7", leadId: "1", text: "asked for plans" }));
    await box.add(item("d", outcome("1", "FOLLOW_UP")));
    const { post, sent, kept } = server();
    expect(await sendAll(box, "sara", post)).toBe("done");
    expect(sent).toEqual([
      { path: "/work/outcomes", ids: ["a", "b"] },
      { path: "/work/notes", ids: ["c"] },
      { path: "/work/outcomes", ids: ["d"] },
    ]);
    expect(kept).toEqual(["a", "b", "c", "d"]);
    expect(box.items.size).toBe(0);
  });

  it("stays where it is while the server cannot, and is kept once though its first answer was lost", async () => {
    const box = memoryBox();
    await box.add(item("a", outcome("1")));
    const { post, kept } = server((n) => (n === 0 ? 503 : n === 1 ? "unanswered" : "fine"));
    expect(await sendAll(box, "sara", post)).toBe("later");
    expect(await sendAll(box, "sara", post)).toBe("later");
    expect([...box.items.values()].map(({ tries }) => tries)).toEqual([2]);
    expect(await sendAll(box, "sara", post)).toBe("done");
    expect(kept).toEqual(["a"]);
  });

  it("keeps what is refused with its reason, sends nothing further of that lead, and goes on with others", async () => {
    const box = memoryBox();
    for (const [id, lead] of ["1a", "2a", "1b", "2b"].map((id) => [id, id.slice(0, 1)] as const))
      await box.add(item(id, outcome(lead)));
    const { post, refuse, kept } = server();
    refuse.set("1a", "LEAD_TAKEN");
    await sendAll(box, "sara", post);
    expect(kept).toEqual(["2a", "2b"]);
    await box.add(item("1c", outcome("1")));
    await box.add(item("2c", outcome("2")));
    expect(await sendAll(box, "sara", post)).toBe("done");
    expect(kept).toEqual(["2a", "2b", "2c"]);
    expect([...box.items.values()].map(({ id, refused }) => [id, refused?.code ?? null])).toEqual([
      ["1a", "LEAD_TAKEN"],
      ["1b", null],
      ["1c", null],
    ]);
  });

  it("finds the one deed that spoils a whole request", async () => {
    const box = memoryBox();
    for (const id of ["a", "bad", "c"]) await box.add(item(id, outcome(id)));
    const { post, kept } = server();
    const strict: Post = async (path, body, headers) => {
      const ids = (body as Body).outcomes?.map((one) => one.id) ?? [];
      return ids.includes("bad")
        ? { status: 400, body: { code: "BAD_REQUEST", detail: "odd", fix: "" } }
        : post(path, body, headers);
    };
    expect(await sendAll(box, "sara", strict)).toBe("done");
    expect(kept).toEqual(["a", "c"]);
    expect([...box.items.values()].map(({ id, refused }) => [id, refused?.what])).toEqual([
      ["bad", "odd"],
    ]);
  });

  it("never goes out as somebody else, and stops when nobody is known", async () => {
    const box = memoryBox();
    await box.add(item("a", outcome("1"), "sara"));
    await box.add(item("b", outcome("1"), "omar"));
    const { post, kept } = server();
    expect(await sendAll(box, "omar", post)).toBe("done");
    expect(kept).toEqual(["b"]);
    const nobody: Post = async () => ({ status: 401, body: { code: "NOT_SIGNED_IN" } });
    expect(await sendAll(box, "sara", nobody)).toBe("signed-out");
    expect(box.items.size).toBe(1);
  });

  it("never goes out once it was taken back, be it the moment before", async () => {
    const box = memoryBox();
    const { post, sent } = server();
    await box.add(item("a", outcome("1")));
    await box.add(item("b", outcome("2")));
    const hasty: Box = {
      ...box,
      list: async (person) => {
        const listed = await box.list(person);
        await box.takeUntried("a");
        return listed;
      },
    };
    expect(await sendAll(hasty, "sara", post)).toBe("done");
    expect(sent.flatMap(({ ids }) => ids)).toEqual(["b"]);
    expect(await box.takeUntried("b")).toBe(false);
  });

  it("counts an undo as done that finds nothing to take back", async () => {
    const box = memoryBox();
    await box.add(item("u", { kind: "undo", account: "7", leadId: "1", outcome: "a" }));
    const { post, refuse } = server();
    refuse.set("a", "NOTHING_TO_UNDO");
    expect(await sendAll(box, "sara", post)).toBe("done");
    expect(box.items.size).toBe(0);
  });

  it("loses nothing and doubles nothing, each lead's in order, whatever the weather", async () => {
    const skies = fc.constantFrom(
      "fine" as const,
      "unheard" as const,
      "unanswered" as const,
      503 as const,
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom("1", "2", "3"), { minLength: 1, maxLength: 12 }),
        fc.array(skies, { maxLength: 15 }),
        async (leads, weather) => {
          const box = memoryBox();
          const { post, kept } = server((n) => weather[n] ?? "fine");
          for (const [i, lead] of leads.entries()) {
            const deed: Deed =
              i % 3 === 2 ? { kind: "note", account: "7", leadId: lead, text: "x" } : outcome(lead);
            await box.add(item(`${i}`, deed));
            await sendAll(box, "sara", post);
          }
          for (let i = 0; i <= weather.length; i++) await sendAll(box, "sara", post);
          expect(kept).toEqual(leads.map((_, i) => `${i}`));
          expect(box.items.size).toBe(0);
        },
      ),
    );
  });

  it("waits longer after each failure, a minute at most", () => {
    expect([1, 2, 3, 7, 50].map(waitMs)).toEqual([1000, 2000, 4000, 60_000, 60_000]);
  });
});
