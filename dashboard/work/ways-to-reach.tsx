import type { ReactNode } from "react";
import type { WorkLead } from "../../src/contract/work.ts";
import { useSpeech } from "../i18n/language.tsx";
import { Icon } from "../parts/icon.tsx";
import { whatsAppDigits } from "./whatsapp.ts";

/** Call, or write: with the number in front of the thumb. */
export function WaysToReach(props: { readonly lead: WorkLead }): ReactNode {
  const { t } = useSpeech();
  const { lead } = props;
  const { phone, email } = lead;
  const name = lead.name ?? lead.leadId;
  if (phone === null && email === null) return <p className="soft">{t("work.noContact")}</p>;
  const digits = whatsAppDigits(lead);
  const greeting = t("work.greeting", { name: (lead.name ?? "").trim() }).replace(
    /[\u2068\u2069]/g,
    "",
  );
  return (
    <div className="lead-reach">
      {phone === null ? null : (
        <a className="button button-main lead-call" href={`tel:${phone.replace(/[^\d+*#]/g, "")}`}>
          <Icon name="phone" />
          <span>{t("work.call")}</span>
          <bdi dir="ltr" className="lead-number">
            {phone}
          </bdi>
          <bdi className="sr-only">{name}</bdi>
        </a>
      )}
      {digits === null ? null : (
        <a
          className="button"
          href={`https://wa.me/${digits}?text=${encodeURIComponent(greeting)}`}
          target="_blank"
          rel="noreferrer"
        >
          <Icon name="chat" />
          {t("work.whatsApp")}
          <bdi className="sr-only">{name}</bdi>
        </a>
      )}
      {phone === null && email !== null ? (
        <a className="button" href={`mailto:${email}`}>
          <bdi dir="ltr">{email}</bdi>
        </a>
      ) : null}
      {phone !== null && lead.phoneValid === false ? (
        <p className="bad">{t("work.phoneOdd")}</p>
      ) : null}
    </div>
  );
}
