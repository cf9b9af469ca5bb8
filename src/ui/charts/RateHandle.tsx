// The handle that a person moves along the finder's curve, by pointer or by keyboard.
import { useRef, type KeyboardEvent, type PointerEvent } from "react";
import { formatRate } from "../../store/formatNumbers";
import type { PlotArea } from "./plotArea";

export interface RateHandleProps {
  readonly area: PlotArea;
  readonly rate: number;
  readonly low: number;
  readonly high: number;
  readonly onChange: (rate: number) => void;
}

/** Factors by key: an arrow moves by 5 %, with Shift by a fifth of a decade; Page keys by half a decade. */
function factorOf({ key, shiftKey }: KeyboardEvent): number | null {
  const small = shiftKey ? 10 ** 0.2 : 1.05;
  if (key === "ArrowRight" || key === "ArrowUp") return small;
  if (key === "ArrowLeft" || key === "ArrowDown") return 1 / small;
  if (key === "PageUp") return 10 ** 0.5;
  if (key === "PageDown") return 10 ** -0.5;
  return null;
}

/** A vertical line with a grip; its value is read out as a learning rate. */
export function RateHandle({ area, rate, low, high, onChange }: RateHandleProps) {
  const box = useRef<HTMLDivElement>(null);
  const put = (value: number): void => onChange(Number(Math.min(high, Math.max(low, value)).toPrecision(3)));
  const follow = (event: PointerEvent): void => {
    const left = box.current?.getBoundingClientRect().left ?? 0;
    put(area.fromX(event.clientX - left));
  };
  return (
    <div ref={box} className="pointer-events-none absolute inset-0">
      <div
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a range input cannot be a line through the drawing
        role="slider"
        tabIndex={0}
        aria-label="Learning rate to use"
        aria-valuemin={Math.log10(low)}
        aria-valuemax={Math.log10(high)}
        aria-valuenow={Math.log10(rate)}
        aria-valuetext={formatRate(rate)}
        className="pointer-events-auto absolute w-6 -translate-x-1/2 cursor-ew-resize touch-none rounded-sm"
        style={{ left: area.toX(rate), top: area.top, height: area.height }}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          event.currentTarget.focus();
        }}
        onPointerMove={(event) => event.currentTarget.hasPointerCapture(event.pointerId) && follow(event)}
        onKeyDown={(event) => {
          const factor = factorOf(event);
          const next = event.key === "Home" ? low : event.key === "End" ? high : factor === null ? null : rate * factor;
          if (next === null) return;
          event.preventDefault();
          put(next);
        }}
      >
        <span aria-hidden className="absolute inset-y-0 left-1/2 w-0.5 -translate-x-1/2 bg-accent" />
        <span
          aria-hidden
          className="absolute top-0 left-1/2 -translate-x-1/2 rounded-full bg-accent px-2 py-0.5 font-mono text-[11px] whitespace-nowrap text-accent-ink shadow-card"
        >
          {formatRate(rate)}
        </span>
      </div>
    </div>
  );
}
