/** Before somebody signs out: this device hears of their leads no more. */
import { turnOff } from "./device-alerts.ts";

/** Never stands in the way of signing out: the server drops a device that its push service no longer knows. */
export async function leaveDevice(): Promise<void> {
  try {
    await turnOff();
  } catch {
    // Without a signal the subscription is gone from the device already.
  }
}
