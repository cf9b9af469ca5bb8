// PyTorch's own files: those that are whole give exactly the expected tensors, cut off and hostile ones are refused.
import { readTensor, readWeights } from "../../src/formats/weights/readWeights";
import type { WeightState } from "../../src/formats/weights/weightFile";
import type { Family, Quantity } from "../parityCase";
import type { Reference } from "../reference";
import * as tolerance from "../tolerances";

const folder = "pth/";
const expectedFile = `${folder}expected.safetensors`;

/** Files that are broken on purpose say so in their names. */
const isBroken = (file: string): boolean => /truncated|evil|hostile|malicious|broken/i.test(file);

/** Names without the one prefix that all of them share, such as `module.`. */
function withoutPrefix(names: readonly string[]): (name: string) => string {
  const prefix = /^[^.]+\./.exec(names[0] ?? "")?.[0] ?? "";
  return prefix !== "" && names.every((name) => name.startsWith(prefix))
    ? (name) => name.slice(prefix.length)
    : (name) => name;
}

/** `shape` and values as words, so that a NaN equals a NaN; a scalar is one value on one axis. */
async function wordsOf(state: WeightState): Promise<Map<string, string[]>> {
  const rename = withoutPrefix([...state.tensors.keys()]);
  const words = new Map<string, string[]>();
  for (const [name, tensor] of state.tensors) {
    const data = await readTensor(tensor);
    if (!data.ok) throw new Error(`${name}: ${data.error.title}`);
    const shape = tensor.shape.length === 0 ? [1] : tensor.shape;
    words.set(rename(name), [shape.join(" × "), ...Array.from(data.value as ArrayLike<number | bigint>, String)]);
  }
  return words;
}

const open = (reference: Reference, file: string) => readWeights(new Blob([reference.bytes(file)]), file);

async function* isRefused(reference: Reference, file: string): AsyncIterable<Quantity> {
  const read = await open(reference, file);
  yield { quantity: "outcome", item: file, actual: [read.ok ? "taken" : "refused"], expected: ["refused"], tolerance: tolerance.exact }; // prettier-ignore
}

async function* isRead(reference: Reference, file: string): AsyncIterable<Quantity> {
  const [read, wanted] = [await open(reference, file), await open(reference, expectedFile)];
  if (!read.ok) throw new Error(`${file}: ${read.error.title} ${read.error.detail}`);
  const [state] = read.value.states;
  const [target] = wanted.ok ? wanted.value.states : [];
  if (!state || !target) throw new Error(`${file}: no state`);
  const [actual, expected] = [await wordsOf(state), await wordsOf(target)];
  // A whole module is another network than that of the states: it has parameters, none of them expected.
  const other = [...actual.keys()].every(
    (name) => !expected.has(name) || actual.get(name)?.[0] !== expected.get(name)?.[0],
  );
  if (other) {
    const numbers = [...actual.values()].flatMap((words) => words.slice(1));
    yield { quantity: "parameters", actual: numbers.map((word) => String(Number.isFinite(Number(word)))), expected: numbers.map(() => "true"), tolerance: tolerance.exact }; // prettier-ignore
    return;
  }
  yield { quantity: "names", actual: [...actual.keys()].sort(), expected: [...expected.keys()].sort(), tolerance: tolerance.exact }; // prettier-ignore
  for (const [name, words] of expected)
    yield { quantity: "shapes and values", item: name, actual: actual.get(name) ?? [], expected: words, tolerance: tolerance.exact }; // prettier-ignore
}

/** One case a file. */
export const pthFamily: Family = (reference) =>
  reference.files
    .filter((file) => file.startsWith(folder) && file !== expectedFile)
    .map((file, i) => ({
      name: `pth/${file.slice(folder.length)}`,
      cost: "light" as const,
      covers: i === 0 ? [file, expectedFile] : [file],
      run: () => (isBroken(file) ? isRefused(reference, file) : isRead(reference, file)),
    }));
