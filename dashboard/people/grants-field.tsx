import { type ReactNode, useId, useState } from "react";
import { EVERY_ACCOUNT, ROLES, type Role } from "../../src/contract/names.ts";
import { useSpeech } from "../i18n/language.tsx";
import { SearchInput } from "../parts/search-input.tsx";
import { useFacets, useMe } from "../query/overview.ts";
import { type Chosen, givableAccounts, withRole } from "./grants.ts";

/** More accounts than this are not drawn at once; typing narrows them. */
const SHOWN = 100;
/** Fewer accounts than this need no search. */
const FEW = 8;

/** Accounts to be ticked, each with a role; the role above them is that of the next one ticked. */
export function GrantsField(props: {
  readonly chosen: Chosen;
  readonly fault: string | null;
  readonly onChange: (chosen: Chosen) => void;
}): ReactNode {
  const { t, formats } = useSpeech();
  const id = useId();
  const { chosen, fault, onChange } = props;
  const mine = useMe().data?.grants ?? [];
  const known = useFacets().data?.accounts ?? [];
  const [role, setRole] = useState<Role>(() => [...chosen.values()][0] ?? "viewer");
  const [search, setSearch] = useState("");
  // Ticking must not move a line: those ticked at first stay on top.
  const [atFirst] = useState(() => [...chosen.keys()]);
  const offered = givableAccounts(
    mine,
    known.map((account) => account.id),
  );
  const all = [...new Set([...atFirst, ...offered])].sort(
    (one, other) => Number(other === EVERY_ACCOUNT) - Number(one === EVERY_ACCOUNT),
  );
  const needle = search.trim().toLocaleLowerCase();
  const nameOf = (account: string) =>
    account === EVERY_ACCOUNT ? t("people.everyAccount") : account;
  const matching = all.filter((account) => nameOf(account).toLocaleLowerCase().includes(needle));
  const hidden = matching.length - SHOWN;
  return (
    <fieldset className="bare grants" aria-describedby={`${id}-fault`}>
      <legend>{t("people.roles")}</legend>
      <div className="field">
        <label htmlFor={id}>{t("people.role")}</label>
        <RoleSelect
          id={id}
          role={role}
          onChange={(next) => {
            // Accounts that had the role shown so far are meant; those with a role of their own keep it.
            onChange(
              new Map([...chosen].map(([account, had]) => [account, had === role ? next : had])),
            );
            setRole(next);
          }}
        />
        <p className="label-soft">{t(`role.${role}.means`)}</p>
      </div>
      {all.length > FEW ? (
        <SearchInput name={t("people.searchAccounts")} value={search} onChange={setSearch} />
      ) : null}
      <ul className="grants-list">
        {matching.slice(0, SHOWN).map((account) => {
          const held = chosen.get(account);
          return (
            <li key={account} data-account={account}>
              <label>
                <input
                  type="checkbox"
                  checked={held !== undefined}
                  onChange={(event) =>
                    onChange(withRole(chosen, account, event.target.checked ? role : null))
                  }
                />
                <bdi className="cut" title={nameOf(account)}>
                  {nameOf(account)}
                </bdi>
              </label>
              {held === undefined ? null : (
                <RoleSelect
                  name={t("people.roleOf", { account: nameOf(account) })}
                  role={held}
                  onChange={(next) => onChange(withRole(chosen, account, next))}
                />
              )}
            </li>
          );
        })}
      </ul>
      {matching.length === 0 ? <p className="soft">{t("filters.noMatch")}</p> : null}
      {hidden > 0 ? (
        <p className="soft">{t("filters.narrow", { n: formats.count(hidden) })}</p>
      ) : null}
      <p id={`${id}-fault`} className="bad" role="alert">
        {fault}
      </p>
      <details>
        <summary>{t("roles.title")}</summary>
        <dl className="roles-legend">
          {ROLES.map((one) => (
            <div key={one}>
              <dt>{t(`role.${one}`)}</dt>
              <dd className="soft">{t(`role.${one}.means`)}</dd>
            </div>
          ))}
        </dl>
      </details>
    </fieldset>
  );
}

function RoleSelect(props: {
  readonly id?: string;
  readonly name?: string;
  readonly role: Role;
  readonly onChange: (role: Role) => void;
}): ReactNode {
  const { t } = useSpeech();
  return (
    <select
      id={props.id}
      aria-label={props.name}
      className="input"
      value={props.role}
      onChange={(event) => {
        const next = ROLES.find((one) => one === event.target.value);
        if (next !== undefined) props.onChange(next);
      }}
    >
      {ROLES.map((one) => (
        <option key={one} value={one}>
          {t(`role.${one}`)}
        </option>
      ))}
    </select>
  );
}
