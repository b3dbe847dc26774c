import { type FormEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import type { LinkAnswer, PersonChangeRequest, PersonRow } from "../../src/contract/people.ts";
import { useSpeech } from "../i18n/language.tsx";
import { usePersonName } from "../i18n/person.ts";
import { Dialog } from "../parts/dialog.tsx";
import { TextField } from "../parts/field.tsx";
import { Failure } from "../parts/panel.tsx";
import type { Refusal } from "../query/http.ts";
import { useMayEverywhere } from "../query/may.ts";
import { useChangePerson, useInvite } from "../query/people.ts";
import { type Chosen, chosenFrom, grantsFrom, sameRoles } from "./grants.ts";
import { GrantsField } from "./grants-field.tsx";

/** Invites somebody: name, how they are reached, roles; then the link. */
export function InviteDialog(props: {
  readonly onClose: () => void;
  readonly onInvited: (name: string, link: LinkAnswer) => void;
}): ReactNode {
  const { t } = useSpeech();
  const invite = useInvite();
  return (
    <PersonForm
      title={t("people.invite")}
      submit={t("people.makeLink")}
      first={{ name: "", contact: null, chosen: new Map() }}
      pending={invite.isPending}
      error={invite.error}
      onClose={props.onClose}
      onSubmit={({ name, contact, chosen }) =>
        invite.mutate(
          { name, contact, grants: grantsFrom(chosen) },
          { onSuccess: (link) => props.onInvited(name, link) },
        )
      }
    />
  );
}

/** Changes a person's name, contact or roles; only what differs is sent. */
export function ChangeDialog(props: {
  readonly person: PersonRow;
  readonly onClose: () => void;
}): ReactNode {
  const { t } = useSpeech();
  const personName = usePersonName();
  const { person, onClose } = props;
  const change = useChangePerson();
  const managesAll = useMayEverywhere("people");
  const first = { name: person.name, contact: person.contact, chosen: chosenFrom(person.grants) };
  return (
    <PersonForm
      title={t("people.changeTitle", { name: personName(person.name) })}
      submit={t("action.save")}
      first={first}
      hint={managesAll ? null : t("people.rolesElsewhere")}
      pending={change.isPending}
      error={change.error}
      onClose={onClose}
      onSubmit={(next) => {
        const asked: PersonChangeRequest = {
          ...(next.name === first.name ? {} : { name: next.name }),
          ...(next.contact === first.contact ? {} : { contact: next.contact }),
          ...(sameRoles(next.chosen, first.chosen) ? {} : { grants: grantsFrom(next.chosen) }),
        };
        if (Object.keys(asked).length === 0) onClose();
        else change.mutate({ id: person.id, change: asked }, { onSuccess: onClose });
      }}
    />
  );
}

interface Typed {
  readonly name: string;
  readonly contact: string | null;
  readonly chosen: Chosen;
}

function PersonForm(props: {
  readonly title: string;
  readonly submit: string;
  readonly first: Typed;
  readonly hint?: string | null;
  readonly pending: boolean;
  readonly error: Refusal | null;
  readonly onClose: () => void;
  readonly onSubmit: (typed: Typed) => void;
}): ReactNode {
  const { t } = useSpeech();
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  const [name, setName] = useState(props.first.name);
  const [contact, setContact] = useState(props.first.contact ?? "");
  const [chosen, setChosen] = useState(props.first.chosen);
  const [tried, setTried] = useState(false);
  const nameless = name.trim() === "";
  useEffect(() => form.current?.querySelector("input")?.focus(), []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (props.pending) return;
    setTried(true);
    if (nameless) form.current?.querySelector("input")?.focus();
    else if (chosen.size === 0)
      form.current?.querySelector<HTMLElement>('input[type="checkbox"]')?.focus();
    else
      props.onSubmit({
        name: name.trim(),
        contact: contact.trim() === "" ? null : contact.trim(),
        chosen,
      });
  };
  return (
    <Dialog
      kind="box"
      title={props.title}
      onClose={props.onClose}
      footer={
        <>
          <button
            type="submit"
            form={id}
            className="button button-main"
            aria-disabled={props.pending}
          >
            {props.submit}
          </button>
          <button type="button" className="button" onClick={props.onClose}>
            {t("action.cancel")}
          </button>
        </>
      }
    >
      <form ref={form} id={id} noValidate className="fields" onSubmit={submit}>
        <TextField
          label={t("people.name")}
          value={name}
          autoComplete="off"
          fault={tried && nameless ? t("people.needsName") : null}
          onChange={setName}
        />
        <TextField
          label={t("people.contact")}
          help={t("people.contactHelp")}
          value={contact}
          autoComplete="off"
          ltr
          onChange={setContact}
        />
        <GrantsField
          chosen={chosen}
          fault={tried && chosen.size === 0 ? t("people.needsRole") : null}
          onChange={setChosen}
        />
        {props.hint ? <p className="label-soft">{props.hint}</p> : null}
        {props.error ? <Failure error={props.error} /> : null}
      </form>
    </Dialog>
  );
}
