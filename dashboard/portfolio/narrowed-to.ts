/** Where a line of the portfolio leads: the campaigns of that account, with everything else as it was chosen. */
import { type Address, HOME, type Selection } from "../route/address.ts";

export function narrowedTo(selection: Selection, account: string): Address {
  return {
    ...HOME,
    place: "campaigns",
    campaigns: "table",
    selection: { ...selection, account: [account] },
  };
}
