import { type MouseEvent, useCallback, useMemo, useSyncExternalStore } from "react";
import { type Address, parseAddress, printAddress, type Selection } from "./address.ts";

const listeners = new Set<() => void>();

function changed(): void {
  for (const listener of listeners) listener();
}

window.addEventListener("popstate", changed);

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Goes to an address; `replace` keeps the history short while somebody types or ticks boxes. */
export function goTo(address: Address, options: { readonly replace?: boolean } = {}): void {
  const url = printAddress(address);
  if (url === location.pathname + location.search) return;
  if (options.replace) history.replaceState(null, "", url);
  else history.pushState(null, "", url);
  changed();
}

export function currentAddress(): Address {
  return parseAddress(location.pathname, location.search);
}

/** The address the browser shows, read anew whenever it changes. */
export function useAddress(): Address {
  const url = useSyncExternalStore(subscribe, () => location.pathname + location.search);
  return useMemo(() => {
    const at = url.indexOf("?");
    return at < 0 ? parseAddress(url, "") : parseAddress(url.slice(0, at), url.slice(at));
  }, [url]);
}

/** Changes part of the address that is current when it is called. */
export function changeAddress(
  part: Partial<Address>,
  options: { readonly replace?: boolean } = {},
): void {
  goTo({ ...currentAddress(), ...part }, options);
}

/** Sets parameters that a part keeps for itself; null takes one away. */
export function changeOwn(
  part: Readonly<Record<string, string | null>>,
  options: { readonly replace?: boolean } = {},
): void {
  const address = currentAddress();
  const own = Object.entries({ ...address.own, ...part }).filter(
    (entry): entry is [string, string] => entry[1] !== null,
  );
  goTo({ ...address, own: Object.fromEntries(own) }, options);
}

export function changeSelection(
  part: Partial<Selection>,
  options: { readonly replace?: boolean } = {},
): void {
  const address = currentAddress();
  goTo({ ...address, selection: { ...address.selection, ...part } }, options);
}

/** Properties of a link that stays in the page on a plain click and opens elsewhere as links do. */
export function useLink(address: Address): {
  href: string;
  onClick: (event: MouseEvent<HTMLAnchorElement>) => void;
} {
  const href = printAddress(address);
  const onClick = useCallback(
    (event: MouseEvent<HTMLAnchorElement>) => {
      if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
        return;
      event.preventDefault();
      goTo(address);
    },
    [address],
  );
  return { href, onClick };
}
