import { type ReactNode, useMemo } from "react";
import type { CampaignRow, CampaignsAnswer } from "../../src/contract/campaigns.ts";
import type { Frame, KpisAnswer, Tally } from "../../src/contract/overview.ts";
import { useSpeech } from "../i18n/language.tsx";
import { Answered, Panel, Skeleton } from "../parts/panel.tsx";
import { ScrollBox } from "../parts/scroll-box.tsx";
import { PHONE, useMedia } from "../parts/use-media.ts";
import { useTopCampaigns } from "../query/campaigns.ts";
import { type Address, HOME } from "../route/address.ts";
import { useAddress, useLink } from "../route/use-address.ts";
import { TwoNumbers } from "./breakdown.tsx";
import { columnName, type TallyColumn, tallyText, tallyTitle, tallyValue } from "./tally.ts";

const SHOWN = 10;
const COLUMNS: readonly TallyColumn[] = [
  "spend",
  "impressions",
  "clicks",
  "ctr",
  "leads",
  "cpl",
  "undecided",
  "qualified",
  "cpql",
];

/** The campaigns that cost most, each a way to all about it; the place Campaigns has the others. */
export function TopCampaigns(props: { readonly facts: KpisAnswer | undefined }): ReactNode {
  const { t, n, formats } = useSpeech();
  const { selection } = useAddress();
  const query = useTopCampaigns(selection, SHOWN);
  const phone = useMedia(PHONE);
  const facts = props.facts?.campaigns;
  const all = useLink(
    useMemo<Address>(() => ({ ...HOME, place: "campaigns", selection }), [selection]),
  );
  return (
    <Panel
      title={t("campaigns.title")}
      className="panel-campaigns"
      actions={
        <a {...all} className="button button-quiet">
          {t("campaigns.all")}
        </a>
      }
    >
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
        {(answer) =>
          answer.total === 0 ? (
            <p className="soft">{t("campaigns.none")}</p>
          ) : phone ? (
            <TopList answer={answer} />
          ) : (
            <TopTable answer={answer} />
          )
        }
      </Answered>
    </Panel>
  );
}

/** The campaign's name, or its id where it has none; a click opens all about it. */
function CampaignLink(props: { readonly row: CampaignRow }): ReactNode {
  const { t } = useSpeech();
  const { selection } = useAddress();
  const { row } = props;
  const { campaignId } = row;
  const name = row.campaignName ?? t("campaigns.noName", { id: campaignId });
  const link = useLink(
    useMemo<Address>(
      () => ({ ...HOME, place: "campaigns", selection, own: { open: campaignId } }),
      [selection, campaignId],
    ),
  );
  return (
    <a {...link} className="link cut" dir="auto" title={`${name}\n${campaignId}`}>
      <bdi>{name}</bdi>
    </a>
  );
}

function TopTable(props: { readonly answer: CampaignsAnswer }): ReactNode {
  const speech = useSpeech();
  const { t, formats } = speech;
  const { items, totals, total, frame } = props.answer;
  return (
    <ScrollBox name={t("campaigns.title")}>
      <table className="table table-campaigns">
        <thead>
          <tr>
            <th scope="col">{t("column.campaign")}</th>
            <th scope="col">{t("column.project")}</th>
            {COLUMNS.map((column) => (
              <th key={column} scope="col" className="number">
                {columnName(speech, column, frame)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((row) => (
            <tr key={row.campaignId} data-id={row.campaignId}>
              <th scope="row">
                <CampaignLink row={row} />
              </th>
              <td className="cut-cell" title={row.project ?? undefined}>
                <bdi className="cut">{row.project ?? formats.count(null)}</bdi>
              </td>
              <Numbers tally={row} frame={frame} />
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr data-id="total">
            <th scope="row" colSpan={2}>
              {t("campaigns.total", { n: formats.count(total) })}
            </th>
            <Numbers tally={totals} frame={frame} />
          </tr>
        </tfoot>
      </table>
    </ScrollBox>
  );
}

function Numbers(props: { readonly tally: Tally; readonly frame: Frame }): ReactNode {
  const speech = useSpeech();
  const { tally, frame } = props;
  return COLUMNS.map((column) => (
    <td
      key={column}
      className="number"
      data-column={column}
      data-value={tallyValue(tally, column) ?? ""}
      title={tallyTitle(speech, tally, column, frame)}
    >
      {tallyText(speech.formats, tally, column, frame)}
    </td>
  ));
}

function TopList(props: { readonly answer: CampaignsAnswer }): ReactNode {
  const { t, formats } = useSpeech();
  const { items, totals, total, frame } = props.answer;
  return (
    <ul className="list">
      <li data-id="total">
        <strong className="list-name">{t("campaigns.total", { n: formats.count(total) })}</strong>
        <TwoNumbers tally={totals} frame={frame} />
      </li>
      {items.map((row) => (
        <li key={row.campaignId} data-id={row.campaignId}>
          <div className="list-name">
            <CampaignLink row={row} />
            {row.project ? <bdi className="soft cut">{row.project}</bdi> : null}
          </div>
          <TwoNumbers tally={row} frame={frame} />
        </li>
      ))}
    </ul>
  );
}
