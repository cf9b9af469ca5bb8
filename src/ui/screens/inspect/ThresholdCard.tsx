// The score of all labels together, and the threshold that all of them share.
import { useMemo } from "react";
import type { ClassInterpretation } from "../../../spec/run";
import { formatPercent } from "../../../store/formatNumbers";
import { accuracyAbove, bestOfSweep, fbeta, sweepAll, sweepLabel } from "../../../store/scoring/fbeta";
import { sameThreshold } from "../../../store/scoring/threshold";
import { SweepChart } from "../../charts/SweepChart";
import { Button, Card, Slider, Stat } from "../../widgets";

export interface ThresholdCardProps {
  readonly interpretation: ClassInterpretation;
  readonly thresholds: Float32Array;
  /** The recipe's threshold. */
  readonly usual: number;
  readonly beta: number;
  /** Null goes back to the recipe's threshold. */
  readonly onChoose: (thresholds: Float32Array | null) => void;
}

/** F-beta with its slider and its sweep. */
export function ThresholdCard({ interpretation, thresholds, usual, beta, onChoose }: ThresholdCardProps) {
  const classes = interpretation.vocab.length;
  const sweep = useMemo(() => sweepAll(interpretation, beta), [interpretation, beta]);
  const best = useMemo(() => bestOfSweep(sweep), [sweep]);
  const score = useMemo(() => fbeta(interpretation, thresholds, beta), [interpretation, thresholds, beta]);
  const accuracy = useMemo(() => accuracyAbove(interpretation, thresholds), [interpretation, thresholds]);
  const atUsual = useMemo(
    () => fbeta(interpretation, sameThreshold(usual, classes), beta),
    [interpretation, usual, classes, beta],
  );
  const first = thresholds[0] ?? usual;
  const alike = thresholds.every((threshold) => threshold === first);
  const shared = Number(first.toFixed(3));
  const name = `F${beta}`;
  const difference = score === null || atUsual === null ? 0 : score - atUsual;
  const bestEach = (): void =>
    onChoose(
      Float32Array.from(
        interpretation.vocab,
        (_, label) => bestOfSweep(sweepLabel(interpretation, label, beta))?.threshold ?? usual,
      ),
    );
  return (
    <Card
      title="Thresholds"
      hint="A label counts as predicted when its probability lies above its threshold."
      aside={
        <>
          <Button
            whyNot={
              best === null || (alike && Math.abs(shared - best.threshold) < 1e-6)
                ? "This is the best one already."
                : null
            }
            onPress={() => best && onChoose(sameThreshold(best.threshold, classes))}
          >
            Best for all
          </Button>
          <Button onPress={bestEach} tip="The best threshold for every label on its own">
            Best for each
          </Button>
          <Button
            tone="quiet"
            whyNot={alike && Math.abs(shared - usual) < 1e-6 ? "Nothing was changed." : null}
            onPress={() => onChoose(null)}
          >
            Back to {usual}
          </Button>
        </>
      }
    >
      <div className="mb-4 grid grid-cols-2 gap-4 sm:grid-cols-3">
        <Stat
          label={alike ? `${name} at ${shared.toFixed(2)}` : `${name}, own thresholds`}
          value={score === null ? "–" : score.toFixed(4)}
          note={
            Math.abs(difference) < 5e-5
              ? "at the recipe's threshold"
              : `${difference > 0 ? "+" : "−"}${Math.abs(difference).toFixed(4)} against ${usual}`
          }
        />
        <Stat
          label="Accuracy at threshold"
          value={accuracy === null ? "–" : formatPercent(accuracy)}
          note="of all picture–label pairs; high by itself, since most are absent"
        />
        {best && (
          <Stat
            label={`Best ${name}`}
            value={best.score.toFixed(4)}
            note={`one threshold of ${best.threshold.toFixed(2)} for all`}
          />
        )}
      </div>
      <Slider
        label={alike ? "Threshold of all labels" : "Threshold of all labels (they differ now)"}
        value={shared}
        min={0.01}
        max={0.99}
        step={0.01}
        format={(value) => value.toFixed(2)}
        onChange={(value) => onChoose(sameThreshold(value, classes))}
      />
      <SweepChart name={`${name} over all labels`} points={sweep} threshold={shared} best={best} />
    </Card>
  );
}
