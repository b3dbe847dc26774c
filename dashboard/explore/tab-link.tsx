import { type ReactNode, useMemo } from "react";
import { type Address, type DataTab, HOME } from "../route/address.ts";
import { useAddress, useLink } from "../route/use-address.ts";

/** A link to a part of Data that keeps the filters. */
export function TabLink(props: {
  readonly tab: DataTab;
  readonly part?: Partial<Address>;
  readonly className?: string;
  readonly current?: boolean;
  readonly children: ReactNode;
}): ReactNode {
  const { selection } = useAddress();
  const { tab, part } = props;
  const target = useMemo<Address>(
    () => ({ ...HOME, place: "data", selection, tab, ...part }),
    [selection, tab, part],
  );
  const link = useLink(target);
  return (
    <a {...link} className={props.className} aria-current={props.current ? "page" : undefined}>
      {props.children}
    </a>
  );
}
