import type { WorkLead } from "../../src/contract/work.ts";

/** Digits of a number in international form, as wa.me wants them; null where the number is not known so far. */
export function whatsAppDigits({ phone, phoneValid }: Pick<WorkLead, "phone" | "phoneValid">) {
  if (phone === null || phoneValid === false || !phone.startsWith("+")) return null;
  const digits = phone.replace(/\D/g, "");
  return digits.length < 7 ? null : digits;
}
