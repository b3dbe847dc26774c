/** Campaigns and leads that the server finds for what is typed. */
import { useEffect, useState } from "react";
import type { CampaignsAnswer } from "../../src/contract/campaigns.ts";
import type { LeadsAnswer } from "../../src/contract/leads.ts";
import { useAnswer } from "../query/overview.ts";
import { HOME } from "../route/address.ts";
import { currentAddress, goTo } from "../route/use-address.ts";
import type { Command, Reach } from "./commands.ts";

const TYPING_MS = 150;
const SHOWN = 5;
/** Fewer letters find everything. */
const LEAST_LETTERS = 2;

/** The text once the hand rests. */
function useRested(text: string): string {
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), TYPING_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return rested;
}

const open = (place: "campaigns" | "leads", id: string) => () =>
  goTo({
    ...HOME,
    place,
    selection: { ...currentAddress().selection, from: "all", to: null },
    own: { open: id },
  });

/** Of all times: whoever types a name looks for it, not for the period. */
export function useFound(
  typed: string,
  reach: Reach,
): {
  readonly campaigns: readonly Command[];
  readonly leads: readonly Command[];
  readonly busy: boolean;
} {
  const text = useRested(typed.trim());
  const asks = text.length >= LEAST_LETTERS;
  const params = new URLSearchParams({ from: "all", search: text, limit: String(SHOWN) });
  const campaigns = useAnswer<CampaignsAnswer>("/campaigns", params, {
    enabled: asks && reach.figures,
  });
  const leads = useAnswer<LeadsAnswer>("/leads", params, { enabled: asks && reach.leads });
  if (!asks) return { campaigns: [], leads: [], busy: false };
  return {
    campaigns: (campaigns.data?.items ?? []).map((row) => ({
      id: `campaign ${row.campaignId}`,
      label: row.campaignName ?? row.project ?? row.campaignId,
      hint: row.campaignId,
      run: open("campaigns", row.campaignId),
    })),
    leads: (leads.data?.items ?? []).map((row) => ({
      id: `lead ${row.leadId}`,
      label: row.name ?? row.phone ?? row.leadId,
      hint: [row.project, row.leadId].filter((one) => one !== null).join(" · "),
      run: open("leads", row.leadId),
    })),
    busy: text !== typed.trim() || campaigns.isFetching || leads.isFetching,
  };
}
