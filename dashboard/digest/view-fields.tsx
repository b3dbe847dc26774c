import { type ReactNode, useState } from "react";
import type { DigestRequest } from "../../src/contract/digests.ts";
import { useSpeech } from "../i18n/language.tsx";
import { Field, TextField } from "../parts/field.tsx";
import { ManyOf } from "../parts/many-of.tsx";
import { Segmented } from "../parts/segmented.tsx";
import { useFacets } from "../query/overview.ts";

/** What digests and links have in common: what they show, and under whose name. */
export type ViewDraft = Pick<
  DigestRequest,
  "title" | "accounts" | "language" | "days" | "sender" | "insights"
>;

const DAYS = [1, 7, 30] as const;
const LOGO_BYTES = 100_000;

export const EMPTY_VIEW: ViewDraft = {
  title: "",
  accounts: [],
  language: "en",
  days: 7,
  sender: { name: "", colour: "#1f4e79", logo: null },
  insights: true,
};

/** Whether what has to be filled in is. */
export const isWhole = ({ title, sender }: ViewDraft): boolean =>
  title.trim() !== "" && sender.name.trim() !== "";

function readAsAddress(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}

export function ViewFields<Draft extends ViewDraft>(props: {
  readonly draft: Draft;
  /** Whether somebody tried to save it: then what is missing is said. */
  readonly tried: boolean;
  readonly onChange: (draft: Draft) => void;
}): ReactNode {
  const { t, n } = useSpeech();
  const facets = useFacets();
  const [logoFault, setLogoFault] = useState<string | null>(null);
  const { draft, tried, onChange } = props;
  const change = (part: Partial<ViewDraft>) => onChange({ ...draft, ...part });
  const sender = (part: Partial<ViewDraft["sender"]>) =>
    change({ sender: { ...draft.sender, ...part } });
  const missing = (text: string) => (tried && text.trim() === "" ? t("digest.needed") : null);
  return (
    <>
      <TextField
        label={t("digest.name")}
        value={draft.title}
        fault={missing(draft.title)}
        autoComplete="off"
        onChange={(title) => change({ title })}
      />
      <TextField
        label={t("digest.sender")}
        help={t("digest.senderHelp")}
        value={draft.sender.name}
        fault={missing(draft.sender.name)}
        autoComplete="organization"
        onChange={(name) => sender({ name })}
      />
      <div className="view-choices">
        <Field label={t("digest.colour")}>
          {(names) => (
            <input
              {...names}
              type="color"
              className="input"
              value={draft.sender.colour}
              onChange={(event) => sender({ colour: event.target.value })}
            />
          )}
        </Field>
        <Field label={t("digest.logo")} fault={logoFault}>
          {(names) => (
            <input
              {...names}
              type="file"
              accept="image/png,image/jpeg"
              onChange={async (event) => {
                const [file] = event.target.files ?? [];
                const fits = file === undefined || file.size <= LOGO_BYTES;
                setLogoFault(fits ? null : t("digest.logoLarge"));
                if (fits) sender({ logo: file === undefined ? null : await readAsAddress(file) });
              }}
            />
          )}
        </Field>
      </div>
      <div className="field">
        <p aria-hidden="true">{t("digest.shows")}</p>
        <div className="buttons">
          <ManyOf
            name={t("filters.account")}
            searchName={t("filters.searchAccounts")}
            options={(facets.data?.accounts ?? []).map(({ id, campaigns }) => ({
              id,
              count: campaigns,
            }))}
            chosen={draft.accounts}
            onChange={(accounts) => change({ accounts: [...accounts] })}
          />
          <Segmented
            name={t("digest.days")}
            value={`${draft.days}`}
            choices={DAYS.map((days) => ({ value: `${days}`, label: n("count.days", days) }))}
            onChange={(days) => change({ days: Number(days) as ViewDraft["days"] })}
          />
          <Segmented
            name={t("preferences.language")}
            value={draft.language}
            choices={[
              { value: "en", label: t("explore.language.en") },
              { value: "ar", label: t("explore.language.ar") },
            ]}
            onChange={(language) => change({ language })}
          />
        </div>
      </div>
      <label className="check">
        <input
          type="checkbox"
          checked={draft.insights}
          onChange={(event) => change({ insights: event.target.checked })}
        />{" "}
        {t("digest.insights")}
      </label>
    </>
  );
}
