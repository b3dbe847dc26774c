/** Alerts of new leads: to a person's devices, and to a program that wants to hear of them. */
import { z } from "zod";
import { Instant } from "./common.ts";

/** 65 bytes of a point, 16 bytes of a secret: base64url without padding, as a browser gives them. */
const Bytes = (length: number) =>
  z
    .string()
    .regex(/^[A-Za-z0-9_-]+=*$/)
    .refine((text) => Math.floor((text.replace(/=+$/, "").length * 3) / 4) === length, {
      message: `${length} bytes`,
    });

export const PushAnswer = z.object({
  /** The server's public key, base64url: browsers want it for a subscription. */
  key: z.string(),
  /** False: no device of the caller is alerted. */
  alerts: z.boolean(),
  devices: z.int(),
});
export type PushAnswer = z.infer<typeof PushAnswer>;

/** A browser's subscription to its push service. */
export const DeviceRequest = z.object({
  endpoint: z.url({ protocol: /^https?$/ }).max(2000),
  keys: z.object({ p256dh: Bytes(65), auth: Bytes(16) }),
  /** In which alerts are written; absent: as before, else English. */
  language: z.enum(["en", "ar"]).optional(),
});
export type DeviceRequest = z.infer<typeof DeviceRequest>;

export const ForgetDeviceRequest = z.strictObject({ endpoint: z.string().min(1).max(2000) });
export type ForgetDeviceRequest = z.infer<typeof ForgetDeviceRequest>;

export const PushTestAnswer = z.object({
  sent: z.int(),
  /** Devices that their push service did not take a message for. */
  failed: z.int(),
});
export type PushTestAnswer = z.infer<typeof PushTestAnswer>;

export const AlertsRequest = z.strictObject({ alerts: z.boolean() });
export type AlertsRequest = z.infer<typeof AlertsRequest>;

/** Who is alerted, of those the caller manages; and where programs hear of new leads. */
export const AlertsAnswer = z.object({
  items: z.array(
    z.object({
      person: z.string(),
      name: z.string(),
      alerts: z.boolean(),
      devices: z.int(),
      /** When a push service last took an alert for them. */
      lastSentAt: Instant.nullable(),
    }),
  ),
  /** Null: none; or the caller does not hold the whole workspace. */
  hook: z.string().nullable(),
});
export type AlertsAnswer = z.infer<typeof AlertsAnswer>;

/** An address that is told of each new lead; null takes it away. */
export const HookRequest = z.strictObject({
  url: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .nullable(),
});
export type HookRequest = z.infer<typeof HookRequest>;

export const HookAnswer = z.object({
  url: z.string().nullable(),
  /** Signs every message; told here and never again. */
  secret: z.string().nullable(),
});
export type HookAnswer = z.infer<typeof HookAnswer>;
