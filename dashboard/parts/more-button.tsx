import type { ReactNode } from "react";
import { useSpeech } from "../i18n/language.tsx";

/** Asks for the next page of a list, while there is one. */
export function MoreButton(props: {
  readonly pages: {
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    fetchNextPage(): Promise<unknown>;
  };
}): ReactNode {
  const { t } = useSpeech();
  const { pages } = props;
  if (!pages.hasNextPage) return null;
  return (
    <button
      type="button"
      className="button"
      disabled={pages.isFetchingNextPage}
      onClick={() => void pages.fetchNextPage()}
    >
      {t("action.more")}
    </button>
  );
}
