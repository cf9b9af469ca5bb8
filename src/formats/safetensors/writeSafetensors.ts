// Writes a .safetensors file: header padded to 8 bytes, tensors side by side without gaps.
import { dtypeOf, type TensorData } from "./dtypes";

export interface TensorToWrite {
  readonly shape: readonly number[];
  readonly data: TensorData;
}

/** The parts of the file in order; 8-byte values come first so that every tensor is aligned. */
export function safetensorsParts(
  tensors: ReadonlyMap<string, TensorToWrite>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer>[] {
  const entries = [...tensors].sort(([, a], [, b]) => b.data.BYTES_PER_ELEMENT - a.data.BYTES_PER_ELEMENT);
  const lines = Object.keys(metadata).length > 0 ? [`"__metadata__":${JSON.stringify(metadata)}`] : [];
  let offset = 0;
  for (const [name, { shape, data }] of entries) {
    const end = offset + data.byteLength;
    const info = { dtype: dtypeOf(data), shape, data_offsets: [offset, end] };
    lines.push(`${JSON.stringify(name)}:${JSON.stringify(info)}`);
    offset = end;
  }
  const text = new TextEncoder().encode(`{${lines.join(",")}}`);
  const header = new Uint8Array(8 + Math.ceil(text.length / 8) * 8).fill(0x20);
  new DataView(header.buffer).setBigUint64(0, BigInt(header.length - 8), true);
  header.set(text, 8);
  const bodies = entries.map(
    ([, { data }]) => new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength),
  );
  return [header, ...bodies];
}

/** The file as a Blob. */
export function writeSafetensors(
  tensors: ReadonlyMap<string, TensorToWrite>,
  metadata: Readonly<Record<string, string>> = {},
): Blob {
  return new Blob(safetensorsParts(tensors, metadata), { type: "application/octet-stream" });
}
