// Test-time augmentation: the model looks at each picture several times, and its answers are averaged.
import { tensor, type Tensor } from "@tensorflow/tfjs-core";
import type { DataLoader, DataLoaders } from "../data/batch";
import type { Loss } from "../nn/losses/loss";
import type { Module } from "../nn/module";
import type { Task } from "../spec/recipe";
import { readback } from "../tensor/readback";
import { keep, scope } from "../tensor/scope";
import { predictAll, type ClassPredictions, type Predictions, type ValuePredictions } from "./predictAll";

export interface TestTimeOptions {
  /** Share of the plain prediction; the rest is the mean of the eight views. fastai's default is 0.4. */
  readonly beta?: number;
  /** How far the views zoom into a corner; fastai's default is 1.35. */
  readonly scale?: number;
  readonly signal?: AbortSignal;
  /** Called before each of the nine passes. */
  readonly onPass?: (pass: number, passes: number) => void;
}

interface Parts {
  readonly model: Module;
  readonly loss: Loss;
  readonly task: Task;
  readonly plain: DataLoader;
  readonly variant: NonNullable<DataLoaders["testTime"]>;
}

const VARIANTS = 8;
/** Rows whose loss is computed at once. */
const ROWS = 256;

/** Tasks whose answers do not lie on the picture, so that those of different views may be averaged. */
export const averagesViews = (task: Task): boolean =>
  task === "singleLabel" || task === "multiLabel" || task === "regression";

const answersOf = (predictions: ClassPredictions | ValuePredictions): Float32Array =>
  predictions.kind === "classes" ? predictions.probabilities : predictions.values;

/** Outputs that the loss's activation turns into this answer. */
function beforeActivation({ activationName }: Loss, answer: number): number {
  if (activationName === "none") return answer;
  const inner = Math.min(Math.max(answer, 1e-7), activationName === "exp" ? Infinity : 1 - 1e-7);
  return activationName === "sigmoid" ? Math.log(inner / (1 - inner)) : Math.log(inner);
}

/** Each row's loss as if the model had given these answers at once. */
async function lossesOf(loss: Loss, task: Task, answers: Float32Array, targets: Int32Array | Float32Array, n: number) {
  const losses = new Float32Array(n);
  const [perAnswer, perTarget] = [answers.length / n, targets.length / n];
  for (let from = 0; from < n; from += ROWS) {
    const rows = Math.min(ROWS, n - from);
    const outputs = answers
      .slice(from * perAnswer, (from + rows) * perAnswer)
      .map((one) => beforeActivation(loss, one));
    const wanted = targets.slice(from * perTarget, (from + rows) * perTarget);
    const perItem = scope("testTime", () => {
      const y: Tensor =
        task === "singleLabel"
          ? tensor(wanted as Int32Array, [rows], "int32")
          : tensor(Float32Array.from(wanted), [rows, perTarget], "float32");
      const weight = tensor(new Float32Array(rows).fill(1), [rows]);
      return keep(loss.compute(tensor(outputs, [rows, perAnswer]), { y, weight }).perItem);
    }) as Tensor;
    losses.set(await readback(perItem), from);
    perItem.dispose();
  }
  return losses;
}

/** beta · plain + (1 − beta) · mean of the views, with the loss of the blend; deterministic, as the views are. */
export async function predictTestTime(options: Parts & TestTimeOptions): Promise<Predictions> {
  const { model, loss, task, plain, variant, beta = 0.4, scale = 1.35, signal, onPass } = options;
  const pass = async (index: number, loader: DataLoader): Promise<Predictions> => {
    onPass?.(index, VARIANTS + 1);
    return predictAll({ model, loss, loader, task, ...(signal ? { signal } : {}) });
  };
  const first = await pass(0, plain);
  if (first.kind === "masks" || !averagesViews(task)) return first;
  const blend = answersOf(first).map((value) => beta * value);
  for (let index = 0; index < VARIANTS; index += 1) {
    const view = await pass(index + 1, variant({ index, scale }));
    if (view.kind === "masks") throw new Error("one model gives one kind of answers");
    const answers = answersOf(view);
    for (let i = 0; i < blend.length; i += 1)
      blend[i] = (blend[i] as number) + ((1 - beta) / VARIANTS) * (answers[i] as number);
  }
  const n = first.items.length;
  const losses = n === 0 ? first.losses : await lossesOf(loss, task, blend, first.targets, n);
  return first.kind === "classes" ? { ...first, probabilities: blend, losses } : { ...first, values: blend, losses };
}
