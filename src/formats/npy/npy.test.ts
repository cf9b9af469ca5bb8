// .npy: every number format in both byte orders, and damaged headers that are refused by name.
import { describe, expect, it } from "vitest";
import { mutate } from "../../testing/mutate";
import { readNpy } from "./npy";

function file(descr: string, shape: string, data: Uint8Array, version = 1): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(`{'descr': '${descr}', 'fortran_order': False, 'shape': ${shape}, }\n`);
  const length = version === 1 ? [text.length, 0] : [text.length, 0, 0, 0];
  return Uint8Array.from([0x93, ...new TextEncoder().encode("NUMPY"), version, 0, ...length, ...text, ...data]);
}

const raw = (data: ArrayBufferView<ArrayBuffer>): Uint8Array =>
  new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
const valuesOf = (bytes: Uint8Array<ArrayBuffer>): unknown => {
  const read = readNpy(bytes);
  return read.ok ? [...read.value.data] : read.error.code;
};

describe(".npy", () => {
  it.each([
    ["<f4", Float32Array.of(1, -2.5), [1, -2.5]],
    ["<f8", Float64Array.of(1, -2.5), [1, -2.5]],
    ["<f2", Uint16Array.of(0x3c00, 0xc100), [1, -2.5]],
    ["|i1", Int8Array.of(-1, 2), [-1, 2]],
    ["|u1", Uint8Array.of(255, 2), [255, 2]],
    ["|b1", Uint8Array.of(1, 0), [1, 0]],
    ["<i2", Int16Array.of(-300, 2), [-300, 2]],
    ["<u2", Uint16Array.of(65535, 2), [65535, 2]],
    ["<i4", Int32Array.of(-70000, 2), [-70000, 2]],
    ["<u4", Uint32Array.of(4294967295, 2), [4294967295n, 2n]],
    ["<i8", BigInt64Array.of(-5n, 2n), [-5n, 2n]],
    ["<u8", BigUint64Array.of(5n, 2n), [5n, 2n]],
    [">f4", Uint8Array.of(0x3f, 0x80, 0, 0, 0xc0, 0x20, 0, 0), [1, -2.5]],
    [">i2", Uint8Array.of(0, 1, 0xff, 0xff), [1, -1]],
  ])("reads %s", (descr, data, values) => {
    expect(valuesOf(file(descr, "(2,)", raw(data)))).toEqual(values);
    expect(valuesOf(file(descr, "(1, 2)", raw(data), 2))).toEqual(values);
  });

  it("reads a scalar and an empty array", () => {
    expect(valuesOf(file("<f4", "()", raw(Float32Array.of(7))))).toEqual([7]);
    expect(valuesOf(file("<f4", "(0, 3)", new Uint8Array()))).toEqual([]);
  });

  it.each([
    ["NPY_OBJECT", "|O", "(1,)"],
    ["NPY_DTYPE", "<c8", "(1,)"],
    ["NPY_DTYPE", "<U4", "(1,)"],
    ["NPY_SIZE", "<f4", "(3,)"],
    ["NPY_SIZE", "<f4", "(99999, 99999, 99999, 99999)"],
    ["NPY_HEADER", "<f4", "__import__('os')"],
    ["NPY_HEADER", "<f4", "(1, x)"],
  ])("says %s to %s %s", (code, descr, shape) => expect(valuesOf(file(descr, shape, new Uint8Array(4)))).toBe(code));

  it("survives 20,000 seeded mutations with nothing but named refusals", () => {
    const good = file("<f4", "(2, 2)", raw(Float32Array.of(1, 2, 3, 4)));
    const codes = new Set<string>();
    for (let k = 0; k < 20_000; k += 1) {
      const read = readNpy(mutate(good, "npy", k));
      codes.add(read.ok ? "-" : read.error.code);
    }
    expect([...codes].filter((code) => !/^(-|NPY_)/.test(code))).toEqual([]);
    expect(codes.size).toBeGreaterThan(3);
  });
});
