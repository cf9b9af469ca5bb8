// Opens a weight file of any kind we know, by what it holds and not by what it is called.
import { ProblemError, type Problem } from "../../base/problem";
import { err, ok, type Result } from "../../base/result";
import { problem } from "../../spec/problems";
import { readNpy, startsLikeNpy } from "../npy/npy";
import { otherFormat, refuseBare } from "../pth/bareFile";
import { readLegacyWeights, startsLikeLegacy } from "../pth/readLegacy";
import { readZipWeights } from "../pth/readZip";
import { readSafetensors, type StoredTensor } from "../safetensors/readSafetensors";
import { openZip } from "../zip/zip";
import type { WeightFile } from "./weightFile";

/** A bare pickle of this size is looked through for what it names. */
const LOOKED_THROUGH = 2 ** 20;

const bytesOf = async (file: Blob, end = file.size): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await file.slice(0, end).arrayBuffer());

const isZip = (head: Uint8Array): boolean => head[0] === 0x50 && head[1] === 0x4b && (head[2] === 3 || head[2] === 5);

/** The first nine bytes of a .safetensors file: the length of a header below 2^48, and its brace. */
const startsLikeSafetensors = (head: Uint8Array): boolean => head[8] === 0x7b && head[6] === 0 && head[7] === 0;

async function readSafetensorsWeights(file: Blob): Promise<Result<WeightFile, Problem>> {
  const read = await readSafetensors(file);
  if (!read.ok) return read;
  const { metadata, tensors, problems } = read.value;
  return ok({ metadata, problems, states: tensors.size > 0 ? [{ path: [], tensors }] : [] });
}

/** One .npy array, or the arrays of an .npz, under their names. */
async function readNpyEntries(
  entries: readonly { readonly name: string; readonly read: () => Promise<Result<Blob, Problem>> }[],
): Promise<Result<WeightFile, Problem>> {
  const tensors = new Map<string, StoredTensor>();
  for (const { name, read } of entries) {
    const blob = await read();
    if (!blob.ok) return blob;
    const array = readNpy(await bytesOf(blob.value));
    if (!array.ok) return err({ ...array.error, items: [name, ...array.error.items] });
    const { dtype, shape, data } = array.value;
    tensors.set(name.replace(/\.npy$/, ""), { dtype, shape, read: () => Promise.resolve(data) });
  }
  return ok({ metadata: new Map(), states: [{ path: [], tensors }], problems: [] });
}

async function readZip(file: Blob): Promise<Result<WeightFile, Problem>> {
  const opened = await openZip(file);
  if (opened.ok && opened.value.names.every((name) => name.endsWith(".npy"))) {
    const { names, read } = opened.value;
    return readNpyEntries(names.map((name, i) => ({ name, read: () => read(i) })));
  }
  return readZipWeights(file);
}

/** The states of a file: .safetensors, PyTorch's .pth of both ages, .npy and .npz; others are named and refused. */
export async function readWeights(file: Blob, name: string): Promise<Result<WeightFile, Problem>> {
  const head = await bytesOf(file, Math.min(file.size, 512));
  const other = otherFormat(head);
  if (other) return err(other);
  if (isZip(head)) return readZip(file);
  if (startsLikeLegacy(head)) return readLegacyWeights(file);
  if (startsLikeNpy(head)) return readNpyEntries([{ name, read: async () => ok(file) }]);
  if (startsLikeSafetensors(head) || /\.safetensors$/i.test(name)) return readSafetensorsWeights(file);
  if (file.size === 0) return err(problem("PTH_EMPTY"));
  return err(refuseBare(await bytesOf(file, Math.min(file.size, LOOKED_THROUGH))));
}

/** The values of a tensor; a record that turns out to be damaged is a Problem. */
export async function readTensor(
  tensor: StoredTensor,
): Promise<Result<Awaited<ReturnType<StoredTensor["read"]>>, Problem>> {
  try {
    return ok(await tensor.read());
  } catch (thrown) {
    if (thrown instanceof ProblemError) return err(thrown.problem);
    throw thrown;
  }
}
