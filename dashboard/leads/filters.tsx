import type { ReactNode } from "react";
import { STAGES } from "../../src/contract/names.ts";
import { useSpeech } from "../i18n/language.tsx";
import { isTextKey, type TextKey } from "../i18n/messages.ts";
import type { Speech } from "../i18n/speech.ts";
import { useStageName } from "../overview/funnel.tsx";
import { Icon } from "../parts/icon.tsx";
import { Popover } from "../parts/popover.tsx";
import { useDefinitions } from "../query/definitions.ts";
import { LEAD_FILTERS, type LeadFilter } from "../query/leads.ts";
import { changeAddress, changeOwn, useAddress } from "../route/use-address.ts";
import { hourName, weekdayName } from "./weekday-name.ts";

const YES_NO = ["yes", "no"] as const;
const CONTACTS = ["touched", "untimed", "never", "unrecorded"] as const;
const PHONES = ["valid", "invalid", "none"] as const;
const AGES = ["1", "7", "30", "90"] as const;

const NAMES: Readonly<Record<LeadFilter, TextKey>> = {
  status: "lead.status",
  contact: "lead.contact",
  judged: "lead.judged",
  logged: "lead.logged",
  phone: "lead.phoneState",
  late: "lead.late",
  afterHours: "lead.afterHours",
  weekday: "lead.weekday",
  hour: "lead.hour",
  attempts: "lead.attempts",
  youngerThan: "lead.youngerThan",
  olderThan: "lead.olderThan",
  rep: "lead.rep",
};

/** A value of a filter in the reader's words. */
function valueText(speech: Speech, filter: LeadFilter, value: string): string {
  const { t, n, formats } = speech;
  if (filter === "weekday") return weekdayName(formats.language, Number(value));
  if (filter === "hour") return hourName(formats, Number(value));
  if (filter === "attempts")
    return value === "5" ? t("lead.attemptsMore") : formats.count(Number(value));
  if (filter === "youngerThan" || filter === "olderThan") return n("leads.daysOld", Number(value));
  if (filter === "status" || filter === "rep") return value;
  const key =
    filter === "contact"
      ? `contact.${value}`
      : filter === "phone"
        ? `phone.${value}`
        : `leads.${value}`;
  return isTextKey(key) ? t(key) : value;
}

/** A filter and its value. */
const pair = (name: string, value: string) => `${name}: ${value}`;

/** Statuses that the status map knows, for the choice of one. */
function useStatuses(): readonly string[] {
  return (useDefinitions().data?.statuses ?? []).map(({ status }) => status).sort();
}

/** What narrows the list beside the selection; every choice is in the address. */
export function LeadFilters(): ReactNode {
  const speech = useSpeech();
  const { t, formats } = speech;
  const { stage, own } = useAddress();
  const stageName = useStageName();
  const statuses = useStatuses();
  const count = LEAD_FILTERS.filter((name) => own[name] !== undefined).length + (stage ? 1 : 0);
  const choices: readonly (readonly [LeadFilter, readonly string[]])[] = [
    ["contact", CONTACTS],
    ["status", statuses],
    ["late", YES_NO],
    ["afterHours", YES_NO],
    ["judged", YES_NO],
    ["logged", YES_NO],
    ["attempts", ["0", "1", "2", "3", "4", "5"]],
    ["phone", PHONES],
    ["youngerThan", AGES],
    ["olderThan", AGES],
  ];
  return (
    <Popover
      name={t("leads.filters")}
      className="popover-end"
      active={count > 0}
      label={count === 0 ? t("leads.filters") : pair(t("leads.filters"), formats.count(count))}
    >
      {() => (
        <div className="lead-filters">
          <label>
            <span className="label-soft">{t("lead.stage")}</span>
            <select
              className="input"
              value={stage ?? ""}
              onChange={(event) => changeAddress({ stage: event.target.value || null })}
            >
              <option value="">{t("leads.any")}</option>
              {[...STAGES, "unmapped"].map((one) => (
                <option key={one} value={one}>
                  {stageName(one)}
                </option>
              ))}
            </select>
          </label>
          {choices.map(([name, values]) => (
            <label key={name}>
              <span className="label-soft">{t(NAMES[name])}</span>
              <select
                className="input"
                value={own[name] ?? ""}
                onChange={(event) => changeOwn({ [name]: event.target.value || null })}
              >
                <option value="">{t("leads.any")}</option>
                {values.map((value) => (
                  <option key={value} value={value}>
                    {valueText(speech, name, value)}
                  </option>
                ))}
              </select>
            </label>
          ))}
        </div>
      )}
    </Popover>
  );
}

/** Every filter in force as a chip that takes it away. */
export function LeadChips(): ReactNode {
  const speech = useSpeech();
  const { t } = speech;
  const { stage, own } = useAddress();
  const stageName = useStageName();
  const chips = [
    ...(stage === null
      ? []
      : [
          {
            key: "stage",
            text: pair(t("lead.stage"), stageName(stage)),
            remove: () => changeAddress({ stage: null }),
          },
        ]),
    ...LEAD_FILTERS.flatMap((name) => {
      const value = own[name];
      if (value === undefined) return [];
      const text = pair(t(NAMES[name]), valueText(speech, name, value));
      return [{ key: name, text, remove: () => changeOwn({ [name]: null }) }];
    }),
  ];
  if (chips.length === 0) return null;
  return (
    <div className="lead-chips">
      {chips.map(({ key, text, remove }) => (
        <span key={key} className="chip">
          <bdi>{text}</bdi>
          <button
            type="button"
            className="button-icon"
            aria-label={t("action.remove", { name: text })}
            onClick={remove}
          >
            <Icon name="close" />
          </button>
        </span>
      ))}
    </div>
  );
}

/** Takes the search and every filter of the list away; the selection stays. */
export function clearLeadFilters(own: Readonly<Record<string, string>>): void {
  const rest = Object.entries(own).filter(
    ([name]) => !LEAD_FILTERS.some((filter) => filter === name),
  );
  changeAddress({ search: "", stage: null, own: Object.fromEntries(rest) });
}
