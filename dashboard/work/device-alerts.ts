/** Alerts of new leads on this device: whether the browser can, whether it does, turning it on and off. */
import type { DeviceRequest, PushAnswer } from "../../src/contract/push.ts";
import { getJson, postJson } from "../query/http.ts";

/**
 * `insecure`: the browser gives alerts on https only; `install`: this phone gives them once the page is on its home
 * screen; `unsupported`: never; `denied`: its owner said no.
 */
export type DeviceState = "on" | "off" | "denied" | "unsupported" | "install" | "insecure";

const registration = () => navigator.serviceWorker?.getRegistration();

const subscribed = async () => (await registration())?.pushManager?.getSubscription() ?? null;

export async function deviceState(): Promise<DeviceState> {
  if (!isSecureContext) return "insecure";
  const able = "serviceWorker" in navigator && "PushManager" in globalThis;
  if (!able) return /iPhone|iPad/.test(navigator.userAgent) ? "install" : "unsupported";
  if (Notification.permission === "denied") return "denied";
  return (await subscribed()) === null ? "off" : "on";
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64url.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

/** Asks the device's owner, then tells the server where alerts go. @throws Refusal */
export async function turnOn(language: "en" | "ar"): Promise<DeviceState> {
  if ((await Notification.requestPermission()) !== "granted") return deviceState();
  const { key } = await getJson<PushAnswer>("/api/v1/push");
  const { pushManager } = await navigator.serviceWorker.ready;
  const old = await pushManager.getSubscription();
  // One made for another server's key opens nothing here.
  await old?.unsubscribe();
  const made = await pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: bytesOf(key),
  });
  const { endpoint, keys } = made.toJSON();
  await postJson("/api/v1/push/devices", { endpoint, keys, language } as DeviceRequest);
  return deviceState();
}

/** No more alerts on this device. */
export async function turnOff(): Promise<DeviceState> {
  const subscription = await subscribed();
  if (subscription) {
    await subscription.unsubscribe();
    await postJson("/api/v1/push/forget", { endpoint: subscription.endpoint });
  }
  return deviceState();
}
