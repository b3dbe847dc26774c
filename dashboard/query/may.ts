/** What the reader may do, so that nothing else is offered. */
import { accountsWith, type Permission } from "../../src/contract/names.ts";
import { useMe } from "./overview.ts";

/** Whether they may do it in at least one account. */
export function useMay(permission: Permission): boolean {
  return useMe().data?.permissions.includes(permission) ?? false;
}

/** Whether they may do it in every account, which what touches the whole workspace needs. */
export function useMayEverywhere(permission: Permission): boolean {
  return accountsWith(useMe().data?.grants ?? [], permission) === "all";
}
