// One label in full: how sure the model is where the label is there and where it is not, and its own best threshold.
import { X } from "lucide-react";
import { useMemo } from "react";
import type { ClassInterpretation } from "../../../spec/run";
import { plural } from "../../../store/formatNumbers";
import { bestOfSweep, sweepLabel } from "../../../store/scoring/fbeta";
import { Histogram } from "../../charts/Histogram";
import { SweepChart } from "../../charts/SweepChart";
import { Button, Card, IconButton } from "../../widgets";

export interface LabelDetailProps {
  readonly interpretation: ClassInterpretation;
  readonly label: number;
  readonly beta: number;
  readonly threshold: number;
  readonly onChoose: (threshold: number) => void;
  readonly onClose: () => void;
}

/** Probabilities of the label, by whether an item carries it. */
function byTruth(
  { vocab, targets, probabilities }: ClassInterpretation,
  label: number,
): { readonly without: Float32Array; readonly carrying: Float32Array } {
  const without: number[] = [];
  const carrying: number[] = [];
  for (let at = label; at < probabilities.length; at += vocab.length)
    (targets[at] === 1 ? carrying : without).push(probabilities[at] ?? 0);
  return { without: Float32Array.from(without), carrying: Float32Array.from(carrying) };
}

/** Histogram and sweep. */
export function LabelDetail({ interpretation, label, beta, threshold, onChoose, onClose }: LabelDetailProps) {
  const name = interpretation.vocab[label] ?? "";
  const { without, carrying } = useMemo(() => byTruth(interpretation, label), [interpretation, label]);
  const sweep = useMemo(() => sweepLabel(interpretation, label, beta), [interpretation, label, beta]);
  const best = useMemo(() => bestOfSweep(sweep), [sweep]);
  const groups = useMemo(
    () =>
      [
        { label: "without the label", values: without },
        { label: `with ${name}`, values: carrying },
      ] as const,
    [without, carrying, name],
  );
  const found = carrying.filter((probability) => probability > Math.fround(threshold)).length;
  const wrong = without.filter((probability) => probability > Math.fround(threshold)).length;
  return (
    <Card
      title={name}
      hint={`${plural(carrying.length, "picture")} of the validation set carry it`}
      aside={
        <>
          <Button
            whyNot={
              best === null || Math.abs(best.threshold - threshold) < 1e-6 ? "It has its best threshold already." : null
            }
            onPress={() => best && onChoose(best.threshold)}
          >
            Use its best, {best?.threshold.toFixed(2) ?? "–"}
          </Button>
          <IconButton label={`Close ${name}`} onPress={onClose}>
            <X aria-hidden />
          </IconButton>
        </>
      }
    >
      <div className="grid gap-4">
        <Histogram
          name={`Probability of ${name}`}
          groups={groups}
          mark={threshold}
          sentence={`Above ${threshold.toFixed(2)} lie ${found} of the ${carrying.length} pictures with the label, and ${wrong} of the ${without.length} without it.`}
        />
        <SweepChart name={`F${beta} of ${name}`} points={sweep} threshold={Number(threshold.toFixed(3))} best={best} />
      </div>
    </Card>
  );
}
