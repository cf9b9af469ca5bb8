// The number formats of .safetensors: their sizes, and how those that we use become typed arrays.

/** Bytes of one value, for every format that the specification knows. */
export const DTYPE_BYTES: ReadonlyMap<string, number> = new Map([
  ["BOOL", 1], ["U8", 1], ["I8", 1], ["F8_E4M3", 1], ["F8_E5M2", 1],
  ["I16", 2], ["U16", 2], ["F16", 2], ["BF16", 2],
  ["I32", 4], ["U32", 4], ["F32", 4],
  ["F64", 8], ["I64", 8], ["U64", 8],
]); // prettier-ignore

export type TensorData = Float32Array | BigInt64Array | Int32Array | Uint8Array;

/** IEEE 754 binary16 → float32. */
export function halfToFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? Number.NaN : sign * Infinity;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

function bfloatsToFloats(bytes: Uint8Array<ArrayBuffer>): Float32Array {
  const halves = new Uint16Array(bytes.buffer);
  return new Float32Array(Uint32Array.from(halves, (half) => half << 16).buffer);
}

/** Little-endian bytes in a fresh buffer → values; floats become float32, narrow integers int32. */
const DECODERS: ReadonlyMap<string, (bytes: Uint8Array<ArrayBuffer>) => TensorData> = new Map<
  string,
  (bytes: Uint8Array<ArrayBuffer>) => TensorData
>([
  ["F32", ({ buffer }) => new Float32Array(buffer)],
  ["F64", ({ buffer }) => Float32Array.from(new Float64Array(buffer))],
  ["F16", ({ buffer }) => Float32Array.from(new Uint16Array(buffer), halfToFloat)],
  ["BF16", bfloatsToFloats],
  ["I64", ({ buffer }) => new BigInt64Array(buffer)],
  ["I32", ({ buffer }) => new Int32Array(buffer)],
  ["I16", ({ buffer }) => Int32Array.from(new Int16Array(buffer))],
  ["U16", ({ buffer }) => Int32Array.from(new Uint16Array(buffer))],
  ["I8", ({ buffer }) => Int32Array.from(new Int8Array(buffer))],
  ["U32", ({ buffer }) => BigInt64Array.from(new Uint32Array(buffer), BigInt)],
  ["U64", ({ buffer }) => new BigInt64Array(buffer)],
  ["BOOL", (bytes) => bytes],
  ["U8", (bytes) => bytes],
]);

export function isDecoded(dtype: string): boolean {
  return DECODERS.has(dtype);
}

/** The values of a tensor; `bytes` must own its whole buffer. Throws for a format that `isDecoded` denies. */
export function decodeValues(dtype: string, bytes: Uint8Array<ArrayBuffer>): TensorData {
  const decode = DECODERS.get(dtype);
  if (!decode) throw new Error(`no decoder for ${dtype}`);
  return decode(bytes);
}

/** What a typed array is called in the file. */
export function dtypeOf(data: TensorData): "F32" | "I64" | "I32" | "U8" {
  if (data instanceof Float32Array) return "F32";
  if (data instanceof BigInt64Array) return "I64";
  return data instanceof Int32Array ? "I32" : "U8";
}
