import { type KeyboardEvent, type ReactNode, type Ref, useState } from "react";
import { useWidth } from "../explore/use-width.ts";
import {
  type FlowLink,
  type FlowNode,
  LABEL_PX,
  NODE_PX,
  type PlacedNode,
  sankeyLayout,
} from "./sankey-layout.ts";

/** Narrower, it scrolls. */
const LEAST_WIDTH = 520;

const keyOf = (node: { readonly step: number; readonly stage: string }) =>
  `${node.step} ${node.stage}`;

/** Moves from step to step as boxes and bands; arrows walk the boxes, and what is walked to stands out. */
export function Sankey(props: {
  readonly nodes: readonly FlowNode[];
  readonly links: readonly FlowLink[];
  /** Stages from top to bottom. */
  readonly order: readonly string[];
  readonly rtl: boolean;
  readonly title: string;
  readonly label: (node: FlowNode) => string;
  readonly says: (node: FlowNode) => string;
  readonly svgRef?: Ref<SVGSVGElement>;
}): ReactNode {
  const [frame, across] = useWidth<HTMLElement>();
  const width = Math.max(LEAST_WIDTH, across);
  const [at, setAt] = useState<string | null>(null);
  const { rtl, label, says } = props;
  const layout = sankeyLayout(props.nodes, props.links, { width, order: props.order, rtl });
  const first = layout.nodes[0];
  const current = layout.nodes.find((node) => keyOf(node) === at) ?? first;
  const touches = (link: FlowLink) =>
    at !== null && (`${link.step} ${link.from}` === at || `${link.step + 1} ${link.to}` === at);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (!current) return;
    const next = neighbour(layout.nodes, current, event.key, rtl);
    if (next === null) return;
    event.preventDefault();
    setAt(keyOf(next));
    frame.current?.querySelector<SVGElement>(`[data-node="${CSS.escape(keyOf(next))}"]`)?.focus();
  };
  return (
    <figure ref={frame} className="sankey-frame" aria-label={props.title} onKeyDown={onKeyDown}>
      <svg ref={props.svgRef} className="sankey" width={width} height={layout.height}>
        <title>{props.title}</title>
        {layout.links.map((link) => (
          <path
            key={`${link.step} ${link.from} ${link.to}`}
            d={link.path}
            data-to={link.to}
            className={`sankey-band ${at === null ? "" : touches(link) ? "is-at" : "is-dim"}`}
          />
        ))}
        {layout.nodes.map((node) => (
          // biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: it can be walked to, and does nothing
          <g
            key={keyOf(node)}
            role="img"
            data-node={keyOf(node)}
            data-stage={node.stage}
            aria-label={says(node)}
            tabIndex={node === current ? 0 : -1}
            className="sankey-node"
            onFocus={() => setAt(keyOf(node))}
            onBlur={() => setAt(null)}
            onPointerEnter={() => setAt(keyOf(node))}
            onPointerLeave={() => setAt(null)}
          >
            <title>{says(node)}</title>
            <rect x={node.x} y={node.y} width={NODE_PX} height={node.height} />
            <text
              className="sankey-label"
              x={rtl ? node.x - 4 : node.x + NODE_PX + 4}
              y={node.labelY}
              textAnchor="start"
              data-room={LABEL_PX - 8}
            >
              {label(node)}
            </text>
          </g>
        ))}
      </svg>
    </figure>
  );
}

/** The box that an arrow leads to; null at the edge and for other keys. */
function neighbour(
  nodes: readonly PlacedNode[],
  from: PlacedNode,
  key: string,
  rtl: boolean,
): PlacedNode | null {
  const down = key === "ArrowDown" ? 1 : key === "ArrowUp" ? -1 : 0;
  if (down !== 0) {
    const own = nodes.filter((node) => node.step === from.step);
    return own[own.indexOf(from) + down] ?? null;
  }
  const ahead = key === "ArrowRight" ? 1 : key === "ArrowLeft" ? -1 : 0;
  if (ahead === 0) return null;
  const step = from.step + (rtl ? -ahead : ahead);
  const there = nodes.filter((node) => node.step === step);
  return (
    there.sort((a, b) => Math.abs(a.labelY - from.labelY) - Math.abs(b.labelY - from.labelY))[0] ??
    null
  );
}
