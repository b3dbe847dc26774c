/** Checks of leads, their contacts and their status log, in no order that matters. */
import type { Rule } from "./rule.ts";
import { arrivalBursts } from "./rules/arrival-bursts.ts";
import { backwardTransitions } from "./rules/backward-transitions.ts";
import { brokerPattern } from "./rules/broker-pattern.ts";
import { bulkEdits } from "./rules/bulk-edits.ts";
import { clockChange } from "./rules/clock-change.ts";
import { contradictoryStatuses } from "./rules/contradictory-statuses.ts";
import { currentVsLog } from "./rules/current-vs-log.ts";
import { damagedIds } from "./rules/damaged-ids.ts";
import { damagedPhones } from "./rules/damaged-phones.ts";
import { futureSalesDates } from "./rules/future-sales-dates.ts";
import { illegalTransitions } from "./rules/illegal-transitions.ts";
import { junkLeads } from "./rules/junk-leads.ts";
import { labelDrift } from "./rules/label-drift.ts";
import { leadOutage } from "./rules/lead-outage.ts";
import { leadsOutOfTime } from "./rules/leads-out-of-time.ts";
import { leakageSuspects } from "./rules/leakage-suspects.ts";
import { loggingGap } from "./rules/logging-gap.ts";
import { loggingStart } from "./rules/logging-start.ts";
import { neverTouched } from "./rules/never-touched.ts";
import { onePersonSeveralLeads } from "./rules/one-person-several-leads.ts";
import { orphanRows } from "./rules/orphan-rows.ts";
import { placeholderContacts } from "./rules/placeholder-contacts.ts";
import { refusedRows } from "./rules/refused-rows.ts";
import { repeatedStatuses } from "./rules/repeated-statuses.ts";
import { statusBeforeLead } from "./rules/status-before-lead.ts";
import { statusMixChange } from "./rules/status-mix-change.ts";
import { statusSpelling } from "./rules/status-spelling.ts";
import { substringTrap } from "./rules/substring-trap.ts";
import { unknownStatus } from "./rules/unknown-status.ts";
import { unmappedStatuses } from "./rules/unmapped-statuses.ts";
import { unusableEmails } from "./rules/unusable-emails.ts";
import { wonFromNothing } from "./rules/won-from-nothing.ts";

export const SALES_RULES: readonly Rule[] = [
  arrivalBursts,
  backwardTransitions,
  brokerPattern,
  bulkEdits,
  clockChange,
  contradictoryStatuses,
  currentVsLog,
  damagedIds,
  damagedPhones,
  futureSalesDates,
  illegalTransitions,
  junkLeads,
  labelDrift,
  leadOutage,
  leadsOutOfTime,
  loggingStart,
  loggingGap,
  neverTouched,
  onePersonSeveralLeads,
  orphanRows,
  placeholderContacts,
  refusedRows,
  repeatedStatuses,
  statusBeforeLead,
  statusMixChange,
  statusSpelling,
  substringTrap,
  unknownStatus,
  unmappedStatuses,
  unusableEmails,
  wonFromNothing,
  leakageSuspects,
];
