// Predictions on every item of a loader, with what is needed to explain them: class maps are packed as they come.
import { argMax, concat, type Tensor } from "@tensorflow/tfjs-core";
import type { Batch } from "../data/batch";
import type { Loss } from "../nn/losses/loss";
import { packMask, type PackedMask } from "../spec/packedMask";
import type { Task } from "../spec/recipe";
import { readback } from "../tensor/readback";
import { keep, scope } from "../tensor/scope";
import { free, outputsOf, type EvaluateOptions } from "./evaluate";
import { createPace } from "./pace";
import { cutBatch, withPart } from "./parts";

interface Common {
  /** Indices into the block's items, in the loader's order, without padding. */
  readonly items: Int32Array;
  /** [n]. */
  readonly losses: Float32Array;
}

export interface ClassPredictions extends Common {
  readonly kind: "classes";
  /** Class index [n], or 0/1 [n × classes]. */
  readonly targets: Int32Array;
  /** After the activation, [n × classes]. */
  readonly probabilities: Float32Array;
  readonly classes: number;
}

export interface MaskPredictions extends Common {
  readonly kind: "masks";
  readonly size: readonly [number, number];
  readonly targets: readonly PackedMask[];
  readonly predicted: readonly PackedMask[];
  /** Pixels by true and predicted class, [classes × classes]. */
  readonly confusion: Float64Array;
}

export interface ValuePredictions extends Common {
  readonly kind: "values";
  /** [n × K]. */
  readonly targets: Float32Array;
  readonly values: Float32Array;
}

export type Predictions = ClassPredictions | MaskPredictions | ValuePredictions;

export interface PredictOptions extends EvaluateOptions {
  readonly task: Task;
}

/** One batch on the host; rows of padding are still in it. */
interface Part {
  readonly items: Int32Array;
  readonly losses: ArrayLike<number>;
  /** Probabilities, class numbers of pixels, or numbers. */
  readonly answers: ArrayLike<number>;
  readonly targets: ArrayLike<number>;
}

/** Gathers the rows of real items and gives the whole. */
interface Collector {
  /** What is read of a batch's outputs. */
  answers(outputs: Tensor, loss: Loss): Tensor;
  row(answers: ArrayLike<number>, targets: ArrayLike<number>): void;
  finish(common: Common): Predictions;
  /** Shapes of one item's answers and targets, said before the first row. */
  begin(outputs: readonly number[], targets: readonly number[]): void;
}

const sizeOf = (shape: readonly number[]): number => shape.slice(1).reduce((product, length) => product * length, 1);

/** Rows one behind the other. */
function join<T extends Int32Array | Float32Array>(rows: readonly ArrayLike<number>[], make: (length: number) => T): T {
  const width = rows[0]?.length ?? 0;
  const all = make(rows.length * width);
  for (const [i, row] of rows.entries()) all.set(row, i * width);
  return all;
}
const ints = (rows: readonly ArrayLike<number>[]): Int32Array => join(rows, (length) => new Int32Array(length));
const numbers = (rows: readonly ArrayLike<number>[]): Float32Array => join(rows, (length) => new Float32Array(length));

function classes(): Collector {
  const probabilities: ArrayLike<number>[] = [];
  const targets: ArrayLike<number>[] = [];
  let count = 0;
  return {
    begin: (outputs) => void (count = sizeOf(outputs)),
    answers: (outputs, loss) => loss.activation(outputs),
    row(answers, target) {
      probabilities.push(answers);
      targets.push(target);
    },
    finish: (common) => ({
      ...common,
      kind: "classes",
      targets: ints(targets),
      probabilities: numbers(probabilities),
      classes: count,
    }),
  };
}

function values(): Collector {
  const answers: ArrayLike<number>[] = [];
  const targets: ArrayLike<number>[] = [];
  return {
    begin: () => undefined,
    answers: (outputs, loss) => loss.activation(outputs),
    row(answer, target) {
      answers.push(answer);
      targets.push(target);
    },
    finish: (common) => ({
      ...common,
      kind: "values",
      targets: numbers(targets),
      values: numbers(answers),
    }),
  };
}

function masks(): Collector {
  const predicted: PackedMask[] = [];
  const targets: PackedMask[] = [];
  let size: readonly [number, number] = [0, 0];
  let count = 0;
  let confusion = new Float64Array();
  return {
    begin(outputs, target) {
      size = [target[1] ?? 0, target[2] ?? 0];
      count = outputs.at(-1) ?? 0;
      confusion = new Float64Array(count * count);
    },
    answers: (outputs) => argMax(outputs, -1), // [B, H, W]
    row(answer, target) {
      predicted.push(packMask(answer));
      targets.push(packMask(target));
      for (let i = 0; i < target.length; i += 1) {
        const at = (target[i] as number) * count + (answer[i] as number);
        if ((target[i] as number) >= 0) confusion[at] = (confusion[at] ?? 0) + 1;
      }
    },
    finish: (common) => ({ ...common, kind: "masks", size, targets, predicted, confusion }),
  };
}

const COLLECTORS: Readonly<Record<Task, () => Collector>> = {
  singleLabel: classes,
  multiLabel: classes,
  segmentation: masks,
  points: values,
  regression: values,
};

const joined = (parts: readonly Tensor[]): Tensor => (parts.length === 1 ? (parts[0] as Tensor) : concat([...parts], 0)); // prettier-ignore

/** Answers, targets and losses of every real item, in eval mode. */
export async function predictAll(options: PredictOptions): Promise<Predictions> {
  const { model, loss, loader, task, signal, atOnce = Infinity } = options;
  const pace = createPace();
  const collector = COLLECTORS[task]();
  const items: number[] = [];
  const losses: number[] = [];
  let begun = false;

  const take = (part: Part, perAnswer: number, perTarget: number): void => {
    for (const [row, item] of part.items.entries()) {
      if (item < 0) continue;
      items.push(item);
      losses.push(part.losses[row] as number);
      collector.row(slice(part.answers, row, perAnswer), slice(part.targets, row, perTarget));
    }
  };
  const read = async (answers: Tensor, lossTensor: Tensor, batch: Batch): Promise<Part> => {
    const [a, l, y] = await Promise.all([readback(answers), readback(lossTensor), readback(batch.y)]);
    return { items: batch.items, answers: a, losses: l, targets: y };
  };

  // One batch is read while the next one runs; rows are taken in order.
  let before: (() => Promise<void>) | null = null;
  model.eval().reset();
  for await (const batch of loader.epoch(0, signal ? { signal } : {})) {
    const [answers, lossTensor] = scope("predict", () => {
      const found = cutBatch(batch.items.length, atOnce).map((cut) =>
        scope("part", () =>
          withPart(batch, cut, (part) => {
            const outputs = outputsOf(options, part.x);
            if (!begun) collector.begin(outputs.shape, batch.y.shape);
            begun = true;
            return [collector.answers(outputs, loss), loss.compute(outputs, part).perItem];
          }),
        ),
      );
      return [0, 1].map((which) => keep(joined(found.map((part) => part[which] as Tensor))));
    }) as [Tensor, Tensor];
    const reading = read(answers, lossTensor, batch).finally(() => [answers, lossTensor].forEach((t) => t.dispose()));
    const [perAnswer, perTarget] = [sizeOf(answers.shape), sizeOf(batch.y.shape)];
    reading.catch(() => undefined);
    await before?.();
    before = async () => take(await reading, perAnswer, perTarget);
    await pace.turn();
    free(batch);
  }
  await before?.();
  return collector.finish({ items: Int32Array.from(items), losses: Float32Array.from(losses) });
}

function slice(values: ArrayLike<number>, row: number, width: number): ArrayLike<number> {
  return (values as Float32Array | Int32Array).slice(row * width, (row + 1) * width);
}
