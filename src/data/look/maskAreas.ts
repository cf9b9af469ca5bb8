// How much of the masks each class covers, from a few of them spread over the training set.
import type { LabelFacts } from "../../spec/dataLook";
import { inOrder } from "../decode/inOrder";
import { recordOf, type PreviewContext } from "../preview";

const LOOKED_AT = 48;

/** Shares of the pixels, as the transforms leave them; masks that cannot be read are passed over. */
export async function maskAreas(
  { dataset, decoder, plan }: PreviewContext,
  train: readonly number[],
): Promise<LabelFacts> {
  const { names } = plan.vocab;
  const pixels = Array<number>(names.length).fill(0);
  const masks = Array<number>(names.length).fill(0);
  const step = Math.max(1, Math.ceil(train.length / LOOKED_AT));
  const some = train.filter((_, i) => i % step === 0);
  let [looked, all] = [0, 0];
  for await (const record of inOrder(some.length, decoder.parallel, (i) => recordOf(dataset, some[i] as number))) {
    if (record === null) continue;
    looked += 1;
    const seen = new Set<number>();
    for (const id of record.subarray(dataset.bytes)) {
      all += 1;
      if (id >= names.length) continue;
      pixels[id] = (pixels[id] ?? 0) + 1;
      seen.add(id);
    }
    for (const id of seen) masks[id] = (masks[id] ?? 0) + 1;
  }
  return { kind: "areas", names, shares: pixels.map((count) => count / Math.max(1, all)), masks, looked };
}
