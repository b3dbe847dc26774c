import { type ReactNode, useEffect, useRef, useState } from "react";
import { useSpeech } from "../i18n/language.tsx";
import { Icon } from "../parts/icon.tsx";
import { changeAddress, useAddress } from "../route/use-address.ts";

const TYPING_MS = 250;

/** Narrows the list of campaigns; what is typed goes into the address once the hand rests. */
export function SearchField(): ReactNode {
  const { t } = useSpeech();
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
      <span className="sr-only">{t("campaigns.search")}</span>
      <input
        data-search
        type="search"
        className="input"
        dir="auto"
        maxLength={200}
        placeholder={t("campaigns.searchHint")}
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
