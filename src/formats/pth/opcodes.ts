// The opcodes of a pickle that PyTorch writes, as a table; every other one is refused by its name.
import { latin1 } from "./byteReader";
import { giveAttributes, instance, isAllowed, rebuild } from "./globals";
import { setPairs, type Machine } from "./machine";
import { Refusal } from "./refusal";
import type { PyValue } from "./values";

type Act = (machine: Machine) => void;

/** Longest integer that is read: 128 bytes; PyTorch's magic number has ten. */
const MAX_LONG = 128;

function integer(text: string): number | bigint {
  if (!/^[+-]?\d{1,300}$/.test(text)) throw new Refusal("PTH_CORRUPT", "a number");
  return small(BigInt(text));
}

const small = (value: bigint): number | bigint =>
  value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;

/** Two's complement, little endian. */
function long(bytes: Uint8Array): number | bigint {
  let value = 0n;
  for (let i = bytes.length - 1; i >= 0; i -= 1) value = (value << 8n) | BigInt(bytes[i] as number);
  return small(BigInt.asIntN(8 * bytes.length, value));
}

function longOf(machine: Machine, length: number): PyValue {
  if (length < 0 || length > MAX_LONG) throw new Refusal("PTH_OPCODE", `LONG of ${length} bytes`);
  return length === 0 ? 0 : long(machine.reader.bytes(length));
}

function floatOf(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || (Number.isNaN(value) && !/^[+-]?nan$/i.test(text)))
    throw new Refusal("PTH_CORRUPT", "a number");
  return value;
}

/** A quoted text of protocol 0; escapes other than of quotes and backslashes stay as they are. */
function quoted(line: string): string {
  const match = /^(['"])(.*)\1$/s.exec(line);
  if (!match) throw new Refusal("PTH_CORRUPT", "a quoted text");
  return (match[2] as string).replace(/\\(['"\\])/g, "$1");
}

/** Python's raw-unicode-escape. */
const rawUnicode = (line: string): string =>
  line.replace(/\\u([0-9a-fA-F]{4})/g, (_all, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));

function textOf(value: PyValue): string {
  if (typeof value !== "string") throw new Refusal("PTH_CORRUPT", "a name that is no text");
  return value;
}

/** A name is looked up nowhere; one that is not allowed is refused at the end, or by what is done with it. */
function mention(machine: Machine, module: string, name: string): void {
  const full = `${module}.${name}`;
  if (!isAllowed(full)) machine.foreign ??= full;
  machine.push({ kind: "name", name: full });
}

const dict = (items: readonly PyValue[] = []): PyValue => {
  const entries = new Map<PyValue, PyValue>();
  setPairs(entries, items);
  return { kind: "dict", ordered: false, entries };
};

const tupleOf =
  (count: number): Act =>
  (machine) => {
    const items = Array.from({ length: count }, () => machine.pop()).reverse();
    machine.push({ kind: "tuple", items });
  };

const refuse =
  (name: string): Act =>
  () => {
    throw new Refusal("PTH_OPCODE", name);
  };

const word = (char: string): number => char.charCodeAt(0);

/** By the opcode's byte. */
export const OPCODES: ReadonlyMap<number, Act> = new Map<number, Act>([
  [0x80, ({ reader }) => { if (reader.u8() > 5) throw new Refusal("PTH_OPCODE", "a newer protocol"); }],
  [0x95, ({ reader }) => void reader.u64()],
  [word("."), (m) => void (m.result = m.pop())],
  [word("("), (m) => m.mark()],
  [word("0"), (m) => void m.pop()],
  [word("1"), (m) => void m.popToMark()],

  [word("N"), (m) => m.push(null)],
  [0x88, (m) => m.push(true)],
  [0x89, (m) => m.push(false)],
  [word("I"), (m) => { const line = m.reader.line(); m.push(line === "01" ? true : line === "00" ? false : integer(line)); }],
  [word("L"), (m) => m.push(integer(m.reader.line().replace(/L$/, "")))],
  [word("F"), (m) => m.push(floatOf(m.reader.line()))],
  [word("J"), (m) => m.push(m.reader.i32())],
  [word("K"), (m) => m.push(m.reader.u8())],
  [word("M"), (m) => m.push(m.reader.u16())],
  [0x8a, (m) => m.push(longOf(m, m.reader.u8()))],
  [0x8b, (m) => m.push(longOf(m, m.reader.i32()))],
  [word("G"), (m) => m.push(m.reader.f64BigEndian())],

  [word("S"), (m) => m.push(quoted(m.reader.line()))],
  [word("T"), (m) => m.push(latin1(m.reader.bytes(m.reader.u32())))],
  [word("U"), (m) => m.push(latin1(m.reader.bytes(m.reader.u8())))],
  [word("V"), (m) => m.push(rawUnicode(m.reader.line()))],
  [word("X"), (m) => m.push(m.reader.text(m.reader.u32()))],
  [0x8c, (m) => m.push(m.reader.text(m.reader.u8()))],
  [0x8d, (m) => m.push(m.reader.text(m.reader.length64()))],
  [word("B"), (m) => m.push(m.reader.bytes(m.reader.u32()).slice())],
  [word("C"), (m) => m.push(m.reader.bytes(m.reader.u8()).slice())],
  [0x8e, (m) => m.push(m.reader.bytes(m.reader.length64()).slice())],

  [word(")"), tupleOf(0)],
  [0x85, tupleOf(1)],
  [0x86, tupleOf(2)],
  [0x87, tupleOf(3)],
  [word("t"), (m) => m.push({ kind: "tuple", items: m.popToMark() })],
  [word("]"), (m) => m.push({ kind: "list", items: [] })],
  [word("l"), (m) => m.push({ kind: "list", items: m.popToMark() })],
  [word("a"), (m) => { const item = m.pop(); m.append([item]); }],
  [word("e"), (m) => { const items = m.popToMark(); m.append(items); }],
  [word("}"), (m) => m.push(dict())],
  [word("d"), (m) => m.push(dict(m.popToMark()))],
  [word("s"), (m) => { const value = m.pop(); const key = m.pop(); m.setItems([key, value]); }],
  [word("u"), (m) => { const items = m.popToMark(); m.setItems(items); }],
  [0x8f, (m) => m.push({ kind: "set", items: [] })],
  [0x90, (m) => { const items = m.popToMark(); m.append(items); }],
  [0x91, (m) => m.push({ kind: "set", items: m.popToMark() })],

  [word("p"), (m) => m.put(Number(integer(m.reader.line())))],
  [word("q"), (m) => m.put(m.reader.u8())],
  [word("r"), (m) => m.put(m.reader.u32())],
  [0x94, (m) => m.memoize()],
  [word("g"), (m) => m.get(Number(integer(m.reader.line())))],
  [word("h"), (m) => m.get(m.reader.u8())],
  [word("j"), (m) => m.get(m.reader.u32())],

  [word("c"), (m) => { const module = m.reader.line(); mention(m, module, m.reader.line()); }],
  [0x93, (m) => { const name = m.pop(); const module = m.pop(); mention(m, textOf(module), textOf(name)); }],
  [word("R"), (m) => { const args = m.pop(); m.push(rebuild(m.pop(), args)); }],
  [0x81, (m) => { const args = m.pop(); m.push(instance(m.pop(), args)); }],
  [word("b"), (m) => { const state = m.pop(); giveAttributes(m.top(), state); }],
  [word("Q"), (m) => m.push(m.storageOf(m.pop()))],

  // Legal, but nothing that PyTorch writes: each makes an object by name or repeats one.
  [word("i"), ({ reader }) => { const module = reader.line(); throw new Refusal("PTH_OPCODE", `INST ${module}.${reader.line()}`); }],
  [word("o"), ({ foreign }) => { throw new Refusal("PTH_OPCODE", foreign === null ? "OBJ" : `OBJ ${foreign}`); }],
  [word("2"), refuse("DUP")],
  [word("P"), refuse("PERSID")],
  [0x92, refuse("NEWOBJ_EX")],
  [0x82, refuse("EXT1")],
  [0x83, refuse("EXT2")],
  [0x84, refuse("EXT4")],
  [0x96, refuse("BYTEARRAY8")],
  [0x97, refuse("NEXT_BUFFER")],
  [0x98, refuse("READONLY_BUFFER")],
]); // prettier-ignore
