import type { FacetsAnswer } from "../../src/contract/overview.ts";
import type { Speech } from "../i18n/speech.ts";
import { type Address, HOME, type Selection } from "../route/address.ts";
import { changeSelection, currentAddress, goTo } from "../route/use-address.ts";

/** Something that can be done by name. */
export interface Command {
  readonly id: string;
  readonly label: string;
  /** What stands beside it in small letters. */
  readonly hint?: string;
  readonly run: () => void;
}

/** What the reader may do, and what other parts of the page do for the palette. */
export interface Reach {
  readonly figures: boolean;
  readonly leads: boolean;
  readonly ownLeads: boolean;
  readonly imports: boolean;
  readonly people: boolean;
  readonly onImport: () => void;
  readonly onHelp: () => void;
}

type Spot = Partial<Pick<Address, "place" | "tab" | "settings" | "campaigns" | "leads">>;

/** Goes to a part of the house with the filters that hold. */
const goesTo = (spot: Spot) => () =>
  goTo({ ...HOME, selection: currentAddress().selection, ...spot });

/** Every part of the house that the reader may enter, as `Place › Part`. */
export function partCommands({ t }: Speech, reach: Reach): Command[] {
  const part = (id: string, label: string, spot: Spot): Command => ({
    id: `go ${id}`,
    label,
    run: goesTo(spot),
  });
  const below = (place: string, name: string) => `${place} › ${name}`;
  const campaigns = (["accounts", "table", "segments", "ads"] as const).map((tab) =>
    part(
      `campaigns ${tab}`,
      tab === "table"
        ? t("place.campaigns")
        : below(t("place.campaigns"), t(`campaigns.tab.${tab}`)),
      { place: "campaigns", campaigns: tab },
    ),
  );
  const leads = (["table", "funnel", "cohorts", "speed"] as const).map((tab) =>
    part(
      `leads ${tab}`,
      tab === "table" ? t("place.leads") : below(t("place.leads"), t(`leads.tab.${tab}`)),
      { place: "leads", leads: tab },
    ),
  );
  const data = (["imports", "health", "questions", "insights", "tables", "compare"] as const).map(
    (tab) =>
      part(`data ${tab}`, below(t("place.data"), t(`explore.tab.${tab}`)), { place: "data", tab }),
  );
  return [
    ...(reach.figures
      ? [
          part("today", t("place.today"), { place: "today" }),
          ...campaigns,
          ...leads,
          ...data,
          part("definitions", below(t("place.settings"), t("settings.tab.definitions")), {
            place: "settings",
            settings: "definitions",
          }),
        ]
      : []),
    ...(reach.ownLeads ? [part("mine", t("place.mine"), { place: "mine" })] : []),
    ...(reach.people
      ? [
          part("templates", below(t("place.settings"), t("settings.tab.templates")), {
            place: "settings",
            settings: "templates",
          }),
          part("people", below(t("place.settings"), t("settings.tab.people")), {
            place: "settings",
            settings: "people",
          }),
        ]
      : []),
  ];
}

/** Narrows what is looked at to one account or project, wherever the reader stands. */
export function filterCommands({ t, n }: Speech, facets: FacetsAnswer | undefined): Command[] {
  const narrow = (part: Partial<Selection>) => () => changeSelection(part);
  return [
    ...(facets?.accounts ?? []).map(({ id, campaigns }) => ({
      id: `account ${id}`,
      label: t("palette.account", { name: id }),
      hint: n("count.campaigns", campaigns),
      run: narrow({ account: [id], project: [], campaign: [] }),
    })),
    ...(facets?.projects ?? []).map(({ name, campaigns }) => ({
      id: `project ${name}`,
      label: t("palette.project", { name }),
      hint: n("count.campaigns", campaigns),
      run: narrow({ project: [name], campaign: [] }),
    })),
  ];
}

/** What can be done anywhere. */
export function deedCommands({ t }: Speech, reach: Reach, onLanguage: () => void): Command[] {
  return [
    ...(reach.imports ? [{ id: "import", label: t("action.import"), run: reach.onImport }] : []),
    ...(reach.figures
      ? [
          {
            id: "everything",
            label: t("palette.everything"),
            run: () =>
              changeSelection({ from: null, to: null, account: [], project: [], campaign: [] }),
          },
          {
            id: "all time",
            label: t("palette.allTime"),
            run: () => changeSelection({ from: "all", to: null }),
          },
        ]
      : []),
    { id: "language", label: t("palette.language"), run: onLanguage },
    { id: "help", label: t("keys.title"), run: reach.onHelp },
  ];
}
