import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { MeAnswer } from "../../src/contract/people.ts";
import { useSpeech } from "../i18n/language.tsx";
import { usePersonName } from "../i18n/person.ts";
import { useRoleWords } from "../i18n/role-words.ts";
import { Failure } from "../parts/panel.tsx";
import { endSession, type Refusal } from "../query/http.ts";
import { takesPasskeys } from "../query/people.ts";
import { SIGN_IN } from "../route/address.ts";

/** Who is signed in, and what they may. */
export function WhoIAm(props: { readonly me: MeAnswer }): ReactNode {
  const personName = usePersonName();
  const roleWords = useRoleWords();
  const { me } = props;
  return (
    <div className="account">
      <p className="account-name">
        <bdi>{personName(me.name)}</bdi>
      </p>
      {me.contact === null ? null : (
        <p className="soft">
          <bdi dir="ltr">{me.contact}</bdi>
        </p>
      )}
      <ul className="soft">
        {roleWords(me.grants).map((words) => (
          <li key={words}>
            <bdi>{words}</bdi>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** One's own password and passkeys, and the way out. */
export function OwnDeeds(props: {
  readonly me: MeAnswer;
  readonly onPassword: () => void;
  readonly onPasskeys: () => void;
}): ReactNode {
  const { t } = useSpeech();
  const { me } = props;
  // A fresh page asks who is there, and keeps nothing of what was shown.
  const leave = useMutation<void, Refusal>({
    mutationFn: async () => {
      await (await import("../work/leave-device.ts")).leaveDevice();
      await endSession();
    },
    onSuccess: () => location.assign(SIGN_IN),
  });
  return (
    <>
      {me.contact === null ? (
        <p className="label-soft account-hint">
          {t(me.permissions.includes("people") ? "account.noContactOwn" : "account.noContact")}
        </p>
      ) : null}
      {leave.error ? <Failure error={leave.error} /> : null}
      <div className="buttons">
        {me.contact === null ? null : (
          <button type="button" className="button" onClick={props.onPassword}>
            {t(me.hasPassword ? "account.password" : "account.passwordSet")}
          </button>
        )}
        {takesPasskeys() ? (
          <button type="button" className="button" onClick={props.onPasskeys}>
            {t("passkeys.title")}
          </button>
        ) : null}
        <button
          type="button"
          className="button"
          title={t("account.signOutHelp")}
          disabled={leave.isPending}
          onClick={() => leave.mutate()}
        >
          {t("account.signOut")}
        </button>
      </div>
      <p className="label-soft">{t("account.version", { version: me.version })}</p>
    </>
  );
}
