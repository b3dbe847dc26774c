import { type ReactNode, useEffect, useRef, useState } from "react";
import type { SavedView } from "../../src/contract/campaigns.ts";
import { useSpeech } from "../i18n/language.tsx";
import { Icon } from "../parts/icon.tsx";
import { Failure } from "../parts/panel.tsx";
import { Popover } from "../parts/popover.tsx";
import { useRemoveView, useSaveView, useViews } from "../query/campaigns.ts";
import { HOME, parseAddress, printAddress } from "../route/address.ts";
import { currentAddress, useAddress, useLink } from "../route/use-address.ts";

/** The page as it stands, without what is open on it. */
function addressHere(): string {
  const address = currentAddress();
  const { open: _open, ...own } = address.own;
  return printAddress({ ...address, own, kpi: null, view: HOME.view, stage: null, table: null });
}

/** Pages kept under a name: one's own, and those that others share. */
export function SavedViews(): ReactNode {
  const { t, formats } = useSpeech();
  const views = useViews();
  const items = views.data?.items ?? [];
  return (
    <Popover
      name={t("views.title")}
      className="popover-end"
      label={
        items.length === 0
          ? t("views.title")
          : t("views.titleOf", { n: formats.count(items.length) })
      }
    >
      {(close) => (
        <div className="views">
          <CloseOnLeaving close={close} />
          {items.length > 0 ? (
            <ul>
              {items.map((view) => (
                <View key={view.id} view={view} />
              ))}
            </ul>
          ) : (
            <p className="soft">{t("views.none")}</p>
          )}
          <SaveView />
        </div>
      )}
    </Popover>
  );
}

/** Another view is another page: what was open on this one closes. */
function CloseOnLeaving(props: { readonly close: () => void }): ReactNode {
  const address = useAddress();
  const first = useRef(address);
  const { close } = props;
  useEffect(() => {
    if (address !== first.current) close();
  }, [address, close]);
  return null;
}

function View(props: { readonly view: SavedView }): ReactNode {
  const { t } = useSpeech();
  const { view } = props;
  const at = view.address.indexOf("?");
  const target =
    at < 0
      ? parseAddress(view.address, "")
      : parseAddress(view.address.slice(0, at), view.address.slice(at));
  const link = useLink(target);
  const removal = useRemoveView();
  useAddress();
  const isHere = addressHere() === printAddress(target);
  return (
    <li>
      <a {...link} className="view-link" aria-current={isHere ? "true" : undefined}>
        <bdi className="cut">{view.name}</bdi>
        {view.shared ? <span className="badge">{t("views.shared")}</span> : null}
      </a>
      {view.mine ? (
        <button
          type="button"
          className="button-icon"
          aria-label={t("views.remove", { name: view.name })}
          disabled={removal.isPending}
          onClick={() => removal.mutate(view.id)}
        >
          <Icon name="close" />
        </button>
      ) : null}
    </li>
  );
}

function SaveView(): ReactNode {
  const { t } = useSpeech();
  const [name, setName] = useState("");
  const [shared, setShared] = useState(false);
  const save = useSaveView();
  return (
    <form
      className="fields"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() === "" || save.isPending) return;
        save.mutate(
          { name: name.trim(), address: addressHere(), shared },
          { onSuccess: () => setName("") },
        );
      }}
    >
      <input
        className="input"
        dir="auto"
        maxLength={80}
        value={name}
        placeholder={t("views.name")}
        aria-label={t("views.name")}
        onChange={(event) => setName(event.target.value)}
      />
      <label className="check">
        <input
          type="checkbox"
          checked={shared}
          onChange={(event) => setShared(event.target.checked)}
        />
        {t("views.share")}
      </label>
      <button type="submit" className="button" aria-disabled={name.trim() === "" || save.isPending}>
        {t("views.save")}
      </button>
      {save.error ? <Failure error={save.error} /> : null}
      {save.isSuccess && name === "" ? (
        <p role="status" className="soft">
          {t("views.saved")}
        </p>
      ) : null}
    </form>
  );
}
