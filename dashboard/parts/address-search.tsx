import { type ReactNode, useEffect, useRef, useState } from "react";
import { changeAddress, useAddress } from "../route/use-address.ts";
import { Icon } from "./icon.tsx";

const TYPING_MS = 250;

/** Narrows the list of a place; what is typed goes into the address once the hand rests. */
export function AddressSearch(props: { readonly name: string; readonly hint: string }): ReactNode {
  const { search } = useAddress();
  const [typed, setTyped] = useState(search);
  const sent = useRef(search);
  useEffect(() => {
    // The address changed by other hands (back button, "clear"): follow it.
    if (search !== sent.current) {
      sent.current = search;
      setTyped(search);
    }
  }, [search]);
  useEffect(() => {
    if (typed === sent.current) return;
    const timer = setTimeout(() => {
      const first = sent.current === "";
      sent.current = typed;
      changeAddress({ search: typed }, { replace: !first });
    }, TYPING_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <label className="search-field">
      <Icon name="search" />
      <span className="sr-only">{props.name}</span>
      <input
        data-search
        type="search"
        className="input"
        dir="auto"
        maxLength={200}
        placeholder={props.hint}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          setTyped("");
          event.currentTarget.blur();
        }}
      />
    </label>
  );
}
