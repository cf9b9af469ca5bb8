// A value on a line, with the number beside it; `log` moves by factors.
import { Label, Slider as AriaSlider, SliderThumb, SliderTrack } from "react-aria-components";
import { Help } from "./Help";
import { cx } from "./cx";

export interface SliderProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step?: number;
  readonly log?: boolean;
  readonly format?: (value: number) => string;
  readonly help?: string | undefined;
  readonly onChange: (value: number) => void;
  /** Once, when the thumb is let go. */
  readonly onChangeEnd?: (value: number) => void;
  /** Only the track; the label is read out, not shown. */
  readonly bare?: boolean;
  readonly className?: string;
}

/** A labelled slider. */
export function Slider(props: SliderProps) {
  const { label, value, min, max, step = 0.01, log = false, format = String, help = "", bare = false } = props;
  const to = (real: number): number => (log ? Math.log10(real) : real);
  const from = (shown: number): number => (log ? Number((10 ** shown).toPrecision(2)) : Number(shown.toFixed(10)));
  return (
    <AriaSlider
      value={to(value)}
      minValue={to(min)}
      maxValue={to(max)}
      step={log ? 0.01 : step}
      onChange={(next) => typeof next === "number" && props.onChange(from(next))}
      onChangeEnd={(next) => typeof next === "number" && props.onChangeEnd?.(from(next))}
      className={cx("grid grid-cols-[1fr_auto] items-center text-s", props.className)}
      {...(bare ? { "aria-label": label } : {})}
    >
      {!bare && (
        <>
          <span className="flex items-center gap-0.5">
            <Label className="text-ink-2">{label}</Label>
            <Help term={label} text={help} />
          </span>
          <span className="font-mono text-[12px]">{format(value)}</span>
        </>
      )}
      <SliderTrack className="hit relative col-span-2 h-6 w-full">
        {({ state }) => (
          <>
            <span className="absolute top-1/2 h-1 w-full -translate-y-1/2 rounded-full bg-line-strong" />
            <span
              className="absolute top-1/2 h-1 -translate-y-1/2 rounded-full bg-accent"
              style={{ width: `${state.getThumbPercent(0) * 100}%` }}
            />
            <SliderThumb className="top-1/2 size-4 rounded-full border-2 border-accent bg-card shadow-card dragging:bg-accent ringed:outline-2 ringed:outline-offset-2 ringed:outline-accent" />
          </>
        )}
      </SliderTrack>
    </AriaSlider>
  );
}
