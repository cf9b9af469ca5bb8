// Weight files: every collected one has its outcome, damaged ones are refused by name, and PyTorch's own come back exactly.
import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { unwrap } from "../../base/result";
import { badInputs, readBadInput } from "../../testing/badInputs";
import { mutate } from "../../testing/mutate";
import { hasShared, readShared, sharedPath } from "../../testing/shared";
import { stopwatch } from "../../testing/stopwatch";
import type { TensorData } from "../safetensors/dtypes";
import { notFinite } from "../safetensors/readSafetensors";
import { readTensor, readWeights } from "./readWeights";
import type { WeightFile } from "./weightFile";

/** Where the list and the catalogue call the same thing by two names. */
const ours: Readonly<Record<string, string>> = {
  "warn ST_DTYPE": "ST_DTYPE_SKIPPED",
  "warn WEIGHTS_NONFINITE": "WEIGHTS_NOT_FINITE",
};

interface Read {
  readonly path: readonly string[];
  readonly tensors: ReadonlyMap<string, { readonly shape: readonly number[]; readonly data: TensorData }>;
}

/** All states with their values, or the code of the first refusal. */
async function readAll(file: WeightFile): Promise<Read[] | string> {
  const states: Read[] = [];
  for (const { path, tensors } of file.states) {
    const values = new Map<string, { shape: readonly number[]; data: TensorData }>();
    for (const [name, tensor] of tensors) {
      const data = await readTensor(tensor);
      if (!data.ok) return data.error.code;
      values.set(name, { shape: tensor.shape, data: data.value });
    }
    states.push({ path, tensors: values });
  }
  return states;
}

/** `accept -`, `warn CODE` or `reject CODE`, with every tensor read. */
async function outcome(bytes: Uint8Array<ArrayBuffer>, name: string): Promise<string> {
  const file = await readWeights(new Blob([bytes]), name);
  if (!file.ok) return `reject ${file.error.code}`;
  const states = await readAll(file.value);
  if (typeof states === "string") return `reject ${states}`;
  const infinite = states.some(({ tensors }) => notFinite(tensors).length > 0);
  const code = file.value.problems[0]?.code ?? (infinite ? "WEIGHTS_NOT_FINITE" : "-");
  return code === "-" ? "accept -" : `warn ${code}`;
}

const stateOf = async (bytes: Uint8Array<ArrayBuffer>): Promise<Read[]> => {
  const states = await readAll(unwrap(await readWeights(new Blob([bytes]), "")));
  if (typeof states === "string") throw new Error(states);
  return states;
};

describe("the collected weight files", () => {
  const listed = [...badInputs("pth"), ...badInputs("safetensors"), ...badInputs("npy")];
  it.each(listed.map(({ path, fault, expect: wanted, code }) => [path, fault, wanted, code] as const))(
    "%s (%s): %s %s",
    async (path, _fault, wanted, code) => {
      const key = `${wanted} ${code}`;
      expect(await outcome(await readBadInput(path), path)).toBe(`${wanted} ${ours[key] ?? code}`);
    },
  );

  it("touch no prototype and name what they refuse", async () => {
    const [state] = await stateOf(await readBadInput("pth/key_proto.pth"));
    expect([...(state?.tensors.keys() ?? [])]).toEqual(["__proto__", "constructor"]);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
    const hostile = await readWeights(new Blob([await readBadInput("pth/hostile_os_system.pth")]), "x.pth");
    expect(hostile).toMatchObject({ ok: false, error: { code: "PTH_GLOBAL", items: ["posix.system"] } });
  });

  it("give views, shared numbers and halves as PyTorch shows them", async () => {
    const [turned] = await stateOf(await readBadInput("pth/ok_transposed.pth"));
    expect(turned?.tensors.get("a")).toEqual({ shape: [2, 2], data: Float32Array.of(1, 3, 2, 4) });
    const [nested] = await stateOf(await readBadInput("pth/ckpt_dict.pth"));
    expect(nested?.path).toEqual(["model"]);
    expect(nested?.tensors.get("fc.weight")?.shape).toEqual([2, 2]);
  });

  it("read .npy in both orders", async () => {
    const header = (fortran: string) => `{'descr': '<f4', 'fortran_order': ${fortran}, 'shape': (2, 3), }`.padEnd(117);
    const file = (fortran: string) => {
      const text = new TextEncoder().encode(`${header(fortran)}\n`);
      const head = Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, text.length, 0);
      return new Uint8Array([...head, ...text, ...new Uint8Array(Float32Array.of(1, 2, 3, 4, 5, 6).buffer)]);
    };
    const values = async (fortran: string) => (await stateOf(file(fortran)))[0]?.tensors.get("")?.data;
    expect(await values("False")).toEqual(Float32Array.of(1, 2, 3, 4, 5, 6));
    expect(await values("True")).toEqual(Float32Array.of(1, 3, 5, 2, 4, 6));
  });

  it("read views of one storage in files of PyTorch's first years", async () => {
    const u8 = (...numbers: number[]): string => String.fromCharCode(...numbers);
    const word = (text: string): string => `X${u8(text.length, 0, 0, 0)}${text}`;
    const view = (offset: number, size: number): string => `(${word("v")}K${u8(offset)}K${u8(size)}t`;
    const tensor = (offset: number, size: number): string =>
      `ctorch._utils\n_rebuild_tensor\n((${word("storage")}ctorch\nFloatStorage\n${word("7")}${word("cpu")}K${u8(5)}${view(offset, size)}tQK\x00(K${u8(size)}t(K\x01ttR`;
    const state = `\x80\x02}(${word("a")}${tensor(0, 2)}${word("b")}${tensor(2, 3)}u.`;
    const magic = "\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.";
    const pickles = `${magic}\x80\x02M\xe9\x03.\x80\x02}.${state}\x80\x02](${word("7")}e.`;
    const head = Uint8Array.from(pickles, (char) => char.charCodeAt(0));
    const [found] = await stateOf(new Uint8Array([...head, 5, ...new Uint8Array(7), ...new Uint8Array(Float32Array.of(1, 2, 3, 4, 5).buffer)])); // prettier-ignore
    expect(found?.tensors.get("a")?.data).toEqual(Float32Array.of(1, 2));
    expect(found?.tensors.get("b")?.data).toEqual(Float32Array.of(3, 4, 5));
  });

  it("survive 20,000 seeded mutations of whole files with nothing but named refusals, each within a second", async () => {
    const files = await Promise.all(
      listed
        .filter(({ path }) => !/deep_|_dos_|memo_bomb|rank_10000/.test(path))
        .map(async ({ path }) => ({ path, bytes: await readBadInput(path) })),
    );
    const codes = new Set<string>();
    for (let k = 0; k < 20_000; k += 1) {
      const { path, bytes } = files[k % files.length] as (typeof files)[number];
      const took = stopwatch();
      codes.add(await outcome(mutate(bytes, path, k), path));
      expect(took()).toBeLessThan(1000);
    }
    expect([...codes].filter((code) => !/^(accept|warn|reject) (-|PTH_|ST_|NPY_|ZIP_|WEIGHTS_)/.test(code))).toEqual(
      [],
    );
    expect(codes.size).toBeGreaterThan(20);
  });
});

describe.skipIf(!hasShared)("files that PyTorch wrote", () => {
  const read = async (name: string) => stateOf(await readShared(`reference/pth/${name}`));
  const expected = async () => (await read("expected.safetensors"))[0]?.tensors;

  it.each([
    ["state_zip.pth", []],
    ["state_legacy.pth", []],
    ["fastai_learner_zip.pth", ["model"]],
    ["lightning_like_zip.pth", ["state_dict"]],
  ])("%s gives exactly the expected tensors", async (name, path) => {
    const [state] = await read(name);
    expect(state?.path).toEqual(path);
    const plain = new Map([...(state?.tensors ?? [])].map(([key, tensor]) => [key.replace(/^module\./, ""), tensor]));
    const wanted = (await expected()) ?? new Map();
    expect([...plain.keys()].sort()).toEqual([...wanted.keys()].sort());
    for (const [key, tensor] of plain) expect([key, withAxis(tensor)]).toEqual([key, wanted.get(key)]);
  });

  it("a whole module gives its parameters", async () => {
    const [state] = await read("whole_module_zip.pth");
    expect([...(state?.tensors ?? [])].map(([name, { shape }]) => [name, shape])).toEqual([
      ["weight", [2, 3]],
      ["bias", [2]],
    ]);
  });

  it.each([
    ["evil_zip.pth", "reject PTH_GLOBAL"],
    ["evil_plain.pkl", "reject PTH_GLOBAL"],
    ["truncated_zip.pth", "reject PTH_TRUNCATED"],
    ["truncated_legacy.pth", "reject PTH_LEGACY"],
  ])("%s: %s", async (name, wanted) => {
    expect(await outcome(await readShared(`reference/pth/${name}`), name)).toBe(wanted);
  });

  it("the old checkpoint of a ResNet-20 equals its converted twin", async () => {
    const [old] = await stateOf(await readShared("data/weights/cifar10_resnet20-12fca82f.th"));
    const [twin] = await stateOf(await readShared("data/weights/cifar10_resnet20.safetensors"));
    expect(old?.path).toEqual(["state_dict"]);
    for (const [name, { shape, data }] of twin?.tensors ?? []) {
      const found = old?.tensors.get(name) ?? old?.tensors.get(`module.${name}`);
      expect([name, found?.shape, found?.data]).toEqual([name, shape, data]);
    }
  });
});

describe.skipIf(!hasShared)("pickles collected in the wild", () => {
  const folder = "data/badinputs/pickles";
  const benign: Readonly<Record<string, string>> = {
    "int_array.npy": "accept -",
    "int_arrays.npz": "accept -",
    "int_arrays_compressed.npz": "accept -",
    "pytorch_model.bin": "accept -",
    "new_pytorch_model.bin": "warn PTH_NO_TENSORS",
  };

  it("are all refused, and hostile ones by what they name", async () => {
    const names = readdirSync(sharedPath(folder));
    expect(names.length).toBeGreaterThan(100);
    for (const name of names) {
      const found = await outcome(await readShared(`${folder}/${name}`), name);
      // A second pickle behind a benign one is never reached.
      const hostile = /^(GHSA|malicious\d).*\.p/.test(name) && name !== "malicious6.pkl";
      const wanted = benign[name] ?? (hostile ? /^reject PTH_(GLOBAL|OPCODE)$/ : /^reject (PTH|ZIP|NPY)_/);
      expect(`${name}: ${found}`).toMatch(typeof wanted === "string" ? `${name}: ${wanted}` : new RegExp(`: ${wanted.source.slice(1)}`)); // prettier-ignore
    }
  });

  it.each([
    ["malicious1_v0.pkl", "__builtin__.eval"],
    ["malicious2_v4.pkl", "posix.system"],
    ["malicious10.pkl", "INST __builtin__.exec"],
    ["malicious-invalid-bytes.pkl", "os.system"],
    ["pytorch_magic_bypass.pt", "__builtin__.eval"],
    ["keyerror-exploit.pkl", "os.system"],
    ["GHSA-f54q-57x4-jg88.pkl", "lib2to3.pgen2.grammar.Grammar.loads"],
  ])("%s: %s", async (name, item) => {
    const read = await readWeights(new Blob([await readShared(`${folder}/${name}`)]), name);
    expect(read).toMatchObject({ ok: false, error: { items: [item] } });
  });
});

/** The reference stores a scalar as one value on one axis. */
const withAxis = (tensor: { readonly shape: readonly number[]; readonly data: TensorData }) =>
  tensor.shape.length === 0 ? { ...tensor, shape: [1] } : tensor;
