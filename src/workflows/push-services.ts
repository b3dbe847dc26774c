/** The push services of the browsers there are: a device's address elsewhere would make this server knock at any door. */
import { Problem } from "../base/problem.ts";

const HOSTS: readonly string[] = [
  "fcm.googleapis.com",
  "push.services.mozilla.com",
  "notify.windows.com",
  "push.apple.com",
];

/** @param more origins besides, such as a simulator's @throws Problem `PUSH_SERVICE_UNKNOWN` */
export function checkService(endpoint: string, more: readonly string[]): void {
  const { protocol, hostname, origin, username, port } = new URL(endpoint);
  if (more.includes(origin)) return;
  const known = HOSTS.some((host) => hostname === host || hostname.endsWith(`.${host}`));
  if (known && protocol === "https:" && username === "" && port === "") return;
  throw new Problem("PUSH_SERVICE_UNKNOWN", {
    what: "The address is of no push service of a known browser",
    where: hostname,
    fix: "Turn alerts on in Chrome, Edge, Firefox or Safari, and send what the browser gives.",
  });
}
