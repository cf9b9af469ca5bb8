// .safetensors files: what is written comes back, and whatever is wrong with a file has its own code.
import { describe, expect, it } from "vitest";
import { unwrap } from "../../base/result";
import { badInputs, readBadInput } from "../../testing/badInputs";
import { mutate } from "../../testing/mutate";
import { headerLength, parseHeader } from "./header";
import { readFiniteTensors, readSafetensors } from "./readSafetensors";
import { safetensorsParts, writeSafetensors } from "./writeSafetensors";

const raw = (header: string, data: Uint8Array<ArrayBuffer> = new Uint8Array()): Blob => {
  const text = new TextEncoder().encode(header);
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(text.length), true);
  return new Blob([length, text, data]);
};

async function codeOf(file: Blob): Promise<string> {
  const read = await readSafetensors(file);
  if (!read.ok) return read.error.code;
  const values = await readFiniteTensors(read.value);
  return values.ok ? (read.value.problems[0]?.code ?? "-") : values.error.code;
}

const sample = new Map([
  ["0.weight", { shape: [2, 3], data: Float32Array.of(1, -2, 3.5, 0, 1e-30, 7) }],
  ["0.num_batches_tracked", { shape: [], data: BigInt64Array.of(-5n) }],
  ["__proto__", { shape: [1], data: Int32Array.of(9) }],
  ["bytes", { shape: [3], data: Uint8Array.of(1, 2, 255) }],
]);

describe("safetensors", () => {
  it("gives back what was written, names and notes included", async () => {
    const file = unwrap(await readSafetensors(writeSafetensors(sample, { format: "pt", vocab: '["a"]' })));
    expect(Object.fromEntries(file.metadata)).toEqual({ format: "pt", vocab: '["a"]' });
    const values = unwrap(await readFiniteTensors(file));
    expect(values.size).toBe(sample.size);
    for (const [name, tensor] of sample) expect(values.get(name)).toEqual(tensor);
    expect(({} as Record<string, unknown>)["shape"]).toBeUndefined();
  });

  it("aligns every tensor to its own width", () => {
    const [header, ...bodies] = safetensorsParts(sample);
    expect(header!.length % 8).toBe(0);
    expect(bodies.map((body) => body.length)).toEqual([8, 24, 4, 3]);
  });

  it("reads half and brain floats", async () => {
    const info =
      '"h":{"dtype":"F16","shape":[4],"data_offsets":[0,8]},"b":{"dtype":"BF16","shape":[2],"data_offsets":[8,12]}';
    const bits = new Uint8Array(Uint16Array.of(0x3c00, 0xc000, 0x0001, 0x7bff, 0x3f80, 0xc0a0).buffer);
    const values = unwrap(await readFiniteTensors(unwrap(await readSafetensors(raw(`{${info}}`, bits)))));
    expect(values.get("h")?.data).toEqual(Float32Array.of(1, -2, 2 ** -24, 65504));
    expect(values.get("b")?.data).toEqual(Float32Array.of(1, -5));
  });

  it.each([
    ["ST_HEADER_TOO_SMALL", new Blob(["1234567"])],
    ["ST_HEADER_LENGTH", new Blob([Uint8Array.of(9, 0, 0, 0, 0, 0, 0, 0), "{}"])],
    ["ST_HEADER_TOO_LARGE", new Blob([new Uint8Array(8).fill(255), "{}"])],
    ["ST_HEADER_JSON", raw("")],
    ["ST_HEADER_JSON", raw("[]")],
    ["ST_HEADER_JSON", raw(`{"a":${"[".repeat(100_000)}}`)],
    ["ST_HEADER_JSON", raw('{"a":{"dtype":"F32","shape":[],"data_offsets":[0,4],"x":1}}', new Uint8Array(4))],
    ["ST_HEADER_START", raw(" {}")],
    ["ST_DUP_KEY", raw('{"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]},"\\u0061":{}}')],
    ["ST_METADATA", raw('{"__metadata__":{"a":1}}')],
    ["ST_DTYPE", raw('{"a":{"dtype":"F99","shape":[],"data_offsets":[0,4]}}', new Uint8Array(4))],
    ["ST_DTYPE_SKIPPED", raw('{"a":{"dtype":"F8_E4M3","shape":[],"data_offsets":[0,1]}}', new Uint8Array(1))],
    ["ST_TENSOR_INFO", raw('{"a":{"dtype":"F32","shape":[1.0],"data_offsets":[0,4]}}', new Uint8Array(4))],
    ["ST_TENSOR_INFO", raw('{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}', new Uint8Array(4))],
    ["ST_OVERFLOW", raw('{"a":{"dtype":"F32","shape":[9007199254740993],"data_offsets":[0,4]}}', new Uint8Array(4))],
    ["ST_OFFSETS", raw('{"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}', new Uint8Array(2))],
    ["ST_INCOMPLETE", raw('{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}', new Uint8Array(2))],
    ["ST_NO_TENSORS", raw("{}")],
    ["WEIGHTS_NOT_FINITE", writeSafetensors(new Map([["a", { shape: [1], data: Float32Array.of(Infinity) }]]))],
  ])("says %s", async (code, file) => expect(await codeOf(file)).toBe(code));

  it("survives 20,000 seeded mutations of the collected headers with nothing but named refusals", async () => {
    const files = await Promise.all(
      badInputs("safetensors")
        .filter(({ path }) => !/_dos_|deep_json|rank_10000/.test(path))
        .map(async ({ path }) => ({ path, bytes: await readBadInput(path) })),
    );
    const codes = new Map<string, number>();
    for (let k = 0; k < 20_000; k += 1) {
      const { path, bytes } = files[k % files.length] as (typeof files)[number];
      const damaged = mutate(bytes, path, k);
      const length = headerLength(damaged.subarray(0, 8), damaged.length);
      const header = length.ok ? parseHeader(damaged.subarray(8, 8 + length.value), damaged.length) : length;
      const code = header.ok ? "-" : header.error.code;
      codes.set(code, (codes.get(code) ?? 0) + 1);
    }
    expect([...codes.keys()].filter((code) => !/^(-|ST_)/.test(code))).toEqual([]);
    expect(codes.size).toBeGreaterThan(10);
  });
});
