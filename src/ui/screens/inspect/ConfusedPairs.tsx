// Pairs of classes that are mistaken, as a list: a press opens what was mistaken.
import { useState } from "react";
import type { ConfusedPair } from "../../../store/scoring/mostConfused";
import type { Cell } from "../../charts/ConfusionGrid";
import { Button } from "../../widgets";

const FIRST = 8;
const MOST = 50;

interface ConfusedPairsProps {
  /** The most first. */
  readonly pairs: readonly ConfusedPair[];
  readonly vocab: readonly string[];
  /** What stands behind each bar. */
  readonly number: (pair: ConfusedPair) => string;
  readonly onOpen: (cell: Cell) => void;
}

/** A few, and more on demand. */
export function ConfusedPairs({ pairs, vocab, number, onOpen }: ConfusedPairsProps) {
  const [all, setAll] = useState(false);
  const most = pairs[0]?.count ?? 1;
  return (
    <>
      <ul className="grid gap-0.5">
        {pairs.slice(0, all ? MOST : FIRST).map((pair) => (
          <li key={`${pair.actual}-${pair.predicted}`}>
            <button
              type="button"
              onClick={() => onOpen(pair)}
              className="hit grid w-full grid-cols-[minmax(0,1fr)_56px_36px] items-center gap-2 rounded-sm px-2 py-1.5 text-left text-s hover:bg-sunk"
            >
              <span className="[overflow-wrap:anywhere]">
                <b className="font-semibold">{vocab[pair.actual]}</b> <span className="text-ink-3">taken for</span>{" "}
                {vocab[pair.predicted]}
              </span>
              <span className="h-2 overflow-hidden rounded-full bg-sunk" aria-hidden>
                <span className="block h-full rounded-full bg-s2" style={{ width: `${(100 * pair.count) / most}%` }} />
              </span>
              <span className="text-right font-mono text-[12px] whitespace-nowrap">{number(pair)}</span>
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
    </>
  );
}
