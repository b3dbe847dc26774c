/**
 * A long table whose rows are asked for as they come into sight: any row is reachable by the scrollbar, only those in
 * sight are in the document. On a phone it is a list of cards with the two numbers that matter.
 */
import {
  type KeyboardEvent,
  type MouseEvent,
  memo,
  type ReactNode,
  useCallback,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { flushSync } from "react-dom";
import { useKeys } from "../frame/keyboard.ts";
import { useSpeech } from "../i18n/language.tsx";
import "../styles/data-table.css";
import { type RowWindow, rowWindow, type Scrolled, scrollFor } from "./row-window.ts";
import { PHONE, useMedia } from "./use-media.ts";

export type Order = "asc" | "desc";

export interface DataColumn<Row> {
  readonly id: string;
  readonly head: string;
  readonly kind: "text" | "number";
  /** Least width, px; columns share what is left in the same measure. */
  readonly width: number;
  /** Whether the server can sort by it. */
  readonly sorts?: boolean;
  readonly cell: (row: Row) => ReactNode;
  /** The cell in full, where it may be cut. */
  readonly title?: (row: Row) => string | undefined;
}

export interface DataCard {
  readonly title: ReactNode;
  readonly under: ReactNode;
  /** The two numbers that matter. */
  readonly numbers: readonly { readonly name: string; readonly value: ReactNode }[];
}

export interface DataTableProps<Row> {
  readonly name: string;
  /** Keep it the same between renders: rows are drawn anew where it changes. */
  readonly columns: readonly DataColumn<Row>[];
  readonly card: (row: Row) => DataCard;
  readonly total: number;
  readonly rowAt: (index: number) => Row | undefined;
  readonly rowId: (row: Row) => string;
  /** Which rows are in sight; `end` is the one after the last. */
  readonly onNeed: (first: number, end: number) => void;
  readonly sort: string;
  readonly order: Order;
  readonly onSort: (column: string, order: Order) => void;
  readonly onOpen?: (row: Row) => void;
  /** Totals under the rows: the name in front, and a cell for each column that has one. */
  readonly footer?: { readonly name: string; readonly cells: Readonly<Record<string, ReactNode>> };
  /** What the rows answer; when it changes the table begins at its top again. */
  readonly question: string;
}

const ROW_PX = 32;
const CARD_PX = 76;
/** A list that is no longer is printed whole. */
const PRINTED_WHOLE = 200;
const NOWHERE: RowWindow = { first: 0, end: 0, seen: 0, seenEnd: 0, top: 0, height: 0 };

const sameWindow = (one: RowWindow, other: RowWindow) =>
  one.first === other.first &&
  one.end === other.end &&
  one.top === other.top &&
  one.height === other.height;

/** The window of a box that scrolls, renewed only where other rows come into it. */
function useRowWindow(
  total: number,
  rowPx: number,
  question: string,
  onNeed: (first: number, end: number) => void,
) {
  const box = useRef<HTMLElement>(null);
  const [drawn, setDrawn] = useState(NOWHERE);
  const measure = useCallback((): Scrolled => {
    const element = box.current;
    const edges = element?.querySelectorAll<HTMLElement>("thead, tfoot") ?? [];
    const taken = [...edges].reduce((sum, edge) => sum + edge.offsetHeight, 0);
    const viewport = Math.max(rowPx, (element?.clientHeight ?? 0) - taken);
    return { scrollTop: element?.scrollTop ?? 0, viewport, total, rowPx };
  }, [total, rowPx]);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    let scrolled = measure();
    const look = () => {
      scrolled = { ...scrolled, scrollTop: element.scrollTop };
      const next = rowWindow(scrolled);
      setDrawn((now) => (sameWindow(now, next) ? now : next));
    };
    const resized = new ResizeObserver(() => {
      scrolled = measure();
      look();
    });
    resized.observe(element);
    look();
    element.addEventListener("scroll", look, { passive: true });
    const print = () => {
      if (total > PRINTED_WHOLE) return;
      // Paper is drawn as soon as this returns.
      flushSync(() => setDrawn({ ...NOWHERE, end: total, height: total * rowPx }));
    };
    addEventListener("beforeprint", print);
    addEventListener("afterprint", look);
    return () => {
      removeEventListener("beforeprint", print);
      removeEventListener("afterprint", look);
      element.removeEventListener("scroll", look);
      resized.disconnect();
    };
  }, [measure, total, rowPx]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another question begins at the top
  useLayoutEffect(() => {
    box.current?.scrollTo(0, 0);
  }, [question]);
  useEffect(() => {
    // All of a list that may be printed whole: on paper nothing can be asked for any more.
    if (total <= PRINTED_WHOLE) onNeed(0, total);
    else if (drawn.end > drawn.first) onNeed(drawn.first, drawn.end);
  }, [drawn.first, drawn.end, onNeed, total]);
  return { box, drawn, measure };
}

/** The row that keys act on, kept in sight. */
function useActiveRow<Row>(
  props: DataTableProps<Row>,
  view: Pick<ReturnType<typeof useRowWindow>, "box" | "measure">,
) {
  const { total, question, onOpen, rowAt } = props;
  const [active, setActive] = useState<{ readonly question: string; readonly index: number }>();
  const at = active?.question === question && active.index < total ? active.index : null;
  const goTo = (index: number) => {
    const next = Math.min(Math.max(index, 0), total - 1);
    setActive({ question, index: next });
    view.box.current?.scrollTo(0, scrollFor(next, view.measure()));
  };
  const placeAfter = (by: number) => (at === null ? (by < 0 ? total - 1 : 0) : at + by);
  const step = (by: number) => goTo(placeAfter(by));
  const page = () => {
    const { viewport, rowPx } = view.measure();
    return Math.max(1, Math.floor(viewport / rowPx) - 1);
  };
  /** Where a key leads; null where it is no key of a list. */
  const placeFor = (key: string, letter: string): number | null => {
    if (key === "Home") return 0;
    if (key === "End") return total - 1;
    const by =
      key === "ArrowDown" || letter === "j"
        ? 1
        : key === "ArrowUp" || letter === "k"
          ? -1
          : key === "PageDown"
            ? page()
            : key === "PageUp"
              ? -page()
              : 0;
    return by === 0 ? null : placeAfter(by);
  };
  const open = (index: number) => {
    const row = rowAt(index);
    if (row !== undefined) onOpen?.(row);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const inside = event.target !== event.currentTarget;
    const letter = event.code.startsWith("Key") ? event.code.slice(3).toLowerCase() : event.key;
    if (inside && (event.key === "Enter" || event.key === " ")) return;
    const next = placeFor(event.key, letter);
    if (next === null && (event.key !== "Enter" || at === null)) return;
    event.preventDefault();
    if (next !== null) goTo(next);
    else if (at !== null) open(at);
  };
  return { at, step, open, onKeyDown, mark: (index: number) => setActive({ question, index }) };
}

/** The virtual table, or on a phone the list of cards. */
export function DataTable<Row>(props: DataTableProps<Row>): ReactNode {
  const phone = useMedia(PHONE);
  return phone ? <Cards {...props} /> : <Grid {...props} />;
}

function Grid<Row>(props: DataTableProps<Row>): ReactNode {
  const { t } = useSpeech();
  const { columns, total, rowAt, rowId, footer, sort, order, onSort } = props;
  const view = useRowWindow(total, ROW_PX, props.question, props.onNeed);
  const { box, drawn } = view;
  const id = useId();
  const grid = useRef<HTMLTableElement>(null);
  const active = useActiveRow(props, view);
  const { at, step } = active;
  const latest = useRef(step);
  latest.current = step;
  const keys = useMemo(() => {
    const move = (by: number) => {
      grid.current?.focus({ preventScroll: true });
      latest.current(by);
    };
    return { keys: { j: () => move(1), k: () => move(-1) }, go: {} };
  }, []);
  useKeys(keys);
  const isDrawn = at !== null && at >= drawn.first && at < drawn.end;
  const before = drawn.top;
  const after = Math.max(0, drawn.height - drawn.top - (drawn.end - drawn.first) * ROW_PX);
  const least = columns.reduce((sum, column) => sum + column.width, 0);
  const leading = columns.findIndex((column) => footer?.cells[column.id] !== undefined);
  return (
    <section
      ref={box}
      className="table-scroll data-box"
      aria-label={t("app.tableOf", { name: props.name })}
    >
      <table
        ref={grid}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: keys walk its rows
        role="grid"
        className="table data-table"
        aria-label={props.name}
        aria-rowcount={total + (footer ? 2 : 1)}
        aria-activedescendant={isDrawn ? `${id}-${at}` : undefined}
        tabIndex={0}
        style={{ minInlineSize: least }}
        onKeyDown={active.onKeyDown}
        onClick={(event: MouseEvent<HTMLElement>) => {
          const target = event.target as HTMLElement;
          const line = target.closest<HTMLElement>("tr[data-index]");
          if (!line || target.closest("button, a, input, label")) return;
          const index = Number(line.dataset.index);
          active.mark(index);
          active.open(index);
        }}
      >
        <colgroup>
          {columns.map((column) => (
            <col key={column.id} style={{ inlineSize: `${(column.width / least) * 100}%` }} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((column) => (
              <Head key={column.id} column={column} sort={sort} order={order} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {before > 0 ? <Gap px={before} span={columns.length} /> : null}
          {Array.from({ length: drawn.end - drawn.first }, (_, i) => {
            const index = drawn.first + i;
            return (
              <Line
                key={index}
                id={`${id}-${index}`}
                index={index}
                row={rowAt(index)}
                rowId={rowId as (row: unknown) => string}
                columns={columns as readonly DataColumn<unknown>[]}
                active={index === at}
                opens={props.onOpen !== undefined}
              />
            );
          })}
          {after > 0 ? <Gap px={after} span={columns.length} /> : null}
        </tbody>
        {footer ? (
          <tfoot>
            <tr data-id="total" aria-rowindex={total + 2}>
              <th scope="row" colSpan={Math.max(leading, 1)}>
                {footer.name}
              </th>
              {columns.slice(Math.max(leading, 1)).map((column) => (
                <td
                  key={column.id}
                  data-column={column.id}
                  className={column.kind === "number" ? "number" : undefined}
                >
                  {footer.cells[column.id]}
                </td>
              ))}
            </tr>
          </tfoot>
        ) : null}
      </table>
    </section>
  );
}

function Head<Row>(props: {
  readonly column: DataColumn<Row>;
  readonly sort: string;
  readonly order: Order;
  readonly onSort: (column: string, order: Order) => void;
}): ReactNode {
  const { column, sort, order, onSort } = props;
  const className = column.kind === "number" ? "number" : undefined;
  if (!column.sorts)
    return (
      <th scope="col" className={className}>
        {column.head}
      </th>
    );
  const active = column.id === sort;
  const first: Order = column.kind === "text" ? "asc" : "desc";
  const next: Order = active ? (order === "asc" ? "desc" : "asc") : first;
  return (
    <th
      scope="col"
      className={className}
      aria-sort={active ? (order === "asc" ? "ascending" : "descending") : "none"}
    >
      <button type="button" className="sort" onClick={() => onSort(column.id, next)}>
        {column.head}
      </button>
    </th>
  );
}

/** Stands for the rows that are not in the document. */
function Gap(props: { readonly px: number; readonly span: number }): ReactNode {
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: an empty row cannot take the focus
    <tr aria-hidden="true" className="gap">
      <td colSpan={props.span} style={{ blockSize: props.px }} />
    </tr>
  );
}

/** One row; drawn anew only when it, its columns, or its standing changes. */
const Line = memo(function Line(props: {
  readonly id: string;
  readonly index: number;
  readonly row: unknown;
  readonly rowId: (row: unknown) => string;
  readonly columns: readonly DataColumn<unknown>[];
  readonly active: boolean;
  readonly opens: boolean;
}): ReactNode {
  const { row, columns, index } = props;
  const className = `${props.active ? "is-active" : ""} ${props.opens ? "opens" : ""}`;
  if (row === undefined)
    return (
      <tr
        id={props.id}
        data-index={index}
        aria-rowindex={index + 2}
        aria-busy="true"
        className={className}
      >
        {columns.map((column) => (
          <td key={column.id}>
            <span className="data-wait" aria-hidden="true" />
          </td>
        ))}
      </tr>
    );
  return (
    <tr
      id={props.id}
      data-index={index}
      data-id={props.rowId(row)}
      aria-rowindex={index + 2}
      className={className}
    >
      {columns.map((column, i) => {
        const title = column.title?.(row);
        const kind = column.kind === "number" ? "number" : "cut-cell";
        return i === 0 ? (
          <th key={column.id} scope="row" className={kind} title={title} data-column={column.id}>
            {column.cell(row)}
          </th>
        ) : (
          <td key={column.id} className={kind} title={title} data-column={column.id}>
            {column.cell(row)}
          </td>
        );
      })}
    </tr>
  );
});

function Cards<Row>(props: DataTableProps<Row>): ReactNode {
  const { t } = useSpeech();
  const { total, rowAt, columns, sort, order, onSort, footer, onOpen } = props;
  const { box, drawn } = useRowWindow(total, CARD_PX, props.question, props.onNeed);
  const sorts = columns.filter((column) => column.sorts);
  const after = Math.max(0, drawn.height - drawn.top - (drawn.end - drawn.first) * CARD_PX);
  return (
    <>
      {sorts.length > 0 ? (
        <div className="list-sort">
          <label>
            <span className="label-soft">{t("dataTable.sort")}</span>{" "}
            <select
              className="input"
              value={sort}
              onChange={(event) => onSort(event.target.value, order)}
            >
              {sorts.map((column) => (
                <option key={column.id} value={column.id}>
                  {column.head}
                </option>
              ))}
            </select>
          </label>
          <button
            type="button"
            className="button"
            onClick={() => onSort(sort, order === "asc" ? "desc" : "asc")}
          >
            {t(order === "asc" ? "dataTable.ascending" : "dataTable.descending")}
          </button>
        </div>
      ) : null}
      {footer ? <p className="soft">{footer.name}</p> : null}
      <section
        ref={box}
        className="table-scroll data-box data-box-cards"
        aria-label={t("app.tableOf", { name: props.name })}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
      >
        <ul className="data-cards" style={{ blockSize: drawn.height }}>
          <li aria-hidden="true" style={{ blockSize: drawn.top }} />
          {Array.from({ length: drawn.end - drawn.first }, (_, i) => {
            const index = drawn.first + i;
            const row = rowAt(index);
            return (
              <li
                key={index}
                className="data-card"
                aria-setsize={total}
                aria-posinset={index + 1}
                data-id={row === undefined ? undefined : props.rowId(row)}
              >
                {row === undefined ? (
                  <span className="data-wait" aria-hidden="true" />
                ) : (
                  <Card card={props.card(row)} onOpen={onOpen ? () => onOpen(row) : null} />
                )}
              </li>
            );
          })}
          {after > 0 ? <li aria-hidden="true" style={{ blockSize: after }} /> : null}
        </ul>
      </section>
    </>
  );
}

function Card(props: { readonly card: DataCard; readonly onOpen: (() => void) | null }): ReactNode {
  const { card, onOpen } = props;
  const inner = (
    <>
      <span className="list-name">
        <span className="cut">{card.title}</span>
        <span className="cut soft">{card.under}</span>
      </span>
      <span className="data-numbers">
        {card.numbers.map((number) => (
          <span key={number.name}>
            <span className="label-soft">{number.name}</span>
            <span className="number">{number.value}</span>
          </span>
        ))}
      </span>
    </>
  );
  return onOpen === null ? (
    <div className="data-card-in">{inner}</div>
  ) : (
    <button type="button" className="data-card-in" onClick={onOpen}>
      {inner}
    </button>
  );
}
