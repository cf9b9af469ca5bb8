// The pickle machine: every kind of value it reads, and tens of thousands of damaged pickles that it does not survive by luck.
import { describe, expect, it } from "vitest";
import { badInputs, readBadInput } from "../../testing/badInputs";
import { mutate } from "../../testing/mutate";
import { stopwatch } from "../../testing/stopwatch";
import { openZip } from "../zip/zip";
import { Refusal } from "./refusal";
import { readStorageId } from "./persistentId";
import { findStates } from "./states";
import { noStorages, unpickle } from "./unpickle";
import type { PyStorage, PyValue } from "./values";
import { gather, viewOf } from "./view";

const bytes = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(text, (char) => char.charCodeAt(0));
const read = (text: string): PyValue => unpickle(bytes(text), noStorages).value;

const codeOf = (act: () => unknown): string => {
  try {
    act();
    return "-";
  } catch (thrown) {
    if (thrown instanceof Refusal) return thrown.code;
    throw thrown;
  }
};

const floats: PyStorage = { kind: "storage", key: "0", type: { dtype: "F32", bytes: 4 }, numel: 6, offset: 0 };

describe("the pickle machine", () => {
  it.each([
    ["N.", null],
    ["\x88.", true],
    ["I01\n.", true],
    ["I-7\n.", -7],
    ["L12345678901234567890L\n.", 12345678901234567890n],
    ["F1e-3\n.", 0.001],
    ["J\xff\xff\xff\xff.", -1],
    ["K\xff.", 255],
    ["\x8a\x02\x00\xff.", -256],
    ["\x8a\x00.", 0],
    ["G\x3f\xf8\x00\x00\x00\x00\x00\x00.", 1.5],
    ["S'it\\'s'\n.", "it's"],
    ["V\\u00e9\n.", "é"],
    ["X\x02\x00\x00\x00\xc3\xa9.", "é"],
    ["\x8c\x01a.", "a"],
  ])("reads %j", (text, value) => expect(read(text)).toBe(value));

  it("builds lists, tuples and dicts, and shares what is shared", () => {
    expect(read("(lp0\nVa\np1\na.")).toEqual({ kind: "list", items: ["a"] });
    const value = read("\x80\x02]q\x00K\x01ah\x00\x86.");
    expect(value).toEqual({
      kind: "tuple",
      items: [
        { kind: "list", items: [1] },
        { kind: "list", items: [1] },
      ],
    });
    expect(read("}(K\x01K\x02K\x03K\x04u.")).toMatchObject({ entries: new Map([[1, 2], [3, 4]]) }); // prettier-ignore
  });

  it.each([
    ["PTH_EMPTY", ""],
    ["PTH_TRUNCATED", "(K"],
    ["PTH_CORRUPT", "."],
    ["PTH_CORRUPT", "}K\x01\x85u."],
    ["PTH_CORRUPT", "h\x05."],
    ["PTH_SETITEM", "K\x01K\x02a."],
    ["PTH_OPCODE", "K\x012."],
    ["PTH_OPCODE", "\xff."],
    ["PTH_OPCODE", "\x80\x09N."],
    ["PTH_GLOBAL", "cos\nsystem\n."],
    ["PTH_GLOBAL", "ctorch\nFloatStorage\n)R."],
    ["PTH_GLOBAL", "ctorch.nn\nLinear\n)R."],
    ["PTH_BUILD", "}}b."],
    ["PTH_PERSID", "K\x01Q."],
  ])("says %s to %j", (code, text) => expect(codeOf(() => read(text))).toBe(code));

  it("passes over the attributes of an OrderedDict, as of every state_dict", () => {
    const dict = "ccollections\nOrderedDict\n)R";
    expect(codeOf(() => read(`${dict}}(X\x09\x00\x00\x00_metadata}ub.`))).toBe("-");
    expect(codeOf(() => read(`${dict}}(X\x09\x00\x00\x00__class__}ub.`))).toBe("PTH_BUILD");
  });

  it("survives 20,000 seeded mutations with nothing but named refusals", async () => {
    const pickles: { path: string; pickle: Uint8Array<ArrayBuffer> }[] = [];
    for (const { path } of badInputs("pth").filter(({ path }) => !/deep_tuple|memo_bomb/.test(path))) {
      const archive = await openZip(new Blob([await readBadInput(path)]));
      const index = archive.ok ? archive.value.names.findIndex((name) => name.endsWith("data.pkl")) : -1;
      const entry = archive.ok && index >= 0 ? await archive.value.read(index) : null;
      if (entry?.ok) pickles.push({ path, pickle: new Uint8Array(await entry.value.arrayBuffer()) });
    }
    expect(pickles.length).toBeGreaterThan(30);
    const storageOf = (id: PyValue) => readStorageId(id).storage;
    const codes = new Map<string, number>();
    const took = stopwatch();
    for (let k = 0; k < 20_000; k += 1) {
      const { path, pickle } = pickles[k % pickles.length] as (typeof pickles)[number];
      const damaged = mutate(pickle, path, k);
      const code = codeOf(() => findStates(unpickle(damaged, storageOf).value));
      codes.set(code, (codes.get(code) ?? 0) + 1);
    }
    expect([...codes.keys()].filter((code) => !/^(-|PTH_)/.test(code))).toEqual([]);
    expect(codes.size).toBeGreaterThan(10);
    expect(took()).toBeLessThan(60_000);
  });
});

describe("views", () => {
  const values = Float32Array.of(0, 1, 2, 3, 4, 5);
  it("are gathered by offset and strides", () => {
    expect(gather(viewOf(floats, 0, [2, 3], [3, 1]), values)).toEqual(values);
    expect(gather(viewOf(floats, 0, [3, 2], [1, 3]), values)).toEqual(Float32Array.of(0, 3, 1, 4, 2, 5));
    expect(gather(viewOf(floats, 1, [2, 2], [3, 1]), values)).toEqual(Float32Array.of(1, 2, 4, 5));
    expect(gather(viewOf(floats, 5, [3], [0]), values)).toEqual(Float32Array.of(5, 5, 5));
    expect(gather(viewOf(floats, 0, [0, 3], [3, 1]), values)).toEqual(new Float32Array(0));
    expect(gather(viewOf({ ...floats, offset: 2, numel: 3 }, 1, [2], [1]), values)).toEqual(Float32Array.of(3, 4));
    expect(gather(viewOf(floats, 2, [], []), BigInt64Array.of(7n, 8n, 9n))).toEqual(BigInt64Array.of(9n));
  });

  it.each([
    ["PTH_VIEW_OOB", 0, [2, 3], [3, 2]],
    ["PTH_VIEW_OOB", 6, [1], [1]],
    ["PTH_VIEW_OOB", 0, [2], [-1]],
    ["PTH_VIEW_OOB", 0, [2, 3], [1]],
    ["PTH_EXPAND", 0, [60_000, 60_000], [0, 0]],
  ])("say %s for offset %d, shape %j, strides %j", (code, offset, shape, strides) =>
    expect(codeOf(() => viewOf(floats, offset, shape, strides))).toBe(code),
  );
});

describe("states", () => {
  it("are found in cycles and towers only as refusals", () => {
    expect(codeOf(() => findStates(read("]q\x00h\x00a.")))).toBe("PTH_CYCLE");
    expect(codeOf(() => findStates(read(`)${"\x85".repeat(1000)}.`)))).toBe("PTH_DEPTH");
    // Twenty lists, each holding the one before it ten times: 10^20 paths.
    const bomb = `]q\x00${Array.from({ length: 20 }, (_, i) => `](${`h${String.fromCharCode(i)}`.repeat(10)}eq${String.fromCharCode(i + 1)}`).join("")}.`; // prettier-ignore
    expect(codeOf(() => findStates(read(bomb)))).toBe("PTH_LIMIT");
  });
});
