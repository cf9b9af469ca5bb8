// The learning-rate argument as fastai takes it: one rate, or a slice over the layer groups.
import { useState } from "react";
import type { LearningRate } from "../../../spec/recipe";
import { formatRate } from "../../../store/formatNumbers";
import { topRate } from "../../../spec/schedules/fitStages";
import { Select, TextField } from "../../widgets";

type Shape = "one" | "stop" | "slice";

const SHAPES = [
  { id: "one", label: "the same for all layers" },
  {
    id: "stop",
    label: "a tenth for the body",
    help: "slice(top): the head learns at the top rate, all other groups at a tenth of it.",
  },
  {
    id: "slice",
    label: "from small to top",
    help: "slice(first, top): evenly spread, small for the layers nearest to the picture.",
  },
] as const;

function shapeOf(lr: LearningRate): Shape {
  return typeof lr === "number" ? "one" : "start" in lr ? "slice" : "stop";
}

function reshape(lr: LearningRate, shape: Shape): LearningRate {
  const stop = topRate(lr);
  if (shape === "one") return stop;
  return shape === "stop" ? { stop } : { start: stop / 100, stop };
}

export interface RateFieldProps {
  readonly lr: LearningRate;
  readonly onChange: (lr: LearningRate, field: string) => void;
}

/** Shape and values of the rate. */
export function RateField({ lr, onChange }: RateFieldProps) {
  const shape = shapeOf(lr);
  return (
    <>
      <RateInput
        label="Top rate"
        help="How far the weights move at each step, at the top of the cycle. Too small learns nothing, too large forgets everything: find it with “Find a learning rate”."
        value={topRate(lr)}
        onChange={(stop) =>
          onChange(typeof lr === "number" ? stop : "start" in lr ? { ...lr, stop } : { stop }, "stop")
        }
      />
      {typeof lr !== "number" && "start" in lr && (
        <RateInput
          label="First rate"
          help="For the layers nearest to the picture, which know the most and should change the least."
          value={lr.start}
          onChange={(start) => onChange({ ...lr, start }, "start")}
        />
      )}
      <Select
        label="Layer groups"
        help="Whether early layers learn more slowly than the head."
        value={shape}
        options={SHAPES}
        onChange={(next) => onChange(reshape(lr, next as Shape), "shape")}
      />
    </>
  );
}

export interface RateInputProps {
  readonly label: string;
  readonly value: number;
  readonly help?: string;
  readonly onChange: (value: number) => void;
}

/** A rate as text: "1e-3", "0.001" and "3e-4" are all fine. */
export function RateInput({ label, value, help, onChange }: RateInputProps) {
  const [draft, setDraft] = useState<{ readonly text: string; readonly of: number } | null>(null);
  // A change from elsewhere (undo, the finder) takes over from what was being typed.
  const text = draft !== null && draft.of === value ? draft.text : formatExact(value);
  const typed = Number(text);
  const wrong = text.trim() === "" || !Number.isFinite(typed) || typed <= 0;
  return (
    <div>
      <TextField
        label={label}
        help={help}
        value={text}
        onChange={(next) => {
          const number = Number(next);
          const fits = next.trim() !== "" && Number.isFinite(number) && number > 0;
          setDraft({ text: next, of: fits ? number : value });
          if (fits && number !== value) onChange(number);
        }}
      />
      {wrong && <p className="mt-0.5 text-xs text-bad">Type a number above 0, for example 1e-3.</p>}
    </div>
  );
}

/** As short as it can be without losing digits: 0.01 → "1e-2", 0.00123 → "1.23e-3". */
function formatExact(value: number): string {
  const short = formatRate(value);
  return Number(short) === value ? short : String(Number(value.toPrecision(6)));
}
