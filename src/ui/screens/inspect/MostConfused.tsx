// The pairs of classes that are mistaken most often, as a list that opens their pictures.
import { useMemo } from "react";
import { formatCount, plural } from "../../../store/formatNumbers";
import type { Confusion } from "../../../store/scoring/confusion";
import { mostConfused } from "../../../store/scoring/mostConfused";
import type { Cell } from "../../charts/ConfusionGrid";
import { Card } from "../../widgets";
import { ConfusedPairs } from "./ConfusedPairs";

interface MostConfusedProps {
  readonly confusion: Confusion;
  readonly vocab: readonly string[];
  readonly onOpen: (cell: Cell) => void;
}

/** fastai's `most_confused`. */
export function MostConfused({ confusion, vocab, onOpen }: MostConfusedProps) {
  const pairs = useMemo(() => mostConfused(confusion), [confusion]);
  if (pairs.length === 0) return null;
  return (
    <Card title="Most confused" hint={plural(pairs.length, "pair")}>
      <ConfusedPairs pairs={pairs} vocab={vocab} number={({ count }) => formatCount(count)} onOpen={onOpen} />
    </Card>
  );
}
