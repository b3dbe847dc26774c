/** The desk of alerts: what doors may ask of it. */
import type {
  AlertsAnswer,
  DeviceRequest,
  HookAnswer,
  PushAnswer,
  PushTestAnswer,
} from "../contract/push.ts";
import type { Actor } from "./people.ts";

export interface PushDesk {
  about(person: string): Promise<PushAnswer>;
  /** @throws Problem `PUSH_SERVICE_UNKNOWN` */
  register(person: string, device: DeviceRequest): Promise<PushAnswer>;
  forget(person: string, endpoint: string): Promise<void>;
  /** Sends a trial to all of a person's devices. */
  trial(person: string): Promise<PushTestAnswer>;
  /** Those who call, as far as the actor manages people. */
  alerts(actor: Actor): Promise<AlertsAnswer>;
  /** @throws Problem `PERSON_UNKNOWN` */
  setAlerts(actor: Actor, person: string, alerts: boolean): Promise<AlertsAnswer>;
  /** Null takes the address away. A new one gets a new secret. */
  setHook(url: string | null): Promise<HookAnswer>;
  /** Resolves when everything that happened until now is told, or cannot be. */
  settled(): Promise<void>;
  close(): Promise<void>;
}
