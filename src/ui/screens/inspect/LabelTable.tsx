// Every label on its own: how often it occurs, how well it is found, and its threshold.
import { ArrowDown, ArrowUp } from "lucide-react";
import { useState } from "react";
import { formatCount } from "../../../store/formatNumbers";
import type { LabelScore } from "../../../store/scoring/perLabel";
import { VirtualTable } from "../../charts/VirtualTable";
import { Card, cx, Slider } from "../../widgets";

export interface LabelTableProps {
  readonly vocab: readonly string[];
  readonly scores: readonly LabelScore[];
  readonly thresholds: Float32Array;
  readonly selected: number | null;
  readonly onSelect: (label: number) => void;
  readonly onChoose: (label: number, threshold: number) => void;
}

const COLUMNS = ["label", "threshold", "support", "precision", "recall", "F1", "F2", "TP", "FP", "FN", "TN"] as const;
type Column = (typeof COLUMNS)[number];

const VALUES: { readonly [K in Exclude<Column, "label" | "threshold">]: (score: LabelScore) => number | null } = {
  support: (score) => score.support,
  precision: (score) => score.precision,
  recall: (score) => score.recall,
  F1: (score) => score.f1,
  F2: (score) => score.f2,
  TP: (score) => score.tp,
  FP: (score) => score.fp,
  FN: (score) => score.fn,
  TN: (score) => score.tn,
};
const RATES = new Set<Column>(["precision", "recall", "F1", "F2"]);

/** Labels in the order of a column; equals in the order of the vocabulary. */
function sortLabels(
  vocab: readonly string[],
  scores: readonly LabelScore[],
  thresholds: Float32Array,
  by: Column,
  up: boolean,
): number[] {
  const valueOf = (score: LabelScore): number =>
    by === "threshold" ? (thresholds[score.label] ?? 0) : by === "label" ? 0 : (VALUES[by](score) ?? -1);
  const way = (a: LabelScore, b: LabelScore): number =>
    by === "label" ? (vocab[a.label] ?? "").localeCompare(vocab[b.label] ?? "") : valueOf(a) - valueOf(b);
  return [...scores].sort((a, b) => (up ? way(a, b) : way(b, a))).map(({ label }) => label);
}

/** Sorts by any column; a label's name opens its own page. */
export function LabelTable({ vocab, scores, thresholds, selected, onSelect, onChoose }: LabelTableProps) {
  const [sort, setSort] = useState<{ readonly by: Column; readonly up: boolean }>({ by: "support", up: false });
  // Sorted when a head is pressed, not while a threshold is dragged: rows keep still under the hand.
  const [order, setOrder] = useState(() => sortLabels(vocab, scores, thresholds, "support", false));
  const sortBy = (by: Column): void => {
    const up = sort.by === by ? !sort.up : by === "label";
    setSort({ by, up });
    setOrder(sortLabels(vocab, scores, thresholds, by, up));
  };
  return (
    <Card title="Labels" hint="Open a label to see how sure the model is of it." bare className="overflow-hidden">
      <VirtualTable
        caption="Scores of every label"
        className="mt-3 max-h-[560px] rounded-none! border-x-0! border-b-0!"
        rowHeight={36}
        columns={COLUMNS}
        count={order.length}
        renderHead={(name) => {
          const column = name as Column;
          const Icon = sort.up ? ArrowUp : ArrowDown;
          return (
            <button
              type="button"
              onClick={() => sortBy(column)}
              className="hit inline-flex items-center gap-1 rounded-sm font-semibold"
              aria-label={`Sort by ${column}${sort.by === column ? (sort.up ? ", smallest first now" : ", largest first now") : ""}`}
            >
              {column}
              {sort.by === column && <Icon className="size-3" aria-hidden />}
            </button>
          );
        }}
        row={(index) => {
          const score = scores[order[index] ?? -1];
          if (!score) return [];
          const { label } = score;
          const threshold = Number((thresholds[label] ?? 0).toFixed(3));
          return [
            <button
              key="name"
              type="button"
              aria-pressed={selected === label}
              onClick={() => onSelect(label)}
              className={cx(
                "hit max-w-40 truncate text-left rounded-sm font-sans text-s underline decoration-line-strong underline-offset-3 hover:decoration-accent",
                selected === label && "font-semibold text-accent",
              )}
            >
              {vocab[label]}
            </button>,
            <span key="threshold" className="inline-flex w-30 items-center gap-2 text-left align-middle">
              <Slider
                bare
                label={`Threshold of ${vocab[label]}`}
                value={threshold}
                min={0.01}
                max={0.99}
                step={0.01}
                onChange={(value) => onChoose(label, value)}
                className="flex-1"
              />
              <span className="w-8">{threshold.toFixed(2)}</span>
            </span>,
            ...COLUMNS.slice(2).map((column) => {
              const value = VALUES[column as keyof typeof VALUES](score);
              return value === null ? "–" : RATES.has(column) ? value.toFixed(3) : formatCount(value);
            }),
          ];
        }}
      />
    </Card>
  );
}
