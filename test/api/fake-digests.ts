import type { DigestRow, ShareRow } from "../../src/contract/digests.ts";
import type { Job } from "../../src/store/jobs.ts";
import type { DigestDesk } from "../../src/workflows/digests.ts";
import type { ShareDesk } from "../../src/workflows/shares.ts";
import type { Asked } from "./fakes.ts";

const VIEW = {
  title: "Weekly",
  accounts: ["7"],
  language: "en",
  days: 7,
  sender: { name: "Agency", colour: "#1f4e79", logo: null },
  insights: true,
  by: "owner",
} as const;
const DIGEST: DigestRow = {
  ...VIEW,
  accounts: [...VIEW.accounts],
  id: "d1",
  recipients: ["client@example.com"],
  schedule: null,
  changedAt: "2025-02-01T09:00:00.000Z",
  nextAt: null,
};
const SHARE: ShareRow = {
  ...VIEW,
  accounts: [...VIEW.accounts],
  id: "s1",
  period: null,
  madeAt: "2025-02-01T09:00:00.000Z",
  expiresAt: "2025-03-01T09:00:00.000Z",
  hasPassword: false,
  opened: 0,
  openedAt: null,
};
const JOB: Job = {
  id: "j1",
  kind: "digest",
  key: "digest d1",
  owner: "owner",
  accounts: ["7"],
  input: { digest: "d1", about: "Weekly" },
  state: "waiting",
  phase: null,
  progress: null,
  attempts: 0,
  createdAt: new Date("2025-02-01T09:00:00Z"),
  dueAt: new Date("2025-02-01T09:00:00Z"),
  startedAt: null,
  endedAt: null,
  problem: null,
  result: null,
  checkpoint: null,
};

/** One digest of one account. */
export function fakeDigests(asked: Asked[]): DigestDesk {
  return {
    mail: true,
    async list({ scope }) {
      asked.push({ question: "digests", query: null, scope });
      return [DIGEST];
    },
    add: async (request) => ({ ...DIGEST, ...request }),
    change: async (id, request) => ({ ...DIGEST, ...request, id }),
    remove: async () => undefined,
    html: async () => "<!doctype html><title>Weekly</title>",
    send: async () => JOB,
    start: () => undefined,
    close: () => undefined,
  };
}

/** One link, which `token` opens. */
export function fakeShares(asked: Asked[]): ShareDesk {
  return {
    async list({ scope }) {
      asked.push({ question: "shares", query: null, scope });
      return [SHARE];
    },
    add: async ({ password, expires: _, ...view }) => ({
      share: { ...SHARE, ...view, hasPassword: password !== null },
      path: "/s/token",
    }),
    revoke: async () => undefined,
    open: async (token) =>
      token === "token"
        ? { state: "open", html: "<!doctype html><title>Weekly</title>", id: "s1" }
        : { state: "gone" },
  };
}
