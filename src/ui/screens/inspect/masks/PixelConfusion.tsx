// Which class's pixels are taken for which, as shares of the true class.
import { useMemo } from "react";
import { shareOfRow, type Confusion } from "../../../../store/scoring/confusion";
import { ConfusionGrid } from "../../../charts/ConfusionGrid";
import { Card } from "../../../widgets";

interface PixelConfusionProps {
  readonly confusion: Confusion;
  readonly vocab: readonly string[];
  /** A class that does not count, or −1. */
  readonly ignored: number;
  /** Opens a cell: the true class whose errors are to be seen. */
  readonly onOpen: (actual: number) => void;
}

/** Classes that occur, in their order. */
export function PixelConfusion({ confusion, vocab, ignored, onOpen }: PixelConfusionProps) {
  const shares = useMemo(() => shareOfRow(confusion), [confusion]);
  const shown = useMemo(
    () =>
      vocab.flatMap((_, label) => {
        const row = confusion.counts.subarray(label * confusion.classes, (label + 1) * confusion.classes);
        return label !== ignored && row.some((count) => count > 0) ? [label] : [];
      }),
    [confusion, vocab, ignored],
  );
  return (
    <Card title="What is taken for what" hint="Shares of each true class's pixels; open a cell to see them">
      <ConfusionGrid
        confusion={confusion}
        shares={shares}
        vocab={vocab}
        shown={shown}
        selected={null}
        narrow
        onOpen={({ actual }) => onOpen(actual)}
      />
    </Card>
  );
}
