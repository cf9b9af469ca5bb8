// One label a picture: accuracy, confusion, the pairs mistaken most, and the pictures with the largest loss.
import { X } from "lucide-react";
import { useMemo, useState } from "react";
import type { ClassInterpretation } from "../../../spec/run";
import { formatLoss, plural } from "../../../store/formatNumbers";
import { confusionMatrix, itemsOfCell, predictedClasses } from "../../../store/scoring/confusion";
import { topLosses } from "../../../store/scoring/topLosses";
import type { Cell } from "../../charts/ConfusionGrid";
import { Button, Card, Select } from "../../widgets";
import { ConfusionCard } from "./ConfusionCard";
import { MostConfused } from "./MostConfused";
import { PictureGrid } from "./PictureGrid";

const ALL = "all";

/** Confusion at the left, pictures at the right. */
export function SingleView({ interpretation }: { readonly interpretation: ClassInterpretation }) {
  const { vocab, targets, probabilities, losses } = interpretation;
  const [cell, setCell] = useState<Cell | null>(null);
  const [only, setOnly] = useState(ALL);
  const predicted = useMemo(() => predictedClasses(probabilities, vocab.length), [probabilities, vocab]);
  const confusion = useMemo(() => confusionMatrix(targets, predicted, vocab.length), [targets, predicted, vocab]);
  const positions = useMemo(() => {
    if (cell) {
      const inCell = new Set(itemsOfCell(targets, predicted, cell.actual, cell.predicted));
      return topLosses(losses, losses.length, (position) => inCell.has(position));
    }
    const label = only === ALL ? null : Number(only);
    return topLosses(losses, 500, (position) => label === null || targets[position] === label);
  }, [cell, only, losses, targets, predicted]);

  const name = (label: number | undefined): string => vocab[label ?? 0] ?? "";
  const actualProbability = (position: number): number =>
    probabilities[position * vocab.length + (targets[position] ?? 0)] ?? 0;
  return (
    <div className="grid items-start gap-5 xl:grid-cols-[minmax(0,480px)_minmax(0,1fr)]">
      <div className="grid min-w-0 gap-5">
        <ConfusionCard confusion={confusion} vocab={vocab} selected={cell} onOpen={setCell} />
        <MostConfused confusion={confusion} vocab={vocab} onOpen={setCell} />
      </div>
      <Card
        title={
          cell
            ? cell.actual === cell.predicted
              ? `${name(cell.actual)}, right`
              : `${name(cell.actual)} taken for ${name(cell.predicted)}`
            : "What it gets most wrong"
        }
        hint={cell ? plural(positions.length, "picture") : "The largest losses of the validation set"}
        aside={
          cell ? (
            <Button icon={<X aria-hidden />} onPress={() => setCell(null)}>
              Back to the top losses
            </Button>
          ) : (
            <Select
              bare
              label="Actual class"
              value={only}
              options={[
                { id: ALL, label: "all classes" },
                ...vocab.map((label, index) => ({ id: String(index), label })),
              ]}
              onChange={setOnly}
            />
          )
        }
      >
        {positions.length === 0 ? (
          <p className="py-8 text-center text-s text-ink-3">No picture of the validation set is here.</p>
        ) : (
          <PictureGrid
            interpretation={interpretation}
            thresholds={null}
            positions={positions}
            words={(position) =>
              `Predicted ${name(predicted[position])}, actually ${name(targets[position])}, loss ${formatLoss(losses[position] ?? NaN, 2)}, probability of the actual class ${actualProbability(position).toFixed(2)}`
            }
            renderCaption={(position) => {
              const right = predicted[position] === targets[position];
              return (
                <>
                  <b className={right ? "font-semibold text-good" : "font-semibold text-bad"}>
                    {right ? "✓" : "✗"} {name(predicted[position])}
                  </b>
                  {right ? "" : ` is ${name(targets[position])}`} · loss {formatLoss(losses[position] ?? NaN, 2)} · p{" "}
                  {actualProbability(position).toFixed(2)}
                </>
              );
            }}
          />
        )}
      </Card>
    </div>
  );
}
