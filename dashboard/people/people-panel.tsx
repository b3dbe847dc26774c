import { type ReactNode, useState } from "react";
import type { LinkAnswer, PersonRow } from "../../src/contract/people.ts";
import { useSpeech } from "../i18n/language.tsx";
import { usePersonName } from "../i18n/person.ts";
import { useRoleWords } from "../i18n/role-words.ts";
import { FormDialog } from "../parts/form-dialog.tsx";
import { Icon } from "../parts/icon.tsx";
import { Answered, Failure, Panel, Skeleton } from "../parts/panel.tsx";
import { SearchInput } from "../parts/search-input.tsx";
import { useMayEverywhere } from "../query/may.ts";
import { useMe } from "../query/overview.ts";
import { usePeople, useRemovePerson, useRenewLink } from "../query/people.ts";
import { managesWhole } from "./grants.ts";
import { LinkDialog } from "./link-dialog.tsx";
import { ChangeDialog, InviteDialog } from "./person-dialog.tsx";

/** More people than this are looked for by typing. */
const MANY = 8;

type Open =
  | { readonly dialog: "invite" }
  | { readonly dialog: "change" | "remove"; readonly person: PersonRow }
  | {
      readonly dialog: "link";
      readonly name: string;
      readonly link: LinkAnswer;
      readonly renewed: boolean;
    };

/** Who may come in, with which roles and ways; inviting, changing, letting go. */
export function PeoplePanel(): ReactNode {
  const { t } = useSpeech();
  const personName = usePersonName();
  const query = usePeople();
  const renew = useRenewLink();
  const [open, setOpen] = useState<Open | null>(null);
  const [search, setSearch] = useState("");
  const close = () => setOpen(null);
  return (
    <Panel
      title={t("people.title")}
      actions={
        <button
          type="button"
          className="button button-main"
          onClick={() => setOpen({ dialog: "invite" })}
        >
          {t("people.invite")}
        </button>
      }
    >
      <p className="soft">{t("people.intro")}</p>
      {renew.error ? <Failure error={renew.error} /> : null}
      <Answered query={query} skeleton={<Skeleton className="skeleton-table" />}>
        {({ items }) => {
          const needle = search.trim().toLocaleLowerCase();
          const shown = items.filter(({ name, contact }) =>
            `${personName(name)} ${contact ?? ""}`.toLocaleLowerCase().includes(needle),
          );
          return (
            <>
              {items.length > MANY ? (
                <SearchInput
                  name={t("people.search")}
                  className="people-search"
                  value={search}
                  onChange={setSearch}
                />
              ) : null}
              {shown.length === 0 ? <p className="soft">{t("people.none")}</p> : null}
              <ul className="people">
                {shown.map((person) => (
                  <PersonItem
                    key={person.id}
                    person={person}
                    busy={renew.isPending}
                    onLink={() =>
                      renew.mutate(person.id, {
                        onSuccess: (link) =>
                          setOpen({
                            dialog: "link",
                            name: personName(person.name),
                            link,
                            renewed: true,
                          }),
                      })
                    }
                    onChange={() => setOpen({ dialog: "change", person })}
                    onRemove={() => setOpen({ dialog: "remove", person })}
                  />
                ))}
              </ul>
            </>
          );
        }}
      </Answered>
      {open?.dialog === "invite" ? (
        <InviteDialog
          onClose={close}
          onInvited={(name, link) => setOpen({ dialog: "link", name, link, renewed: false })}
        />
      ) : null}
      {open?.dialog === "change" ? <ChangeDialog person={open.person} onClose={close} /> : null}
      {open?.dialog === "link" ? <LinkDialog {...open} onClose={close} /> : null}
      {open?.dialog === "remove" ? <RemoveDialog person={open.person} onClose={close} /> : null}
    </Panel>
  );
}

function PersonItem(props: {
  readonly person: PersonRow;
  readonly busy: boolean;
  readonly onLink: () => void;
  readonly onChange: () => void;
  readonly onRemove: () => void;
}): ReactNode {
  const { t, formats } = useSpeech();
  const personName = usePersonName();
  const roleWords = useRoleWords();
  const me = useMe().data;
  const { person } = props;
  const name = personName(person.name);
  const deed = (words: string) => `${words}: ${name}`;
  // A link is the whole person: where they hold roles elsewhere too, only who manages those may make one.
  const whole = managesWhole(me?.grants ?? [], person.grants);
  return (
    <li data-person={person.id}>
      <div className="person-who">
        <strong>
          <bdi>{name}</bdi>
        </strong>{" "}
        {person.id === me?.person ? <span className="badge">{t("people.you")}</span> : null}
        {person.contact === null ? null : (
          <p className="soft">
            <bdi dir="ltr">{person.contact}</bdi>
          </p>
        )}
      </div>
      <ul className="person-roles">
        {roleWords(person.grants).map((words) => (
          <li key={words}>
            <bdi>{words}</bdi>
          </li>
        ))}
      </ul>
      <div className="person-ways">
        <p>{t(person.hasPassword ? "people.by.password" : "people.by.linkOnly")}</p>
        <p className="label-soft">
          {t("people.added", {
            person: personName(person.addedBy),
            when: formats.instant(person.addedAt),
          })}
        </p>
      </div>
      <div className="buttons person-deeds">
        {whole ? (
          <button
            type="button"
            className="button"
            aria-label={deed(t("people.newLink"))}
            disabled={props.busy}
            onClick={props.onLink}
          >
            {t("people.newLink")}
          </button>
        ) : null}
        <button
          type="button"
          className="button"
          aria-label={deed(t("people.change"))}
          onClick={props.onChange}
        >
          {t("people.change")}
        </button>
        <button
          type="button"
          className="button"
          aria-label={deed(t("people.remove"))}
          onClick={props.onRemove}
        >
          <Icon name="close" />
          {t("people.remove")}
        </button>
      </div>
    </li>
  );
}

function RemoveDialog(props: {
  readonly person: PersonRow;
  readonly onClose: () => void;
}): ReactNode {
  const { t } = useSpeech();
  const personName = usePersonName();
  const remove = useRemovePerson();
  const me = useMe().data;
  const { person, onClose } = props;
  const name = personName(person.name);
  const managesAll = useMayEverywhere("people");
  return (
    <FormDialog
      grave
      title={t("people.removeTitle", { name })}
      deed={t("people.remove")}
      busy={remove.isPending}
      error={remove.error}
      onClose={onClose}
      onSubmit={() => remove.mutate(person.id, { onSuccess: onClose })}
    >
      <p>{t(managesAll ? "people.removeHelp" : "people.removeHere", { name })}</p>
      {person.id === me?.person ? <p className="bad">{t("people.removeSelf")}</p> : null}
    </FormDialog>
  );
}
