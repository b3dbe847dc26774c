import { type ReactNode, useEffect, useRef, useState } from "react";
import type { CampaignRow, CampaignsAnswer } from "../../src/contract/campaigns.ts";
import type { KpisAnswer } from "../../src/contract/overview.ts";
import { useSpeech } from "../i18n/language.tsx";
import { Icon } from "../parts/icon.tsx";
import { Answered, Panel, Skeleton } from "../parts/panel.tsx";
import { PHONE, useMedia } from "../parts/use-media.ts";
import { useCampaigns } from "../query/overview.ts";
import { CAMPAIGN_COLUMNS, type CampaignSort } from "../route/address.ts";
import { changeAddress, changeSelection, useAddress } from "../route/use-address.ts";
import { TwoNumbers } from "./breakdown.tsx";
import { CampaignTable } from "./campaign-table.tsx";

const TYPING_MS = 250;
/** Rows that a phone shows at once. */
const LIST_STEP = 20;

/** Every campaign of the selection; sorted, searched and paged by the server. */
export function CampaignsPanel(props: { readonly facts: KpisAnswer | undefined }): ReactNode {
  const { t, n, formats } = useSpeech();
  const { selection, search, sort, order } = useAddress();
  const query = useCampaigns(selection, { search, sort, order });
  const phone = useMedia(PHONE);
  const facts = props.facts?.campaigns;
  return (
    <Panel title={t("campaigns.title")} className="panel-campaigns" actions={<SearchField />}>
      {facts && props.facts && facts.total > 0 ? (
        <p className="soft facts">
          <span data-fact="total" data-value={facts.total}>
            {n("count.campaigns", facts.total)}
          </span>
          {facts.neverDelivered !== null && facts.neverDelivered > 0 ? (
            <span data-fact="neverDelivered" data-value={facts.neverDelivered}>
              {t("campaigns.neverDelivered", { n: formats.count(facts.neverDelivered) })}
            </span>
          ) : null}
          {facts.spendNoLead !== null && facts.spendNoLead > 0 ? (
            <span data-fact="spendNoLead" data-value={facts.spendNoLead}>
              {t("campaigns.spendNoLead", {
                n: formats.count(facts.spendNoLead),
                money: formats.money(facts.spendNoLeadMinor, props.facts.frame),
              })}
            </span>
          ) : null}
        </p>
      ) : null}
      <Answered query={query} skeleton={<Skeleton className="skeleton-table" />}>
        {({ pages }) => {
          const first = pages[0] as CampaignsAnswer;
          const rows = pages.flatMap((page) => page.items);
          const more = {
            has: query.hasNextPage,
            loading: query.isFetchingNextPage,
            load: () => void query.fetchNextPage(),
          };
          if (first.total === 0) return <NoCampaign searched={search !== ""} />;
          return phone ? (
            <CampaignList first={first} rows={rows} more={more} />
          ) : (
            <CampaignTable first={first} rows={rows} more={more} sort={sort} order={order} />
          );
        }}
      </Answered>
    </Panel>
  );
}

function NoCampaign(props: { readonly searched: boolean }): ReactNode {
  const { t } = useSpeech();
  return (
    <div className="empty-small">
      <p className="soft">{t("campaigns.none")}</p>
      {props.searched ? (
        <button type="button" className="button" onClick={() => changeAddress({ search: "" })}>
          {t("campaigns.clearSearch")}
        </button>
      ) : null}
    </div>
  );
}

function SearchField(): ReactNode {
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

export interface More {
  readonly has: boolean;
  readonly loading: boolean;
  readonly load: () => void;
}

/** The campaign's name, or its id where it has none; a click narrows the page to it. */
export function CampaignName(props: { readonly row: CampaignRow }): ReactNode {
  const { t } = useSpeech();
  const { row } = props;
  const name = row.campaignName ?? t("campaigns.noName", { id: row.campaignId });
  return (
    <button
      type="button"
      className="link cut"
      dir="auto"
      title={`${name}\n${row.campaignId}`}
      onClick={() => changeSelection({ campaign: [row.campaignId] })}
    >
      <bdi>{name}</bdi>
    </button>
  );
}

function CampaignList(props: {
  readonly first: CampaignsAnswer;
  readonly rows: readonly CampaignRow[];
  readonly more: More;
}): ReactNode {
  const { t, formats } = useSpeech();
  const { sort, order } = useAddress();
  const { first, rows, more } = props;
  const [shown, setShown] = useState(LIST_STEP);
  return (
    <>
      <div className="list-sort">
        <label>
          <span className="label-soft">{t("campaigns.sort")}</span>{" "}
          <select
            className="input"
            value={sort}
            onChange={(event) => changeAddress({ sort: event.target.value as CampaignSort })}
          >
            {CAMPAIGN_COLUMNS.map((column) => (
              <option key={column} value={column}>
                {t(`column.${column}`)}
              </option>
            ))}
          </select>
        </label>
        <button
          type="button"
          className="button"
          onClick={() => changeAddress({ order: order === "asc" ? "desc" : "asc" })}
        >
          {t(order === "asc" ? "campaigns.ascending" : "campaigns.descending")}
        </button>
      </div>
      <ul className="list">
        <li data-id="total">
          <strong className="list-name">
            {t("campaigns.total", { n: formats.count(first.total) })}
          </strong>
          <TwoNumbers tally={first.totals} frame={first.frame} />
        </li>
        {rows.slice(0, shown).map((row) => (
          <li key={row.campaignId} data-id={row.campaignId}>
            <div className="list-name">
              <CampaignName row={row} />
              {row.project ? <bdi className="soft cut">{row.project}</bdi> : null}
            </div>
            <TwoNumbers tally={row} frame={first.frame} />
          </li>
        ))}
      </ul>
      {more.has || shown < rows.length ? (
        <button
          type="button"
          className="button"
          disabled={more.loading}
          onClick={() => {
            if (more.has && shown + LIST_STEP >= rows.length) more.load();
            setShown(shown + LIST_STEP);
          }}
        >
          {t("action.more")}
        </button>
      ) : null}
    </>
  );
}
