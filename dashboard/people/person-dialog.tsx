import { type ReactNode, useState } from "react";
import type { LinkAnswer, PersonChangeRequest, PersonRow } from "../../src/contract/people.ts";
import { useSpeech } from "../i18n/language.tsx";
import { usePersonName } from "../i18n/person.ts";
import { TextField } from "../parts/field.tsx";
import { FormDialog } from "../parts/form-dialog.tsx";
import type { Refusal } from "../query/http.ts";
import { useMayEverywhere } from "../query/may.ts";
import { useChangePerson, useInvite } from "../query/people.ts";
import { type Chosen, chosenFrom, grantsFrom, sameRoles } from "./grants.ts";
import { GrantsField } from "./grants-field.tsx";
import { useNamedRoles } from "./named-roles.ts";

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
  const typed = useNamedRoles(props.first, t("people.needsName"));
  const [contact, setContact] = useState(props.first.contact ?? "");
  return (
    <FormDialog
      title={props.title}
      deed={props.submit}
      busy={props.pending}
      error={props.error}
      onClose={props.onClose}
      onSubmit={(form) => {
        if (typed.check(form))
          props.onSubmit({
            name: typed.name,
            contact: contact.trim() === "" ? null : contact.trim(),
            chosen: typed.chosen,
          });
      }}
    >
      <TextField label={t("people.name")} {...typed.nameField} />
      <TextField
        label={t("people.contact")}
        help={t("people.contactHelp")}
        value={contact}
        autoComplete="off"
        ltr
        onChange={setContact}
      />
      <GrantsField {...typed.grantsField} />
      {props.hint ? <p className="label-soft">{props.hint}</p> : null}
    </FormDialog>
  );
}
