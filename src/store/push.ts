/** Devices that hear of new leads by their browser's push service. */

export interface PushDevice {
  /** Address that the push service gave the device; whoever knows it can wake it. */
  readonly endpoint: string;
  readonly person: string;
  /** The device's public key and secret, base64url. */
  readonly p256dh: string;
  readonly auth: string;
  /** In which it is written to. */
  readonly language: "en" | "ar";
  readonly addedAt: Date;
  /** When its push service last took a message; null: never. */
  readonly lastSentAt: Date | null;
}

export interface PushTable {
  /** A device belongs to whoever registered it last. */
  put(device: {
    readonly endpoint: string;
    readonly person: string;
    readonly p256dh: string;
    readonly auth: string;
    /** Null: as it was, else English. */
    readonly language: "en" | "ar" | null;
  }): Promise<void>;
  /** @param person null = everybody's */
  list(person: string | null): Promise<PushDevice[]>;
  /** @param person whose it must be; null = whoever has it */
  remove(endpoint: string, person: string | null): Promise<void>;
  sent(endpoint: string): Promise<void>;
}
