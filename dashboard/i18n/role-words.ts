/** What somebody holds, in words. */
import type { Grant } from "../../src/contract/names.ts";
import { heldRoles } from "./held-roles.ts";
import { useSpeech } from "./language.tsx";

/** Accounts named before they are only counted. */
const MOST_NAMED = 3;

/** One sentence per role: "Viewer in every account", "Marketer in 7 and 8", "Sales rep in 12 accounts". */
export function useRoleWords(): (grants: readonly Grant[]) => string[] {
  const { t, n, formats } = useSpeech();
  return (grants) =>
    heldRoles(grants).map(({ role, accounts }) =>
      accounts === "all"
        ? t("role.everywhere", { role: t(`role.${role}`) })
        : t("role.in", {
            role: t(`role.${role}`),
            accounts:
              accounts.length > MOST_NAMED
                ? n("count.accounts", accounts.length)
                : formats.list(accounts),
          }),
    );
}
