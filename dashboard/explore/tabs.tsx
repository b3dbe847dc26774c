import { type ReactNode, useEffect, useRef } from "react";
import { openFindings, waitingQuestions } from "../../src/contract/open.ts";
import { useSpeech } from "../i18n/language.tsx";
import { useFindings, useQuestions } from "../query/explore.ts";
import { DATA_TABS } from "../route/address.ts";
import { useAddress } from "../route/use-address.ts";
import { TabLink } from "./tab-link.tsx";

/** The parts of Data; those with something to do say how much. */
export function DataTabs(): ReactNode {
  const { t, n, formats } = useSpeech();
  const { tab, selection } = useAddress();
  const bar = useRef<HTMLElement>(null);
  const findings = useFindings(selection.asOf).data?.findings ?? [];
  const { critical } = openFindings(findings);
  const questions = useQuestions(selection.asOf).data?.questions ?? [];
  const open = waitingQuestions(questions, findings).length;
  // Where the bar is wider than the window the current part is in sight.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is another link after each change of the tab
  useEffect(() => {
    const current = bar.current?.querySelector('[aria-current="page"]');
    if (!bar.current || !current) return;
    // The bar alone: the page stays where the reader is.
    const [around, inner] = [bar.current.getBoundingClientRect(), current.getBoundingClientRect()];
    bar.current.scrollLeft += inner.left + inner.width / 2 - (around.left + around.width / 2);
  }, [tab, critical, open]);
  const counts = {
    health: critical > 0 ? { n: critical, says: n("explore.criticalOpen", critical) } : null,
    questions: open > 0 ? { n: open, says: n("explore.openQuestions", open) } : null,
  };
  return (
    <nav ref={bar} className="tabs" aria-label={t("explore.parts")}>
      {DATA_TABS.map((one) => {
        const count = one === "health" || one === "questions" ? counts[one] : null;
        return (
          <TabLink key={one} tab={one} className="tab" current={one === tab}>
            {t(`explore.tab.${one}`)}
            {count ? (
              <span
                className={`badge ${one === "health" ? "badge-bad" : "badge-accent"}`}
                title={count.says}
                data-count={count.n}
              >
                <span aria-hidden="true">{formats.count(count.n)}</span>
                <span className="sr-only">{count.says}</span>
              </span>
            ) : null}
          </TabLink>
        );
      })}
    </nav>
  );
}
