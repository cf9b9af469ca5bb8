// Batches of ids for language models and text classifiers, as the training loop wants them.
import { createRng, shuffled } from "../../base/rng";
import { tensorOf } from "../../tensor/writeTensor";
import type { Tensor1D } from "@tensorflow/tfjs-core";
import type { Batch, DataLoader } from "../batch";
import { languageStream } from "./languageStream";
import type { LanguageStreamOptions } from "./languageStream";
import { sortishOrder, sortOrder } from "./lengthOrder";
import { padTexts } from "./padTexts";
import type { PadOptions } from "./padTexts";

export interface LanguageLoaderOptions extends LanguageStreamOptions {
  /** Another order of the texts in every epoch but the first; null: always as they are. */
  readonly shuffle: { readonly seed: number } | null;
}

const ints = (values: Int32Array, shape: readonly number[]) => tensorOf(values, shape, "int32");
const floats = (values: Float32Array) => tensorOf(values, [values.length], "float32") as Tensor1D;

/**
 * fastai's LanguageModelPreLoader: x int32 [B, bptt], y one id further on. The first epoch is not shuffled, because
 * fastai's is not; its order is that of the texts. `items` counts the streams.
 */
export function languageLoader(texts: readonly Int32Array[], options: LanguageLoaderOptions): DataLoader {
  const { batchSize, bptt, shuffle } = options;
  const stream = languageStream(texts, options);
  const inOrder = texts.map((_, i) => i);
  return {
    batchSize,
    batches: stream.batches,
    items: batchSize,
    async *epoch(epoch, { fromBatch = 0, signal } = {}): AsyncGenerator<Batch, void, undefined> {
      const mixed = shuffle !== null && epoch > 0;
      const order = mixed ? shuffled(inOrder, createRng(shuffle.seed, "language", epoch)) : inOrder;
      for (let k = fromBatch; k < stream.batches; k += 1) {
        signal?.throwIfAborted();
        const { x, y } = stream.batch(order, k);
        const shape = [batchSize, bptt];
        yield await Promise.resolve({
          x: ints(x, shape),
          y: ints(y, shape),
          weight: floats(new Float32Array(batchSize).fill(1)),
          items: Int32Array.from({ length: batchSize }, (_, j) => j),
          count: batchSize,
        });
      }
    },
  };
}

export interface ClassifierLoaderOptions extends Omit<PadOptions, "rows"> {
  readonly batchSize: number;
  /** Training goes in sortish order and drops the last partial batch; validation goes from long to short and pads it. */
  readonly train: { readonly seed: number } | null;
  /** Number in the block of each text; its place in the list unless told. */
  readonly items?: Int32Array;
}

/** x int32 [B, T] padded in front, T the longest of the batch; y int32 [B]. */
export function classifierLoader(
  texts: readonly Int32Array[],
  labels: Int32Array,
  options: ClassifierLoaderOptions,
): DataLoader {
  const { batchSize, train, items = Int32Array.from(texts, (_, i) => i), ...padding } = options;
  const lengths = texts.map(({ length }) => length);
  const batches = train ? Math.floor(texts.length / batchSize) : Math.ceil(texts.length / batchSize);
  return {
    batchSize,
    batches,
    items: texts.length,
    async *epoch(epoch, { fromBatch = 0, signal } = {}): AsyncGenerator<Batch, void, undefined> {
      const rng = createRng(train?.seed ?? 0, "sortish", epoch);
      const order = train ? sortishOrder(lengths, batchSize, rng) : sortOrder(lengths);
      for (let k = fromBatch; k < batches; k += 1) {
        signal?.throwIfAborted();
        const rows = order.slice(k * batchSize, (k + 1) * batchSize);
        const { ids, length } = padTexts(
          rows.map((row) => texts[row] as Int32Array),
          { ...padding, rows: batchSize },
        );
        const per = <T>(of: (row: number) => T, without: T): T[] =>
          Array.from({ length: batchSize }, (_, i) => (i < rows.length ? of(rows[i] as number) : without));
        yield await Promise.resolve({
          x: ints(ids, [batchSize, length]),
          y: ints(Int32Array.from(per((row) => labels[row] as number, 0)), [batchSize]),
          weight: floats(Float32Array.from(per(() => 1, 0))),
          items: Int32Array.from(per((row) => items[row] as number, -1)),
          count: rows.length,
        });
      }
    },
  };
}
