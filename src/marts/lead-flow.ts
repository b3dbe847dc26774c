/** Where leads stand, how long they stood where, and from where to where they went. */
import type { z } from "zod";
import type { FlowAnswer, FlowQuery } from "../contract/leads.ts";
import { FUNNEL_STAGES, STAGES } from "../domain/stages.ts";
import type { Session } from "../warehouse/warehouse.ts";
import { UNMAPPED } from "./lead-stage.ts";
import { BULK_ROWS } from "./lead-waits.ts";
import type { Selected } from "./selection.ts";

/** Changes of stage that the picture follows; hardly a lead has more. */
const STEPS = 5;

interface StayRow {
  stage: string;
  n: number;
  q1: number | null;
  median: number | null;
  q3: number | null;
  still: number;
  bulk: number;
}

interface MoveRow {
  step: number;
  stage: string;
  next: string | null;
  leads: number;
}

const NO_STAY: StayRow = { stage: "", n: 0, q1: null, median: null, q3: null, still: 0, bulk: 0 };

/** Nodes and links of the steps; what leaves the last one is counted, not drawn. */
export function flowOf(moves: readonly MoveRow[]): Pick<FlowAnswer, "nodes" | "links" | "further"> {
  const nodes = new Map<string, FlowAnswer["nodes"][number]>();
  const links: FlowAnswer["links"] = [];
  let further = 0;
  for (const { step, stage, next, leads } of moves) {
    const key = `${step} ${stage}`;
    const node = nodes.get(key) ?? { step, stage, leads: 0 };
    nodes.set(key, { ...node, leads: node.leads + leads });
    if (next === null) continue;
    if (step < STEPS) links.push({ step, from: stage, to: next, leads });
    else further += leads;
  }
  return { nodes: [...nodes.values()], links, further };
}

export async function leadFlow(
  session: Session,
  selected: Selected,
  query: z.infer<typeof FlowQuery>,
): Promise<FlowAnswer> {
  const params = {
    ...selected.params,
    bulk_rows: BULK_ROWS,
    with_bulk: query.bulk === "counted",
    steps: STEPS,
  };
  const standing = await session.all<{ stage: string | null; leads: number; logged: number }>(
    selected.sql("lead-stages"),
    params,
  );
  const stays = await session.all<StayRow>(selected.sql("lead-stays"), params);
  const moves = await session.all<MoveRow>(selected.sql("lead-moves"), params);
  const at = (stage: string) =>
    standing.find((row) => (row.stage ?? UNMAPPED) === stage)?.leads ?? 0;
  const leads = standing.reduce((sum, row) => sum + row.leads, 0);
  const stages = [...STAGES, UNMAPPED].map((stage) => {
    const place = FUNNEL_STAGES.findIndex((one) => one === stage);
    const reached =
      place < 0 ? null : FUNNEL_STAGES.slice(place).reduce((sum, one) => sum + at(one), 0);
    const stay = stays.find((row) => row.stage === stage) ?? NO_STAY;
    return {
      stage,
      at: at(stage),
      reached,
      shareOfLeads: leads === 0 ? null : (reached ?? at(stage)) / leads,
      stay: {
        n: stay.n,
        q1Minutes: stay.q1,
        medianMinutes: stay.median,
        q3Minutes: stay.q3,
        still: stay.still,
        bulk: stay.bulk,
      },
    };
  });
  return {
    frame: selected.frame,
    bulk: query.bulk,
    leads: selected.params.leads_known === true ? leads : null,
    logged: standing.reduce((sum, row) => sum + row.logged, 0),
    stages,
    ...flowOf(moves),
  };
}
