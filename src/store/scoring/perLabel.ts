// How well each label is found on its own: the 2×2 table of every label, and what follows from it.
import type { ClassInterpretation } from "../../spec/run";

export interface LabelScore {
  readonly label: number;
  readonly tp: number;
  readonly fp: number;
  readonly fn: number;
  readonly tn: number;
  /** Items that carry the label. */
  readonly support: number;
  /** TP / predicted; null where nothing was predicted. */
  readonly precision: number | null;
  /** TP / support; null where no item carries the label. */
  readonly recall: number | null;
  readonly f1: number | null;
  readonly f2: number | null;
}

type Scored = Pick<ClassInterpretation, "vocab" | "targets" | "probabilities">;

/** (1 + β²)·TP / ((1 + β²)·TP + β²·FN + FP); null where label and prediction are both absent. */
export function fScore(tp: number, fp: number, fn: number, beta: number): number | null {
  const below = (1 + beta ** 2) * tp + beta ** 2 * fn + fp;
  return below === 0 ? null : ((1 + beta ** 2) * tp) / below;
}

/** Scores of every label at its own threshold; [n × classes] → [classes]. */
export function perLabelScores({ vocab, targets, probabilities }: Scored, thresholds: Float32Array): LabelScore[] {
  const classes = vocab.length;
  const tables = new Int32Array(classes * 4); // per label: TN, FN, FP, TP
  for (let at = 0; at < probabilities.length; at += 1) {
    const label = at % classes;
    const above = (probabilities[at] ?? 0) > (thresholds[label] ?? 1);
    const cell = label * 4 + (above ? 2 : 0) + (targets[at] === 1 ? 1 : 0);
    tables[cell] = (tables[cell] ?? 0) + 1;
  }
  return vocab.map((_, label) => {
    const [tn = 0, fn = 0, fp = 0, tp = 0] = tables.subarray(label * 4, label * 4 + 4);
    return {
      label,
      tp,
      fp,
      fn,
      tn,
      support: tp + fn,
      precision: tp + fp === 0 ? null : tp / (tp + fp),
      recall: tp + fn === 0 ? null : tp / (tp + fn),
      f1: fScore(tp, fp, fn, 1),
      f2: fScore(tp, fp, fn, 2),
    };
  });
}
