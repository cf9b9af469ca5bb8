// Pictures with what the model said about them; one opens in full.
import { useState, type ReactNode } from "react";
import type { ClassInterpretation } from "../../../spec/run";
import { plural } from "../../../store/formatNumbers";
import { Button } from "../../widgets";
import { ItemDialog } from "./ItemDialog";
import { ItemPicture } from "./ItemPicture";

export interface PictureGridProps {
  readonly interpretation: ClassInterpretation;
  readonly thresholds: Float32Array | null;
  /** Positions in the interpretation, in order. */
  readonly positions: readonly number[];
  readonly renderCaption: (position: number) => ReactNode;
  /** The same in plain words, for the button's name. */
  readonly words: (position: number) => string;
  /** How many more come at a time. */
  readonly step?: number;
}

/** A few rows at a time. */
export function PictureGrid(props: PictureGridProps) {
  const { interpretation, thresholds, positions, renderCaption, words, step = 24 } = props;
  const [shown, setShown] = useState({ of: positions, count: step });
  const [open, setOpen] = useState<number | null>(null);
  const count = shown.of === positions ? shown.count : step;
  const more = positions.length - count;
  return (
    <>
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(112px,1fr))] gap-3 sm:grid-cols-[repeat(auto-fill,minmax(136px,1fr))]">
        {positions.slice(0, count).map((position, index) => (
          <li key={position}>
            <button
              type="button"
              onClick={() => setOpen(index)}
              aria-label={`${words(position)}. Show in full.`}
              className="block w-full rounded-md text-left"
            >
              <ItemPicture
                item={interpretation.items[position] ?? 0}
                alt=""
                className="aspect-square w-full rounded-md transition-[filter] hover:brightness-105"
              />
              <span aria-hidden className="mt-1 block text-xs text-ink-2 [overflow-wrap:anywhere]">
                {renderCaption(position)}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {more > 0 && (
        <div className="mt-4 text-center">
          <Button onPress={() => setShown({ of: positions, count: count + step })}>
            Show {Math.min(step, more)} more of {plural(positions.length, "picture")}
          </Button>
        </div>
      )}
      <ItemDialog
        interpretation={interpretation}
        thresholds={thresholds}
        position={open === null ? null : (positions[open] ?? null)}
        place={open === null ? "" : `${open + 1} of ${positions.length}`}
        onMove={(by) => setOpen((at) => (at === null ? null : Math.min(positions.length - 1, Math.max(0, at + by))))}
        onClose={() => setOpen(null)}
      />
    </>
  );
}
