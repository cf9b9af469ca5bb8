// One picture in full: the truth and the answer side by side, and the class under the pointer.
import { ChevronLeft, ChevronRight } from "lucide-react";
import { useMemo, useState, type PointerEvent } from "react";
import type { MaskInterpretation } from "../../../../spec/run";
import { NO_CLASS } from "../../../../spec/packedMask";
import { formatLoss, formatPercent } from "../../../../store/formatNumbers";
import { Dialog, IconButton } from "../../../widgets";
import { pixelsRight, useMasks, type MaskLook, type MaskMode } from "./MaskCanvas";
import { MaskPicture } from "./MaskPicture";
import { PictureLegend } from "./PictureLegend";

interface MaskDialogProps {
  readonly interpretation: MaskInterpretation;
  readonly position: number | null;
  readonly place: string;
  readonly opacity: number;
  readonly look: MaskLook;
  readonly hidden: boolean;
  readonly onMove: (by: number) => void;
  readonly onClose: () => void;
}

export function MaskDialog({ position, onClose, interpretation, ...rest }: MaskDialogProps) {
  const path = position === null ? "" : (interpretation.paths[position] ?? "");
  return (
    <Dialog wide title={path.split("/").pop() ?? ""} isOpen={position !== null} onClose={onClose}>
      {position !== null && <Both {...rest} interpretation={interpretation} position={position} path={path} />}
    </Dialog>
  );
}

type BothProps = Omit<MaskDialogProps, "position" | "onClose"> & { readonly position: number; readonly path: string };

const FIGURES = [
  ["truth", "The truth"],
  ["predicted", "The model"],
  ["errors", "What is wrong"],
] as const satisfies readonly (readonly [MaskMode, string])[];

function Both({ interpretation, position, path, place, opacity, look: chosen, hidden, onMove }: BothProps) {
  const masks = useMasks(interpretation, position);
  const { truth, answer } = masks;
  const [at, setAt] = useState<number | null>(null);
  const [hovered, setHovered] = useState<number | null>(null);
  const look = useMemo(() => (hovered === null ? chosen : { ...chosen, pair: null, only: hovered }), [hovered, chosen]);
  const [counted, right] = useMemo(() => pixelsRight(masks, chosen.ignored), [masks, chosen.ignored]);
  const [height, width] = interpretation.size;
  const { vocab, losses } = interpretation;
  const point = (event: PointerEvent<HTMLElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    const x = Math.floor(((event.clientX - box.left) / box.width) * width);
    const y = Math.floor(((event.clientY - box.top) / box.height) * height);
    setAt(x >= 0 && x < width && y >= 0 && y < height ? y * width + x : null);
  };
  const name = (id: number | undefined): string => (id === undefined || id === NO_CLASS ? "not counted" : (vocab[id] ?? "")); // prettier-ignore
  return (
    <div className="space-y-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-s">
        <span className="flex items-center gap-1">
          <IconButton label="The picture before" onPress={() => onMove(-1)}>
            <ChevronLeft aria-hidden />
          </IconButton>
          <span className="text-ink-3">{place}</span>
          <IconButton label="The next picture" onPress={() => onMove(1)}>
            <ChevronRight aria-hidden />
          </IconButton>
        </span>
        <span>{counted > 0 ? `${formatPercent(right / counted)} of the pixels right` : "no pixel counts"}</span>
        <span className="text-ink-3">loss {formatLoss(losses[position] ?? NaN, 4)}</span>
      </div>
      <p className="sticky top-0 z-10 min-h-5 bg-card text-s text-ink-2" aria-live="polite">
        {at === null
          ? "Point at a picture to read the class of a pixel."
          : truth[at] === answer[at]
            ? `${name(truth[at])}, and the model says so.`
            : `${name(truth[at])}; the model says ${name(answer[at])}.`}
      </p>
      <div className="grid gap-3 sm:grid-cols-2">
        {FIGURES.map(([mode, caption]) => (
          <figure key={mode} onPointerMove={point} onPointerLeave={() => setAt(null)}>
            <MaskPicture {...{ interpretation, position, mode, opacity, look, hidden }} />
            <figcaption className="mt-1 text-xs text-ink-2">{caption}</figcaption>
          </figure>
        ))}
        <PictureLegend {...{ truth, answer, vocab }} shown={look.only} onHover={setHovered} />
      </div>
      <p className="font-mono text-xs break-all text-ink-3">{path}</p>
    </div>
  );
}
