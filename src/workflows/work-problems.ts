/** What can speak against a deed of the work on leads. */
import { Problem } from "../base/problem.ts";

const place = (account: string | null, lead: string) =>
  account === null ? `lead ${lead}` : `account ${account}, lead ${lead}`;

/** Also of a lead that is somebody else's: whoever may not see it cannot tell the difference. */
export function leadUnknown(account: string | null, lead: string): Problem {
  return new Problem("LEAD_UNKNOWN", {
    what: "There is no such lead among yours",
    where: place(account, lead),
    fix: "List your leads again; somebody may have taken it over.",
  });
}

export function leadTaken(account: string, lead: string, name: string): Problem {
  return new Problem("LEAD_TAKEN", {
    what: `${name} has this lead already`,
    where: place(account, lead),
    fix: "Take another one from the pool.",
    details: { name },
  });
}

export function accountNotTold(lead: string): Problem {
  return new Problem("LEAD_WITHOUT_ACCOUNT", {
    what: "It is not told in which account the lead is, and there are several",
    where: place(null, lead),
    fix: "Name it in `account`.",
  });
}

export function accountNotYours(account: string, lead: string): Problem {
  return new Problem("NOT_ALLOWED", {
    what: "You do not work leads in this account",
    where: place(account, lead),
    fix: "Ask an owner of the account for a role that does, or leave the row out.",
  });
}

export function campaignElsewhere(account: string, lead: string): Problem {
  return new Problem("CAMPAIGN_ELSEWHERE", {
    what: "The campaign of this lead is not one of its account",
    where: place(account, lead),
    fix: "Correct the campaign or the account.",
  });
}

export function stageWithoutStatus(account: string, lead: string, stage: string): Problem {
  return new Problem("STAGE_WITHOUT_STATUS", {
    what: `No status of this account stands for "${stage}"`,
    where: place(account, lead),
    fix: "Map a status to that stage in the definitions, or send a status.",
    details: { stage },
  });
}

export function outcomeAhead(account: string, lead: string): Problem {
  return new Problem("OUTCOME_AHEAD", {
    what: "The outcome is of a time that has not come yet",
    where: place(account, lead),
    fix: "Set the clock of the phone right and send it again.",
  });
}

export function nothingToUndo(account: string, lead: string, minutes: number): Problem {
  return new Problem("NOTHING_TO_UNDO", {
    what: `There is no outcome of yours on this lead that is less than ${minutes} minutes old and the last one`,
    where: place(account, lead),
    fix: "Set the right status instead; both stay in the lead's history.",
    details: { minutes },
  });
}

export function personUnknown(person: string): Problem {
  return new Problem("PERSON_UNKNOWN", {
    what: "There is no such person who works leads there",
    where: person,
    fix: "List the team again; somebody may have removed them.",
  });
}
