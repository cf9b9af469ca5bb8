// A class for every pixel: how much of each class is found, what is taken for what, and the masks themselves.
import { useMemo, useRef, useState } from "react";
import type { MaskInterpretation } from "../../../../spec/run";
import { formatPercent, plural } from "../../../../store/formatNumbers";
import { overlapOf } from "../../../../store/scoring/overlap";
import { voidClassOf } from "../../../../store/scoring/voidClass";
import type { Cell } from "../../../charts/ConfusionGrid";
import { useRuns } from "../../../hooks/useStudio";
import { Card, Help, Stat } from "../../../widgets";
import { ClassList } from "./ClassList";
import type { MaskMode } from "./MaskCanvas";
import { MaskGallery } from "./MaskGallery";
import { PixelConfusion } from "./PixelConfusion";

const ALL = { only: null, pair: null } as const;

/** So many classes can be read in the narrow column. */
const FEW = 12;

/** Numbers at the left, masks at the right, confusion below the numbers or, where there is more of it, below both. */
export function MaskView({ interpretation }: { readonly interpretation: MaskInterpretation }) {
  const { confusion, vocab, losses } = interpretation;
  const { runId } = interpretation;
  const ignored = useRuns(({ runs }) => voidClassOf(runs.find(({ id }) => id === runId)?.recipe ?? null, vocab));
  const overlap = useMemo(() => overlapOf(confusion, vocab.length, ignored), [confusion, vocab, ignored]);
  const [mode, setMode] = useState<MaskMode>("predicted");
  const [chosen, setChosen] = useState<{ readonly only: number | null; readonly pair: Cell | null }>(ALL);
  const [hovered, setHovered] = useState<number | null>(null);
  const look = useMemo(() => ({ ...chosen, ignored }), [chosen, ignored]);
  const gallery = useRef<HTMLDivElement>(null);
  const share = (value: number | null): string => (value === null ? "–" : formatPercent(value));
  const open = (cell: Cell): void => {
    const right = cell.actual === cell.predicted;
    setChosen(right ? { only: cell.actual, pair: null } : { only: null, pair: cell });
    setMode(right ? "predicted" : "errors");
    gallery.current?.scrollIntoView({ block: "start" });
  };
  const wide = vocab.length > FEW;
  const pairs = <PixelConfusion {...{ confusion, vocab, ignored, wide }} selected={chosen.pair} onOpen={open} />;
  return (
    <div className="grid items-start gap-5 xl:grid-cols-[minmax(0,460px)_minmax(0,1fr)]">
      <div className="grid min-w-0 gap-5">
        <Card title="Areas" hint={plural(losses.length, "picture") + " of the validation set"}>
          <div className="mb-4 grid grid-cols-3 gap-x-4 gap-y-2">
            <Stat
              dense
              label="Pixels right"
              value={share(overlap.accuracy)}
              note={ignored < 0 ? "of all that count" : `without ${vocab[ignored]}`}
            />
            <Stat dense label="Mean IoU" value={share(overlap.meanIou)} note="over the classes" />
            <Stat dense label="Mean Dice" value={share(overlap.meanDice)} note="over the classes" />
          </div>
          <p className="mb-2 flex items-center gap-1.5 text-s text-ink-2">
            By class
            <Help
              term="IoU"
              text="Intersection over union: the area that truth and prediction share, divided by the area that either covers. 1 is a perfect fit. It counts a small class as much as a large one. Dice is the same comparison in a milder form: twice the shared area, divided by the sum of both."
            />
          </p>
          <ClassList
            overlap={overlap}
            vocab={vocab}
            only={chosen.only}
            onOnly={(only) => setChosen({ only, pair: null })}
            onHover={setHovered}
          />
        </Card>
        {!wide && pairs}
      </div>
      <div ref={gallery} className="min-w-0 scroll-mt-4">
        <MaskGallery {...{ interpretation, mode, look, hovered }} onMode={setMode} onAll={() => setChosen(ALL)} />
      </div>
      {wide && <div className="min-w-0 xl:col-span-2">{pairs}</div>}
    </div>
  );
}
