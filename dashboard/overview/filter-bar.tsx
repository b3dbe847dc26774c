import type { ReactNode } from "react";
import type { Period } from "../../src/contract/common.ts";
import type { FacetsAnswer } from "../../src/contract/overview.ts";
import { useSpeech } from "../i18n/language.tsx";
import { Icon } from "../parts/icon.tsx";
import { ManyOf } from "../parts/many-of.tsx";
import { Segmented } from "../parts/segmented.tsx";
import { EVERYTHING, isNarrowed } from "../route/address.ts";
import { changeAddress, changeSelection, useAddress } from "../route/use-address.ts";
import { PeriodFilter } from "./period-filter.tsx";
import { PrintHead } from "./print-head.tsx";

const BASES = ["corrected", "deduplicated", "raw"] as const;

/** What is looked at. Every choice is in the address. */
export function FilterBar(props: {
  readonly facets: FacetsAnswer;
  readonly shown: Period | undefined;
  /** Without a chosen period everything is meant. */
  readonly wholeByDefault?: boolean;
}): ReactNode {
  const { t, formats } = useSpeech();
  const { selection } = useAddress();
  const { accounts, projects } = props.facets;
  return (
    <>
      <PrintHead selection={selection} shown={props.shown} />
      <search className="filters" aria-label={t("filters.title")}>
        <PeriodFilter
          facets={props.facets}
          shown={props.shown}
          wholeByDefault={props.wholeByDefault ?? false}
        />
        <ManyOf
          name={t("filters.account")}
          searchName={t("filters.searchAccounts")}
          options={accounts.map((account) => ({ id: account.id, count: account.campaigns }))}
          chosen={selection.account}
          onChange={(account, first) => changeSelection({ account }, { replace: !first })}
        />
        <ManyOf
          name={t("filters.project")}
          searchName={t("filters.searchProjects")}
          options={projects.map((project) => ({ id: project.name, count: project.campaigns }))}
          chosen={selection.project}
          onChange={(project, first) => changeSelection({ project }, { replace: !first })}
        />
        {selection.campaign.length > 0 ? (
          <Chip
            label={t("filters.campaignsOf", {
              n:
                selection.campaign.length === 1
                  ? (selection.campaign[0] as string)
                  : formats.count(selection.campaign.length),
            })}
            onRemove={() => changeSelection({ campaign: [] })}
          />
        ) : null}
        {selection.asOf !== null ? (
          <Chip
            label={t("filters.asOf", { day: formats.day(selection.asOf) })}
            onRemove={() => changeSelection({ asOf: null })}
          />
        ) : null}
        <Segmented
          name={t("filters.basis")}
          value={selection.basis}
          choices={BASES.map((basis) => ({
            value: basis,
            label: t(`basis.${basis}`),
            help: t(`basis.${basis}.help`),
          }))}
          onChange={(basis) => changeSelection({ basis })}
        />
        {isNarrowed(selection) ? (
          <button
            type="button"
            className="button button-quiet"
            onClick={() => {
              const { basis, compare } = selection;
              changeAddress({ selection: { ...EVERYTHING, basis, compare } });
            }}
          >
            {t("action.clearFilters")}
          </button>
        ) : null}
      </search>
    </>
  );
}

function Chip(props: { readonly label: string; readonly onRemove: () => void }): ReactNode {
  const { t } = useSpeech();
  return (
    <span className="chip">
      <bdi>{props.label}</bdi>
      <button
        type="button"
        className="button-icon"
        aria-label={t("action.remove", { name: props.label })}
        onClick={props.onRemove}
      >
        <Icon name="close" />
      </button>
    </span>
  );
}
