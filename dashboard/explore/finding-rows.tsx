import type { ReactNode } from "react";
import type { Finding, Listing } from "../../src/contract/explore.ts";
import type { Currency } from "../../src/contract/formats.ts";
import { ExportMenu } from "../export/export-menu.tsx";
import { useSpeech } from "../i18n/language.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { MoreButton } from "../parts/more-button.tsx";
import { Answered, Skeleton } from "../parts/panel.tsx";
import { useFindingRows } from "../query/explore.ts";
import { changeAddress } from "../route/use-address.ts";
import { ListingTable } from "./listing-table.tsx";
import { useTold } from "./told.ts";

/** Names that the checks give to things, as in a finding's first rows; the rows' own columns say the same. */
const INNER = new Set(["item", "label", "money_minor", "leads"]);

/** The rows' own columns, where they stand in their file first. */
function readable(listing: Listing): Listing {
  const place = (name: string) => (name === "file" ? 0 : name === "line" ? 1 : 2);
  const order = listing.columns
    .map((name, at) => ({ name, at }))
    .filter(({ name }) => !INNER.has(name))
    .sort((a, b) => place(a.name) - place(b.name));
  return {
    columns: order.map(({ name }) => name),
    rows: listing.rows.map((row) => order.map(({ at }) => row[at] ?? null)),
  };
}

/** Every row of a finding, page by page. */
export function FindingRowsDrawer(props: {
  readonly id: string;
  readonly finding: Finding | undefined;
  readonly asOf: string | null;
  readonly money: Currency;
}): ReactNode {
  const { t, n } = useSpeech();
  const told = useTold();
  const query = useFindingRows(props.id, props.asOf);
  const title = props.finding ? told(props.finding.title) : props.id;
  return (
    <Dialog kind="drawer" title={title} onClose={() => changeAddress({ finding: null })}>
      {props.finding ? <p>{told(props.finding.sentence)}</p> : null}
      <Answered query={query} skeleton={<Skeleton className="skeleton-table" />}>
        {({ pages }) => {
          const [first] = pages;
          const total = first?.total ?? 0;
          if (total === 0) return <p className="soft">{t("rows.none")}</p>;
          const rows = pages.flatMap((page) => page.rows);
          return (
            <>
              <div className="rows-head">
                <p className="soft" data-total={total}>
                  {n("count.rows", total)}
                </p>
                <ExportMenu
                  table={`findings/${encodeURIComponent(props.id)}/rows`}
                  of={title}
                  params={new URLSearchParams(props.asOf === null ? {} : { asOf: props.asOf })}
                />
              </div>
              <ListingTable
                listing={readable({ columns: first?.columns ?? [], rows })}
                name={title}
                money={props.money}
              />
              <MoreButton pages={query} />
            </>
          );
        }}
      </Answered>
    </Dialog>
  );
}
