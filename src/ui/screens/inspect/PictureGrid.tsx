// Pictures with what the model said about them; one opens in full.
import { useState, type ReactNode } from "react";
import type { ClassInterpretation } from "../../../spec/run";
import { plural } from "../../../store/formatNumbers";
import { MorePictures, PictureButtons } from "../../widgets";
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
  return (
    <>
      <PictureButtons
        ids={positions.slice(0, count)}
        size="small"
        wrap
        words={words}
        renderPicture={(position) => (
          <ItemPicture
            item={interpretation.items[position] ?? 0}
            alt=""
            className="aspect-square w-full rounded-md transition-[filter] hover:brightness-105"
          />
        )}
        renderCaption={renderCaption}
        onOpen={setOpen}
      />
      <MorePictures
        more={positions.length - count}
        step={step}
        all={plural(positions.length, "picture")}
        onMore={() => setShown({ of: positions, count: count + step })}
      />
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
