import { type ReactNode, useMemo } from "react";
import { useMay } from "../query/may.ts";
import { type Address, HOME } from "../route/address.ts";
import { useAddress, useLink } from "../route/use-address.ts";

/** A number that opens its leads in the list; plain for those who may not see rows of leads. */
export function LeadsLink(props: {
  /** Filters of the list; `stage` among them. */
  readonly filters: Readonly<Record<string, string>>;
  /** Accounts instead of those chosen. */
  readonly account?: string;
  /** Days instead of those chosen. */
  readonly days?: { readonly from: string; readonly to: string };
  readonly className?: string;
  /** What is read out instead of a short text. */
  readonly label?: string;
  readonly children: ReactNode;
}): ReactNode {
  const { selection } = useAddress();
  const may = useMay("leads");
  const { filters, account, days } = props;
  const target = useMemo<Address>(() => {
    const { stage = null, ...own } = filters;
    const narrowed = {
      ...selection,
      ...days,
      ...(account === undefined ? {} : { account: [account] }),
    };
    return { ...HOME, place: "leads", leads: "table", selection: narrowed, stage, own };
  }, [filters, account, days, selection]);
  const link = useLink(target);
  if (!may) return <span className={props.className}>{props.children}</span>;
  return (
    <a {...link} className={props.className ?? "plain-link"}>
      {props.label === undefined ? (
        props.children
      ) : (
        <>
          <span className="sr-only">{props.label}</span>
          <span aria-hidden="true">{props.children}</span>
        </>
      )}
    </a>
  );
}
