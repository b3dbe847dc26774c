import type { ReactNode } from "react";
import type { DataTab } from "../route/address.ts";
import { AdsView } from "./ads.tsx";
import { CompareView } from "./compare.tsx";
import { HealthView } from "./health.tsx";
import { InsightsView } from "./insights.tsx";
import { QuestionsView } from "./questions.tsx";
import { TablesView } from "./tables.tsx";
import "../styles/explore.css";

/** Parts of Data that are about the tables themselves. */
export type ExploreTab = Exclude<DataTab, "imports" | "jobs">;

const VIEWS: Readonly<Record<ExploreTab, () => ReactNode>> = {
  health: HealthView,
  questions: QuestionsView,
  ads: AdsView,
  insights: InsightsView,
  tables: TablesView,
  compare: CompareView,
};

/** The parts of Data that speak of what is in the tables; loaded when one of them is opened. */
export function ExplorePart(props: { readonly tab: ExploreTab }): ReactNode {
  const View = VIEWS[props.tab];
  return <View />;
}
