import { createECDH, createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { openSealed, senderOf } from "../../sim/push/push-service.ts";
import { hookErrand } from "../../src/workflows/push-hook.ts";
import { newServerKeys, sealFor, serverWord } from "../../src/workflows/push-message.ts";
import { checkService } from "../../src/workflows/push-services.ts";
import { alertWords } from "../../src/workflows/push-words.ts";

const bytes = (text: string) => Buffer.from(text, "base64url");

/** RFC 8291, appendix A. */
const RFC_8291 = {
  text: "When I grow up, I want to be a watermelon",
  p256dh: "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
  auth: "BTBZMqHH6r4Tts7J_aSIgg",
  devicePrivate: "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94",
  senderPrivate: "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw",
  salt: "DGv6ra1nlYgDCS1FRnbzlw",
  message:
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN",
};

describe("a message for one device", () => {
  it("is the one of the RFC's example, byte by byte", () => {
    const sealed = sealFor(RFC_8291, Buffer.from(RFC_8291.text), {
      salt: bytes(RFC_8291.salt),
      privateKey: bytes(RFC_8291.senderPrivate),
    });
    expect(sealed.toString("base64url")).toBe(RFC_8291.message);
  });
  it("opens on that device and on no other", () => {
    const device = createECDH("prime256v1");
    device.setPrivateKey(bytes(RFC_8291.devicePrivate));
    const sealed = sealFor(RFC_8291, Buffer.from("عميل جديد"));
    expect(openSealed(sealed, device, bytes(RFC_8291.auth))).toBe("عميل جديد");
    const other = createECDH("prime256v1");
    other.generateKeys();
    expect(() => openSealed(sealed, other, bytes(RFC_8291.auth))).toThrow();
  });
});

describe("the server's word", () => {
  const now = new Date("2026-01-05T09:00:00Z");
  const endpoint = "https://push.example.net/p/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV";
  const origin = "https://push.example.net";

  it("of the RFC's example is understood by the simulator that judges ours", () => {
    // RFC 8292, section 2.4.
    const word =
      "vapid t=eyJ0eXAiOiJKV1QiLCJhbGciOiJFUzI1NiJ9.eyJhdWQiOiJodHRwczovL3B1c2guZXhhbXBsZS5uZXQiLCJleHAiOjE0NTM1MjM3NjgsInN1YiI6Im1haWx0bzpwdXNoQGV4YW1wbGUuY29tIn0.i3CYb7t4xfxCDquptFOepC9GAu_HLGkMlMuCGSK2rpiUfnK9ojFwDXb1JrErtmysazNjjvW2L9OkSSHzvoD1oA, " +
      "k=BA1Hxzyi1RUM1b5wjxsn7nGxAszw2u61m164i3MrAIxHF6YK5h4SDYic-dRuU_RCPCfA5aq9ojSwk5Y2EmClBPs";
    expect(senderOf(word, origin, 1_453_500_000_000)).toMatch(/^BA1Hxz/);
    expect(senderOf(word, origin, now.getTime())).toBeNull();
  });
  it("names us at that service for some hours, and holds nowhere else", () => {
    const keys = newServerKeys();
    const word = serverWord(endpoint, keys, "mailto:owner@example.com", now);
    expect(senderOf(word, origin, now.getTime())).toBe(keys.publicKey);
    expect(senderOf(word, "https://other.example", now.getTime())).toBeNull();
    expect(senderOf(word, origin, now.getTime() + 13 * 3_600_000)).toBeNull();
    const forged = word.replace(/k=.*$/, `k=${newServerKeys().publicKey}`);
    expect(senderOf(forged, origin, now.getTime())).toBeNull();
  });
});

it("devices are reached by push services of browsers alone, over https", () => {
  for (const endpoint of [
    "https://fcm.googleapis.com/fcm/send/abc",
    "https://updates.push.services.mozilla.com/wpush/v2/abc",
    "https://wns2-par02p.notify.windows.com/w/?token=abc",
    "https://web.push.apple.com/abc",
  ])
    expect(() => checkService(endpoint, [])).not.toThrow();
  for (const endpoint of [
    "http://fcm.googleapis.com/fcm/send/abc",
    "https://fcm.googleapis.com.example.net/abc",
    "https://notfcm.googleapis.com/abc",
    "https://fcm.googleapis.com:8443/abc",
    "https://169.254.169.254/latest",
    "http://127.0.0.1:9/",
  ])
    expect(() => checkService(endpoint, []), endpoint).toThrow(
      expect.objectContaining({ code: "PUSH_SERVICE_UNKNOWN" }),
    );
});

it("a program checks who speaks by the secret it was given", () => {
  const hook = { url: "https://example.com/leads", secret: "s" };
  const message = {
    id: "4",
    event: "lead.waiting" as const,
    account: "7",
    leadId: "l1",
    project: null,
    campaign: null,
    assignee: null,
    at: "2026-01-05T09:00:00.000Z",
  };
  const { headers, body } = hookErrand(hook, message, new Date("2026-01-05T09:00:00Z"));
  const [, t, signature] = /^t=(\d+),v1=(\w+)$/.exec(headers["x-leadsmart-signature"] ?? "") ?? [];
  expect(signature).toBe(
    createHmac("sha256", "s")
      .update(`${t}.${Buffer.from(body).toString()}`)
      .digest("hex"),
  );
});

it("alerts count as each language counts", () => {
  const title = (leads: number, language: "en" | "ar") =>
    alertWords({ kind: "assigned", leads, project: null }, language).title;
  expect([1, 2, 3, 11, 103].map((n) => title(n, "en"))).toEqual([
    "New lead",
    "2 new leads",
    "3 new leads",
    "11 new leads",
    "103 new leads",
  ]);
  expect([1, 2, 3, 11, 103].map((n) => title(n, "ar"))).toEqual([
    "عميل جديد",
    "عميلان جديدان",
    "3 عملاء جدد",
    "11 عميلًا جديدًا",
    "103 عملاء جدد",
  ]);
});
