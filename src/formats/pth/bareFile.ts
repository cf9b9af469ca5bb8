// Names what a file is that somebody took for PyTorch weights: other formats, and pickles without PyTorch's envelope.
import type { Problem } from "../../base/problem";
import { problem } from "../../spec/problems";
import { Refusal } from "./refusal";
import { noStorages, unpickle } from "./unpickle";

const startsWith = (bytes: Uint8Array, start: string): boolean =>
  [...start].every((char, i) => bytes[i] === char.charCodeAt(0));

/** Other weight formats by their first bytes. */
export function otherFormat(bytes: Uint8Array): Problem | null {
  if (startsWith(bytes, "\x89HDF\r\n\x1a\n")) return problem("WEIGHTS_H5");
  if (startsWith(bytes, "GGUF")) return problem("WEIGHTS_GGUF");
  if (startsWith(bytes.subarray(4), "TFL3")) return problem("WEIGHTS_TFLITE");
  if (startsWith(bytes.subarray(257), "ustar")) return problem("PTH_LEGACY");
  return null;
}

/** Whatever else it is: a pickle is looked through, so that a hostile one is refused by what it names. */
export function refuseBare(bytes: Uint8Array<ArrayBuffer>): Problem {
  try {
    unpickle(bytes, noStorages);
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown;
    // Other files may begin like a pickle by chance: only a name that could be one of Python's says that it is.
    const [item = ""] = thrown.problem.items;
    if (thrown.code === "PTH_GLOBAL" && /^[\w.]+$/.test(item)) return thrown.problem;
    if (thrown.code === "PTH_OPCODE" && /^(INST|OBJ|EXT|NEWOBJ)/.test(item)) return thrown.problem;
  }
  return problem("PTH_NOT_ZIP");
}
