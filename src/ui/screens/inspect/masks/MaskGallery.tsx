// The masks of the validation set over their pictures: a few at a time, one in full, hidden while H is held.
import { useMemo, useState } from "react";
import type { MaskInterpretation } from "../../../../spec/run";
import { formatLoss } from "../../../../store/formatNumbers";
import { picturesOfPair } from "../../../../store/scoring/pairPixels";
import { topLosses } from "../../../../store/scoring/topLosses";
import { useHeldKey } from "../../../hooks/useHeldKey";
import { Button, Card, Keys, MorePictures, PictureButtons, Segmented, Slider } from "../../../widgets";
import type { MaskLook, MaskMode } from "./MaskCanvas";
import { MaskDialog } from "./MaskDialog";
import { MaskPicture } from "./MaskPicture";
import { SaveMasks } from "./SaveMasks";

const MODES = [
  { id: "predicted", label: "The model" },
  { id: "truth", label: "The truth" },
  { id: "errors", label: "What is wrong" },
] as const satisfies readonly { readonly id: MaskMode; readonly label: string }[];

const STEP = 12;

interface MaskGalleryProps {
  readonly interpretation: MaskInterpretation;
  readonly mode: MaskMode;
  readonly onMode: (mode: MaskMode) => void;
  /** What was chosen; `hovered` is looked at meanwhile. */
  readonly look: MaskLook;
  readonly hovered: number | null;
  readonly onAll: () => void;
}

/** The largest loss first; of a pair of classes, the pictures with most of it. */
export function MaskGallery({ interpretation, mode, onMode, look: chosen, hovered, onAll }: MaskGalleryProps) {
  const { vocab, losses, paths } = interpretation;
  const { pair, only } = chosen;
  const [opacity, setOpacity] = useState(0.6);
  const [count, setCount] = useState(STEP);
  const [open, setOpen] = useState<number | null>(null);
  const hidden = useHeldKey("h");
  const look = useMemo(() => (hovered === null ? chosen : { ...chosen, pair: null, only: hovered }), [hovered, chosen]);
  const order = useMemo(
    () => (pair ? picturesOfPair(interpretation, pair.actual, pair.predicted) : topLosses(losses, losses.length)),
    [interpretation, losses, pair],
  );
  return (
    <Card
      title="Masks"
      hint={pair ? "Those with most of these pixels first" : "The largest loss first"}
      aside={
        <>
          <Segmented label="What is drawn" value={mode} options={MODES} onChange={onMode} />
          <div className="w-40">
            <Slider
              label="Opacity"
              value={opacity}
              min={0.1}
              max={1}
              step={0.05}
              format={(value) => `${Math.round(value * 100)} %`}
              onChange={setOpacity}
            />
          </div>
          <span className="inline-flex items-center gap-1.5 text-xs text-ink-3 max-md:hidden">
            hold <Keys keys={["H"]} /> to hide
          </span>
        </>
      }
    >
      {(pair ?? only) !== null && (
        <p className="mb-3 text-s">
          Only <b>{vocab[pair?.actual ?? only ?? 0]}</b>
          {pair && (
            <>
              {" "}
              taken for <b>{vocab[pair.predicted]}</b>
            </>
          )}
          .{" "}
          <Button tone="quiet" onPress={onAll}>
            Show all classes
          </Button>
        </p>
      )}
      <PictureButtons
        ids={order.slice(0, count)}
        size="large"
        words={(position) => `${paths[position] ?? ""}, loss ${formatLoss(losses[position] ?? NaN, 3)}`}
        renderPicture={(position) => <MaskPicture {...{ interpretation, position, mode, opacity, look, hidden }} />}
        renderCaption={(position) => (
          <>
            loss {formatLoss(losses[position] ?? NaN, 3)} · {(paths[position] ?? "").split("/").pop()}
          </>
        )}
        onOpen={setOpen}
      />
      <MorePictures more={order.length - count} step={STEP} onMore={() => setCount(count + STEP)} />
      <SaveMasks />
      <MaskDialog
        {...{ interpretation, opacity, hidden, look: chosen }}
        position={open === null ? null : (order[open] ?? null)}
        place={open === null ? "" : `${open + 1} of ${order.length}`}
        onMove={(by) => setOpen((at) => (at === null ? null : Math.min(order.length - 1, Math.max(0, at + by))))}
        onClose={() => setOpen(null)}
      />
    </Card>
  );
}
