// Reads a pickle without executing anything: opcodes build plain data, and names are only names.
import { Machine, type StorageOf } from "./machine";
import { OPCODES } from "./opcodes";
import { Refusal } from "./refusal";
import type { PyValue } from "./values";

/** A pickle describes tensors and does not hold them: a network of thousands of layers takes a few megabytes. */
export const MAX_PICKLE = 64 * 2 ** 20;

export interface Unpickled {
  readonly value: PyValue;
  /** Bytes that it took; another may follow. */
  readonly length: number;
}

/** The value of the pickle at the beginning of some bytes; throws a Refusal. */
export function unpickle(bytes: Uint8Array<ArrayBuffer>, storageOf: StorageOf): Unpickled {
  if (bytes.length === 0) throw new Refusal("PTH_EMPTY");
  const machine = new Machine(bytes, storageOf);
  try {
    run(machine);
  } catch (thrown) {
    if (!(thrown instanceof Refusal) || machine.foreign === null || thrown.code === "PTH_OPCODE") throw thrown;
  }
  if (machine.foreign !== null) throw new Refusal("PTH_GLOBAL", machine.foreign);
  return { value: machine.result as PyValue, length: machine.reader.at };
}

function run(machine: Machine): void {
  while (machine.result === undefined) {
    if (machine.reader.at > MAX_PICKLE) throw new Refusal("PTH_LIMIT", "the pickle");
    const opcode = machine.reader.u8();
    const act = OPCODES.get(opcode);
    if (!act) throw new Refusal("PTH_OPCODE", `0x${opcode.toString(16).padStart(2, "0")}`);
    act(machine);
  }
}

/** For pickles that have no business with storages. */
export const noStorages: StorageOf = () => {
  throw new Refusal("PTH_PERSID");
};
