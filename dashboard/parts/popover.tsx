import { type ReactNode, useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import { Icon } from "./icon.tsx";

/**
 * A button that opens a small panel under itself (on a phone: a sheet at the bottom). Esc, a click elsewhere and
 * leaving by Tab close it; Esc gives the focus back to the button.
 */
export function Popover(props: {
  /** What the panel is for; also the name of the button where `label` alone does not say it. */
  readonly name: string;
  readonly label: ReactNode;
  readonly className?: string;
  readonly active?: boolean;
  readonly chevron?: boolean;
  readonly children: (close: () => void) => ReactNode;
}): ReactNode {
  const [open, setOpen] = useState(false);
  const [flipped, setFlipped] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const panelId = useId();

  useEffect(() => {
    if (!open) return;
    const outside = (event: Event) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener("pointerdown", outside);
    document.addEventListener("focusin", outside);
    panel.current?.querySelector<HTMLElement>("input, select, button, a[href]")?.focus();
    return () => {
      document.removeEventListener("pointerdown", outside);
      document.removeEventListener("focusin", outside);
    };
  }, [open]);

  useLayoutEffect(() => {
    if (!open) {
      setFlipped(false);
      return;
    }
    const box = panel.current?.getBoundingClientRect();
    if (box && (box.right > innerWidth - 4 || box.left < 4)) setFlipped(true);
  }, [open]);

  const close = () => {
    setOpen(false);
    button.current?.focus();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hears Esc from the controls inside it
    <div
      ref={root}
      className={`popover ${props.className ?? ""}`}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !open) return;
        event.stopPropagation();
        event.preventDefault();
        close();
      }}
    >
      <button
        ref={button}
        type="button"
        className={`button ${props.active ? "is-active" : ""}`}
        aria-haspopup="dialog"
        aria-expanded={open}
        aria-controls={open ? panelId : undefined}
        onClick={() => setOpen(!open)}
      >
        {props.label}
        {props.chevron === false ? null : <Icon name="down" />}
      </button>
      {open ? (
        <div
          ref={panel}
          id={panelId}
          role="dialog"
          aria-label={props.name}
          className="popover-panel"
          data-flipped={flipped}
        >
          {props.children(close)}
        </div>
      ) : null}
    </div>
  );
}
