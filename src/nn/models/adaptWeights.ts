// Makes a torchvision ResNet's state fit our classifier: other names, and another number of input channels.
import type { HostTensor, StateDict } from "../stateDict";

function ourName(name: string): string {
  const plain = name.replace(/^module\./, "");
  const layer = /^layer([1-4])\.(.*)$/.exec(plain);
  if (layer) return `0.${Number(layer[1]) + 3}.${layer[2]}`;
  return plain.replace(/^conv1\./, "0.0.").replace(/^bn1\./, "0.1.");
}

/**
 * fastai's surgery on the first convolution [out, 3, k, k] for other inputs: one channel gets the sum of the
 * weights, two get the first two times 1.5, more than three get zeros for what is new.
 */
export function adaptFirstConv(weight: HostTensor, channels: number): HostTensor {
  const [outputs = 0, from = 0, height = 1, width = 1] = weight.shape;
  if (from !== 3 || channels === from || !(weight.data instanceof Float32Array)) return weight;
  const pixels = height * width;
  const data = new Float32Array(outputs * channels * pixels);
  const source = weight.data;
  const at = (o: number, c: number, i: number) => source[(o * from + c) * pixels + i] as number;
  for (let o = 0; o < outputs; o += 1) {
    for (let c = 0; c < channels; c += 1) {
      for (let i = 0; i < pixels; i += 1) {
        let value = c < from ? at(o, c, i) : 0;
        if (channels === 1) value = at(o, 0, i) + at(o, 1, i) + at(o, 2, i);
        if (channels === 2) value *= 1.5;
        data[(o * channels + c) * pixels + i] = value;
      }
    }
  }
  return { shape: [outputs, channels, height, width], data };
}

/** A state under torchvision's, DataParallel's or our own names → our names, for `channels` input channels. */
export function adaptWeights(state: StateDict, channels: number): StateDict {
  return new Map(
    [...state].map(([name, tensor]) => {
      const ours = ourName(name);
      return [ours, ours === "0.0.weight" ? adaptFirstConv(tensor, channels) : tensor];
    }),
  );
}
