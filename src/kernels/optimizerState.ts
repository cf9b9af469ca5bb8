// Parameters, gradients and moments side by side in shared buffers, so that one dispatch updates them all.
import { engine, zeros } from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";
import { arenaBlock, copyIntoArena, createArena, moveToArena } from "../tensor/arena";
import type { Arena } from "../tensor/arena";
import { writeTensor } from "../tensor/writeTensor";

/** Floats that describe one group to the kernels. */
export const groupFields = 12;
const maxGroups = 64;

/** What one fused dispatch works on: a chunk of every arena, and which group each 64-float block belongs to. */
export interface OptimizerChunk {
  readonly parameters: Tensor;
  readonly gradients: Tensor;
  readonly moments: readonly Tensor[];
  /** int32, one entry a block: its group, or −1 for "leave alone". */
  readonly groups: Tensor;
}

export interface OptimizerState {
  readonly parameters: readonly Tensor[];
  /** moments[k][i] belongs to parameter i: views, to be read for a checkpoint and set with `writeTensor`. */
  readonly moments: readonly (readonly Tensor[])[];
  readonly chunks: readonly OptimizerChunk[];
  /** float32 [64 · 12], the groups' numbers of this step. */
  readonly hyper: Tensor;
  /** Brings gradients and group numbers of this step into place; what has no gradient is left alone. */
  load(gradients: readonly (Tensor | null)[], groupOf: ArrayLike<number>, hyper: Float32Array): void;
  /** Frees gradients and moments; the parameters keep their values in memory of their own. */
  dispose(): void;
}

/** State for `adamStep` and `rmspropStep` (2 moments) or `sgdStep` (1). Parameters keep their identity; their contents move. */
export function createOptimizerState(
  parameters: readonly Tensor[],
  { moments: count }: { moments: 1 | 2 },
): OptimizerState {
  const values = moveToArena(parameters);
  const shapes = parameters.map((parameter) => parameter.shape);
  const gradients = createArena(shapes);
  const moments: Arena[] = Array.from({ length: count }, () => createArena(shapes));
  const hyper = engine().keep(zeros([maxGroups * groupFields]));
  const chunks = values.chunks.map((chunk, k): OptimizerChunk => {
    const flatOf = (arena: Arena): Tensor => (arena.chunks[k] as { flat: Tensor }).flat;
    return {
      parameters: chunk.flat,
      gradients: flatOf(gradients),
      moments: moments.map(flatOf),
      groups: engine().keep(zeros([chunk.blocks], "int32")),
    };
  });
  let lastGroups = "";

  const writeGroups = (groups: readonly number[]): void => {
    // The table changes only when something is frozen or unfrozen.
    const key = groups.join();
    if (key === lastGroups) return;
    lastGroups = key;
    values.chunks.forEach((chunk, k) => {
      const table = new Int32Array(chunk.blocks).fill(-1);
      chunk.members.forEach((member, m) => {
        const start = chunk.starts[m] as number;
        const blocks = Math.ceil((parameters[member] as Tensor).size / arenaBlock);
        table.fill(groups[member] ?? -1, start, start + blocks);
      });
      writeTensor((chunks[k] as OptimizerChunk).groups, table);
    });
  };

  return {
    parameters,
    moments: moments.map((arena) => arena.tensors),
    chunks,
    hyper,
    load(sources, groupOf, numbers) {
      if (sources.length !== parameters.length || groupOf.length !== parameters.length) {
        throw new Error(`optimizer: ${sources.length} gradients and ${groupOf.length} groups for ${parameters.length}`);
      }
      if (numbers.length > maxGroups * groupFields) throw new Error(`optimizer: more than ${maxGroups} groups`);
      writeGroups(sources.map((source, i) => (source ? (groupOf[i] ?? -1) : -1)));
      const padded = new Float32Array(maxGroups * groupFields);
      padded.set(numbers);
      writeTensor(hyper, padded);
      copyIntoArena(
        gradients,
        sources.map((source, i) => ((groupOf[i] ?? -1) >= 0 ? source : null)),
      );
    },
    dispose() {
      values.dispose();
      for (const arena of [gradients, ...moments]) {
        arena.tensors.forEach((tensor) => tensor.dispose());
        arena.dispose();
      }
      for (const { groups } of chunks) groups.dispose();
      hyper.dispose();
    },
  };
}
