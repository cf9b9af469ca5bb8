// Accuracy, and the confusion matrix by counts or by shares of each row.
import { useCallback, useMemo, useState } from "react";
import { formatPercent, plural } from "../../../store/formatNumbers";
import { countItems } from "../../../store/itemWords";
import { accuracyOf, shareOfRow, type Confusion } from "../../../store/scoring/confusion";
import { mostConfused } from "../../../store/scoring/mostConfused";
import { ConfusionGrid, type Cell } from "../../charts/ConfusionGrid";
import { useProject } from "../../hooks/useStudio";
import { Card, Segmented, Stat } from "../../widgets";

export interface ConfusionCardProps {
  readonly confusion: Confusion;
  readonly vocab: readonly string[];
  readonly selected: Cell | null;
  readonly onOpen: (cell: Cell) => void;
}

/** The matrix in its card. */
export function ConfusionCard({ confusion, vocab, selected, onOpen }: ConfusionCardProps) {
  const [view, setView] = useState<"counts" | "shares">("counts");
  const recipe = useProject((state) => state.recipe);
  const counted = useCallback((count: number) => countItems(count, recipe), [recipe]);
  const classes = useMemo(() => Array.from({ length: confusion.classes }, (_, label) => label), [confusion]);
  const shares = useMemo(() => (view === "shares" ? shareOfRow(confusion) : null), [view, confusion]);
  const worst = useMemo(() => mostConfused(confusion)[0], [confusion]);
  const accuracy = accuracyOf(confusion);
  const items = confusion.counts.reduce((sum, count) => sum + count, 0);
  const right = Math.round((accuracy ?? 0) * items);
  return (
    <Card
      title="Confusion"
      aside={
        <Segmented
          label="Cells show"
          value={view}
          onChange={setView}
          options={[
            { id: "counts", label: "counts" },
            { id: "shares", label: "shares" },
          ]}
        />
      }
    >
      <div className="mb-4">
        <Stat
          label="Accuracy, validation"
          value={accuracy === null ? "–" : formatPercent(accuracy)}
          note={`${right} of ${countItems(items, recipe)} right`}
        />
      </div>
      <ConfusionGrid
        confusion={confusion}
        shares={shares}
        vocab={vocab}
        classes={classes}
        counted={counted}
        selected={selected}
        onOpen={onOpen}
      />
      <p className="mt-2 text-xs text-ink-3">
        Rows are the truth; blue is right, orange is wrong. Open a cell to see its pictures.
        {worst
          ? ` Most confused: ${vocab[worst.actual]} taken for ${vocab[worst.predicted]}, ${plural(worst.count, "time")}.`
          : " Nothing is confused."}
      </p>
    </Card>
  );
}
