import type { ReactNode } from "react";
import type { DataTab } from "../route/address.ts";
import { AdsView } from "./ads.tsx";
import { CompareView } from "./compare.tsx";
import { HealthView } from "./health.tsx";
import { InsightsView } from "./insights.tsx";
import { QuestionsView } from "./questions.tsx";
import { TablesView } from "./tables.tsx";
import "../styles/explore.css";

const VIEWS: Readonly<Record<Exclude<DataTab, "imports">, () => ReactNode>> = {
  health: HealthView,
  questions: QuestionsView,
  ads: AdsView,
  insights: InsightsView,
  tables: TablesView,
  compare: CompareView,
};

/** The parts of Data that speak of what is in the tables; loaded when one of them is opened. */
export function ExplorePart(props: { readonly tab: Exclude<DataTab, "imports"> }): ReactNode {
  const View = VIEWS[props.tab];
  return <View />;
}
