// NumPy's .npy: one array with a header that is a Python literal, read as a literal and never evaluated.
import type { Problem } from "../../base/problem";
import { err, ok, type Result } from "../../base/result";
import { problem } from "../../spec/problems";
import { decodeValues, DTYPE_BYTES, type TensorData } from "../safetensors/dtypes";
import { gatherStrided } from "../strided";

export interface NpyArray {
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Row-major, whatever the file's order. */
  readonly data: TensorData;
}

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
const MAX_HEADER = 1 << 20;
const MAX_RANK = 64;

/** NumPy's kind and width → the name of the format. */
const DTYPES: Readonly<Record<string, string>> = {
  f2: "F16", f4: "F32", f8: "F64", b1: "BOOL", i1: "I8", i2: "I16", i4: "I32", i8: "I64", u1: "U8", u2: "U16", u4: "U32", u8: "U64",
}; // prettier-ignore

/** Exactly what NumPy writes: the three keys in any order, and nothing that would have to be evaluated. */
const FIELD =
  /^\s*'(descr|fortran_order|shape)'\s*:\s*('[^'\\]*'|True|False|\(\s*(?:\d+\s*,\s*)*(?:\d+\s*)?\)|\[[^[\]]*\])\s*,?/;

export function startsLikeNpy(bytes: Uint8Array): boolean {
  return MAGIC.every((byte, i) => bytes[i] === byte);
}

function readFields(text: string): Map<string, string> | null {
  const body = /^\s*\{(.*)\}\s*$/s.exec(text);
  let rest = body?.[1];
  const fields = new Map<string, string>();
  while (rest !== undefined && rest.trim() !== "") {
    const field = FIELD.exec(rest);
    const [all, key, value] = field ?? [];
    if (all === undefined || key === undefined || value === undefined || fields.has(key)) return null;
    fields.set(key, value);
    rest = rest.slice(all.length);
  }
  return fields.size === 3 ? fields : null;
}

/** Column-major → row-major. */
function toRows(data: TensorData, shape: readonly number[]): TensorData {
  const strides = shape.map((_, axis) => shape.slice(0, axis).reduce((product, length) => product * length, 1));
  return gatherStrided(data, 0, shape, strides);
}

/** The array of a whole file. */
export function readNpy(bytes: Uint8Array<ArrayBuffer>): Result<NpyArray, Problem> {
  if (!startsLikeNpy(bytes) || bytes.length < 12) return err(problem("NPY_HEADER"));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const wide = (bytes[6] as number) >= 2;
  const length = wide ? view.getUint32(8, true) : view.getUint16(8, true);
  const start = (wide ? 12 : 10) + length;
  if (length > MAX_HEADER || start > bytes.length) return err(problem("NPY_HEADER"));
  const fields = readFields(new TextDecoder("latin1").decode(bytes.subarray(wide ? 12 : 10, start)));
  const descr = /^'([<>|=]?)([a-zA-Z])(\d*)/.exec(fields?.get("descr") ?? "");
  const shapeText = fields?.get("shape");
  const order = fields?.get("fortran_order");
  if (!fields || !shapeText?.startsWith("(") || (order !== "True" && order !== "False"))
    return err(problem("NPY_HEADER"));
  if (descr?.[2] === "O") return err(problem("NPY_OBJECT"));
  const dtype = descr ? DTYPES[`${descr[2]}${descr[3]}`] : undefined;
  if (!descr || dtype === undefined)
    return err(problem("NPY_DTYPE", { items: [(fields.get("descr") ?? "").slice(0, 80)] }));
  const shape = (shapeText.match(/\d+/g) ?? []).map(Number);
  const width = DTYPE_BYTES.get(dtype) as number;
  const size = shape.reduce((product, side) => product * side, 1);
  if (shape.length > MAX_RANK || !Number.isSafeInteger(size) || size * width !== bytes.length - start)
    return err(problem("NPY_SIZE"));
  const own = bytes.slice(start);
  if (descr[1] === ">") for (let at = 0; at < own.length; at += width) own.subarray(at, at + width).reverse();
  const data = decodeValues(dtype, own);
  return ok({ dtype, shape, data: order === "True" ? toRows(data, shape) : data });
}
