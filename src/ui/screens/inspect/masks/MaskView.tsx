// A class for every pixel: how much of each class is found, what is taken for what, and the masks themselves.
import { Download } from "lucide-react";
import { useMemo, useState } from "react";
import type { MaskInterpretation } from "../../../../spec/run";
import { formatLoss, formatPercent, plural } from "../../../../store/formatNumbers";
import { overlapOf } from "../../../../store/scoring/overlap";
import { topLosses } from "../../../../store/scoring/topLosses";
import { useRuns, useStudio } from "../../../hooks/useStudio";
import { Button, Card, Help, Keys, Segmented, Slider, Stat } from "../../../widgets";
import { ClassList } from "./ClassList";
import type { MaskMode } from "./MaskCanvas";
import { MaskDialog } from "./MaskDialog";
import { MaskPicture } from "./MaskPicture";
import { PixelConfusion } from "./PixelConfusion";
import { useHeldKey } from "./useHeldKey";

const MODES = [
  { id: "predicted", label: "The model" },
  { id: "truth", label: "The truth" },
  { id: "errors", label: "What is wrong" },
] as const satisfies readonly { readonly id: MaskMode; readonly label: string }[];

const STEP = 12;

/** The void class of the run's metrics, or −1. */
function useVoidClass({ runId, vocab }: MaskInterpretation): number {
  return useRuns(({ runs }) => {
    const metrics = runs.find(({ id }) => id === runId)?.recipe.metrics ?? [];
    const name = metrics.find((metric) => typeof metric["void"] === "string" && metric["void"] !== "")?.["void"];
    return name === undefined ? -1 : vocab.indexOf(String(name));
  });
}

/** Every predicted mask as a file of class numbers. */
function SaveMasks() {
  const { models } = useStudio();
  const [busy, setBusy] = useState(false);
  const save = async (): Promise<void> => {
    setBusy(true);
    await models.exportMasks().finally(() => setBusy(false));
  };
  return (
    <div className="mt-4 flex flex-wrap items-center gap-x-3 gap-y-1.5 border-t border-line pt-4">
      <Button
        icon={<Download aria-hidden />}
        whyNot={busy ? "The masks are being written." : null}
        onPress={() => void save()}
      >
        {busy ? "Writing …" : "Save the predicted masks"}
      </Button>
      <span className="text-xs text-ink-3">
        A zip of PNGs as large as your pictures; each pixel holds the number of its class, as in codes.txt.
      </span>
    </div>
  );
}

/** Numbers at the left, masks at the right. */
export function MaskView({ interpretation }: { readonly interpretation: MaskInterpretation }) {
  const { confusion, vocab, losses, paths } = interpretation;
  const ignored = useVoidClass(interpretation);
  const overlap = useMemo(() => overlapOf(confusion, vocab.length, ignored), [confusion, vocab, ignored]);
  const counts = useMemo(() => ({ classes: vocab.length, counts: Int32Array.from(confusion) }), [confusion, vocab]);
  const order = useMemo(() => topLosses(losses, losses.length), [losses]);
  const [mode, setMode] = useState<MaskMode>("predicted");
  const [opacity, setOpacity] = useState(0.6);
  const [chosen, setOnly] = useState<number | null>(null);
  const [hovered, setHovered] = useState<number | null>(null);
  const only = hovered ?? chosen;
  const [count, setCount] = useState(STEP);
  const [open, setOpen] = useState<number | null>(null);
  const hidden = useHeldKey("KeyH");
  const more = order.length - count;
  const share = (value: number | null): string => (value === null ? "–" : formatPercent(value));
  return (
    <div className="grid items-start gap-5 xl:grid-cols-[minmax(0,460px)_minmax(0,1fr)]">
      <div className="grid min-w-0 gap-5">
        <Card title="Areas" hint={plural(losses.length, "picture") + " of the validation set"}>
          <div className="mb-4 grid grid-cols-3 gap-4">
            <Stat
              label="Pixels right"
              value={share(overlap.accuracy)}
              note={ignored < 0 ? "of all that count" : `without ${vocab[ignored]}`}
            />
            <Stat label="Mean IoU" value={share(overlap.meanIou)} note="over the classes" />
            <Stat label="Mean Dice" value={share(overlap.meanDice)} note="over the classes" />
          </div>
          <p className="mb-2 flex items-center gap-1.5 text-s text-ink-2">
            By class
            <Help
              term="IoU"
              text="Intersection over union: the area that truth and prediction share, divided by the area that either covers. 1 is a perfect fit. It counts a small class as much as a large one. Dice is the same comparison in a milder form: twice the shared area, divided by the sum of both."
            />
          </p>
          <ClassList overlap={overlap} vocab={vocab} only={chosen} onOnly={setOnly} onHover={setHovered} />
        </Card>
        <PixelConfusion
          confusion={counts}
          vocab={vocab}
          ignored={ignored}
          onOpen={(actual) => {
            setOnly(actual);
            setMode("errors");
          }}
        />
      </div>
      <Card
        title="Masks"
        hint="The largest loss first"
        aside={
          <>
            <Segmented label="What is drawn" value={mode} options={MODES} onChange={setMode} />
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
        {chosen !== null && (
          <p className="mb-3 text-s">
            Only <b>{vocab[chosen]}</b>.{" "}
            <Button tone="quiet" onPress={() => setOnly(null)}>
              Show all classes
            </Button>
          </p>
        )}
        <ul className="grid grid-cols-[repeat(auto-fill,minmax(180px,1fr))] gap-3">
          {order.slice(0, count).map((position, index) => (
            <li key={position}>
              <button
                type="button"
                onClick={() => setOpen(index)}
                aria-label={`${paths[position] ?? ""}, loss ${formatLoss(losses[position] ?? NaN, 3)}. Show in full.`}
                className="block w-full rounded-md text-left"
              >
                <MaskPicture {...{ interpretation, position, mode, opacity, only, hidden }} />
                <span aria-hidden className="mt-1 block truncate text-xs text-ink-2">
                  loss {formatLoss(losses[position] ?? NaN, 3)} · {(paths[position] ?? "").split("/").pop()}
                </span>
              </button>
            </li>
          ))}
        </ul>
        {more > 0 && (
          <div className="mt-4 text-center">
            <Button onPress={() => setCount(count + STEP)}>Show {Math.min(STEP, more)} more</Button>
          </div>
        )}
        <SaveMasks />
      </Card>
      <MaskDialog
        {...{ interpretation, opacity, hidden }}
        only={chosen}
        position={open === null ? null : (order[open] ?? null)}
        place={open === null ? "" : `${open + 1} of ${order.length}`}
        onMove={(by) => setOpen((at) => (at === null ? null : Math.min(order.length - 1, Math.max(0, at + by))))}
        onClose={() => setOpen(null)}
      />
    </div>
  );
}
