import { type ReactNode, Suspense, useCallback, useMemo, useState } from "react";
import type { MeAnswer } from "../../src/contract/people.ts";
import { useImportFlow } from "../data/flow-state.tsx";
import { useSpeech } from "../i18n/language.tsx";
import { Icon, type IconName } from "../parts/icon.tsx";
import { later } from "../parts/later.ts";
import { useMay, useMayEverywhere } from "../query/may.ts";
import { HOME, type Place } from "../route/address.ts";
import { currentAddress, goTo, useAddress, useLink } from "../route/use-address.ts";
import { DisplayMenu } from "./display.tsx";
import { Help } from "./help.tsx";
import { useKeys, usePaletteKey } from "./keyboard.ts";
import { LiveBadge } from "./live-badge.tsx";

/** Opened seldom, so loaded when it is. */
const PasskeysDialog = later(async () => (await import("./passkeys-dialog.tsx")).PasskeysDialog);
const Palette = later(async () => (await import("../palette/palette.tsx")).Palette);
const PasswordDialog = later(async () => (await import("./password-dialog.tsx")).PasswordDialog);

const PLACES: readonly { readonly place: Place; readonly icon: IconName }[] = [
  { place: "today", icon: "today" },
  { place: "mine", icon: "phone" },
  { place: "campaigns", icon: "campaigns" },
  { place: "leads", icon: "person" },
  { place: "data", icon: "data" },
  { place: "settings", icon: "settings" },
];

/** Going elsewhere keeps the filters and leaves sorts, searches and drawers behind. */
function addressOf(place: Place) {
  return { ...HOME, place, selection: currentAddress().selection };
}

function PlaceLink(props: { readonly place: Place; readonly icon: IconName }): ReactNode {
  const { t } = useSpeech();
  const address = useAddress();
  const target = useMemo(
    () => ({ ...HOME, place: props.place, selection: address.selection }),
    [props.place, address.selection],
  );
  const link = useLink(target);
  return (
    <a
      {...link}
      className="place"
      aria-current={address.place === props.place ? "page" : undefined}
    >
      <Icon name={props.icon} />
      {t(`place.${props.place}`)}
    </a>
  );
}

/** Puts the cursor into the search of the place; where there is none it goes to Campaigns first. */
function focusSearch(): void {
  const field = document.querySelector<HTMLInputElement>("[data-search]");
  if (field) {
    field.focus();
    field.select();
  } else goTo(addressOf("campaigns"));
}

/** The frame of every page: places, import, live state, display; and the keys that work everywhere. */
export function Shell(props: { readonly me: MeAnswer; readonly children: ReactNode }): ReactNode {
  const { t } = useSpeech();
  const flow = useImportFlow();
  const figures = useMay("figures");
  const calls = useMay("own_leads");
  const imports = useMayEverywhere("import");
  const [help, setHelp] = useState(false);
  const [palette, setPalette] = useState(false);
  const [password, setPassword] = useState(false);
  const [passkeys, setPasskeys] = useState(false);
  const { me } = props;
  const seesLeads = useMay("leads");
  const ownLeads = useMay("own_leads");
  const people = useMay("people");
  const { open: onImport } = flow;
  const reach = useMemo(
    () => ({
      figures,
      leads: seesLeads,
      ownLeads,
      imports,
      people,
      onImport,
      onHelp: () => setHelp(true),
    }),
    [figures, seesLeads, ownLeads, imports, people, onImport],
  );
  const deeds = useMemo(
    () => ({
      keys: { "/": focusSearch, "?": () => setHelp(true) },
      go: {
        t: () => goTo(addressOf("today")),
        m: () => goTo(addressOf("mine")),
        c: () => goTo(addressOf("campaigns")),
        l: () => goTo(addressOf("leads")),
        d: () => goTo(addressOf("data")),
        s: () => goTo(addressOf("settings")),
      },
    }),
    [],
  );
  useKeys(deeds);
  usePaletteKey(useCallback(() => setPalette(true), []));
  return (
    <>
      <a className="skip" href="#content">
        {t("app.skip")}
      </a>
      <header className="bar">
        <span className="brand" translate="no">
          {t("app.name")}
        </span>
        {figures ? (
          <nav className="places" aria-label={t("app.main")}>
            {PLACES.filter(({ place }) => calls || place !== "mine").map((place) => (
              <PlaceLink key={place.place} {...place} />
            ))}
          </nav>
        ) : null}
        <div className="bar-end">
          {figures ? <LiveBadge /> : null}
          {imports ? (
            <button type="button" className="button button-main" onClick={flow.open}>
              <Icon name="upload" />
              {t("action.import")}
            </button>
          ) : null}
          <button
            type="button"
            className="button palette-button"
            aria-keyshortcuts="Control+K Meta+K"
            onClick={() => setPalette(true)}
          >
            <Icon name="search" />
            <span className="palette-button-text">{t("palette.title")}</span>
            <kbd dir="ltr">{t("palette.key")}</kbd>
          </button>
          <DisplayMenu
            me={me}
            onPassword={() => setPassword(true)}
            onPasskeys={() => setPasskeys(true)}
          />
        </div>
      </header>
      <main id="content" className="page" tabIndex={-1}>
        {props.children}
      </main>
      {passkeys ? (
        <Suspense fallback={null}>
          <PasskeysDialog onClose={() => setPasskeys(false)} />
        </Suspense>
      ) : null}
      {palette ? (
        <Suspense fallback={null}>
          <Palette reach={reach} onClose={() => setPalette(false)} />
        </Suspense>
      ) : null}
      {help ? <Help onClose={() => setHelp(false)} /> : null}
      {password && me.contact !== null ? (
        <Suspense fallback={null}>
          <PasswordDialog
            contact={me.contact}
            hasPassword={me.hasPassword}
            onClose={() => setPassword(false)}
          />
        </Suspense>
      ) : null}
    </>
  );
}
