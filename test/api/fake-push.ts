/** A desk of alerts that answers with real shapes. */
import type { AlertsAnswer, PushAnswer } from "../../src/contract/push.ts";
import type { PushDesk } from "../../src/workflows/push-desk.ts";

const ABOUT: PushAnswer = { key: "BA", alerts: true, devices: 1 };
const ALERTS: AlertsAnswer = {
  items: [{ person: "p", name: "Invented Rep", alerts: true, devices: 1, lastSentAt: null }],
  hook: null,
};

export function fakePush(): PushDesk {
  return {
    about: async () => ABOUT,
    register: async () => ABOUT,
    forget: async () => undefined,
    trial: async () => ({ sent: 1, failed: 0 }),
    alerts: async () => ALERTS,
    setAlerts: async () => ALERTS,
    setHook: async (url) => ({ url, secret: url === null ? null : "s" }),
    settled: async () => undefined,
    close: async () => undefined,
  };
}
