// The pairs of classes that are mistaken most often, as a list that opens their pictures.
import { useMemo, useState } from "react";
import { plural } from "../../../store/formatNumbers";
import type { Confusion } from "../../../store/scoring/confusion";
import { mostConfused } from "../../../store/scoring/mostConfused";
import type { Cell } from "../../charts/ConfusionGrid";
import { Button, Card } from "../../widgets";

const FIRST = 8;

/** fastai's `most_confused`. */
export function MostConfused({
  confusion,
  vocab,
  onOpen,
}: {
  readonly confusion: Confusion;
  readonly vocab: readonly string[];
  readonly onOpen: (cell: Cell) => void;
}) {
  const pairs = useMemo(() => mostConfused(confusion), [confusion]);
  const [all, setAll] = useState(false);
  const most = pairs[0]?.count ?? 1;
  if (pairs.length === 0) return null;
  return (
    <Card title="Most confused" hint={plural(pairs.length, "pair")}>
      <ul className="grid gap-0.5">
        {pairs.slice(0, all ? 50 : FIRST).map(({ actual, predicted, count }) => (
          <li key={`${actual}-${predicted}`}>
            <button
              type="button"
              onClick={() => onOpen({ actual, predicted })}
              className="hit grid w-full grid-cols-[minmax(0,1fr)_72px_28px] items-center gap-2 rounded-sm px-2 py-1.5 text-left text-s hover:bg-sunk"
            >
              <span className="[overflow-wrap:anywhere]">
                <b className="font-semibold">{vocab[actual]}</b> <span className="text-ink-3">taken for</span>{" "}
                {vocab[predicted]}
              </span>
              <span className="h-2 overflow-hidden rounded-full bg-sunk" aria-hidden>
                <span className="block h-full rounded-full bg-s2" style={{ width: `${(100 * count) / most}%` }} />
              </span>
              <span className="text-right font-mono text-[12px]">{count}</span>
            </button>
          </li>
        ))}
      </ul>
      {pairs.length > FIRST && (
        <div className="mt-2">
          <Button tone="quiet" onPress={() => setAll(!all)}>
            {all ? "Show fewer" : "Show more"}
          </Button>
        </div>
      )}
    </Card>
  );
}
