// Which words a text classifier looked at: how much its answer would change with each word's vector (fastai's intrinsic attention).
import { engine, gather, reshape, softmax } from "@tensorflow/tfjs-core";
import type { Tensor, Tensor3D } from "@tensorflow/tfjs-core";
import type { TextClassifier } from "../nn/models/text/textClassifier";
import { valueAndGradients } from "../tensor/gradients";
import { readback } from "../tensor/readback";
import { tensorOf } from "../tensor/writeTensor";

export interface Attention {
  /** Of each token, 0 to 1, the strongest is 1: Σ|∂p/∂v| over the vector v, [T]. */
  readonly weights: Float32Array;
  /** [classes]. */
  readonly probabilities: Float32Array;
  /** The class that was looked at. */
  readonly classId: number;
}

const largest = (values: Float32Array): number => values.indexOf(Math.max(...values));

/** Reads a text of ids [T] in one go, in eval mode; the likeliest class is looked at unless one is given. */
export async function intrinsicAttention(model: TextClassifier, ids: Int32Array, classId?: number): Promise<Attention> {
  if (ids.length === 0) throw new Error("there is no word to look at");
  const encoder = model.encoder.module;
  model.eval().reset();
  const x = tensorOf(ids, [1, ids.length], "int32");
  const vectors = engine().tidy(() => encoder.encoder.forward(x)) as Tensor3D;
  const answer = (): Tensor => {
    encoder.reset();
    return softmax(model.head.run({ output: encoder.forwardVectors(vectors), ids: x }));
  };
  const made: Tensor[] = [x, vectors];
  try {
    const plain = engine().tidy(answer);
    made.push(plain);
    const probabilities = Float32Array.from(await readback(plain));
    const chosen = classId ?? largest(probabilities);
    const index = tensorOf(Int32Array.of(chosen), [1], "int32");
    made.push(index);
    const { value, grads } = valueAndGradients(() => gather(reshape(answer(), [-1]), index), [vectors]);
    const [gradient] = grads as [Tensor];
    made.push(value, gradient);
    const g = await readback(gradient);
    const width = g.length / ids.length;
    const weights = Float32Array.from(ids, (_, t) => {
      let sum = 0;
      for (let k = 0; k < width; k += 1) sum += Math.abs(g[t * width + k] as number);
      return sum;
    });
    const most = Math.max(...weights);
    return { weights: weights.map((weight) => (most > 0 ? weight / most : 0)), probabilities, classId: chosen };
  } finally {
    for (const tensor of made) tensor.dispose();
    model.reset();
  }
}
