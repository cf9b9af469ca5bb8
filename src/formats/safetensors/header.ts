// The table of contents of a .safetensors file, checked as strictly as the reference implementation does.
import type { Problem } from "../../base/problem";
import { err, ok, type Result } from "../../base/result";
import { problem, type ProblemCode } from "../../spec/problems";
import { parseStrictJson, StrictJsonError, type StrictJson } from "../strictJson";
import { DTYPE_BYTES } from "./dtypes";

export interface TensorEntry {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  /** From the end of the header. */
  readonly begin: number;
  readonly end: number;
}

export interface Header {
  readonly metadata: ReadonlyMap<string, string>;
  /** In the order of the bytes. */
  readonly tensors: readonly TensorEntry[];
  /** Where the bytes of the tensors begin in the file. */
  readonly dataStart: number;
}

const MAX_HEADER = 100_000_000n;
const MAX_RANK = 64;
const BRACE = 0x7b;

class Refusal extends Error {
  readonly problem: Problem;
  constructor(code: ProblemCode, item?: string) {
    super(code);
    this.problem = problem(code, item === undefined ? {} : { items: [item.slice(0, 200)] });
  }
}

/** Length of the header from the first 8 bytes of a file of `fileSize` bytes. */
export function headerLength(first: Uint8Array, fileSize: number): Result<number, Problem> {
  if (fileSize < 8 || first.length < 8) return err(problem("ST_HEADER_TOO_SMALL"));
  const length = new DataView(first.buffer, first.byteOffset, 8).getBigUint64(0, true);
  if (length > MAX_HEADER) return err(problem("ST_HEADER_TOO_LARGE"));
  if (length + 8n > BigInt(fileSize)) return err(problem("ST_HEADER_LENGTH"));
  return ok(Number(length));
}

function parseText(bytes: Uint8Array): Map<string, StrictJson> {
  if (bytes.length === 0) throw new Refusal("ST_HEADER_JSON");
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Refusal("ST_HEADER_UTF8");
  }
  let json: StrictJson;
  try {
    json = parseStrictJson(text);
  } catch (error) {
    if (!(error instanceof StrictJsonError)) throw error;
    throw error.reason === "duplicate" ? new Refusal("ST_DUP_KEY", error.what) : new Refusal("ST_HEADER_JSON");
  }
  if (!(json instanceof Map)) throw new Refusal("ST_HEADER_JSON");
  if (bytes[0] !== BRACE) throw new Refusal("ST_HEADER_START");
  return json;
}

function readMetadata(value: StrictJson | undefined): Map<string, string> {
  if (value === undefined) return new Map();
  if (!(value instanceof Map)) throw new Refusal("ST_METADATA");
  return new Map(
    [...value].map(([key, text]) => {
      if (typeof text !== "string") throw new Refusal("ST_METADATA", key);
      return [key, text];
    }),
  );
}

const safe = (value: bigint): boolean => value <= BigInt(Number.MAX_SAFE_INTEGER);

function readEntry(name: string, info: StrictJson): TensorEntry {
  if (!(info instanceof Map)) throw new Refusal("ST_HEADER_JSON", name);
  const [dtype, shape, offsets] = ["dtype", "shape", "data_offsets"].map((key) => info.get(key));
  if (typeof dtype !== "string" || !Array.isArray(shape) || !Array.isArray(offsets) || info.size !== 3)
    throw new Refusal("ST_HEADER_JSON", name);
  const bytes = DTYPE_BYTES.get(dtype);
  if (bytes === undefined) throw new Refusal("ST_DTYPE", `${name}: ${dtype}`);
  if (shape.length > MAX_RANK) throw new Refusal("ST_TENSOR_INFO", name);
  let size = BigInt(bytes);
  for (const length of shape) {
    if (typeof length !== "bigint" || length < 0n) throw new Refusal("ST_TENSOR_INFO", name);
    size *= length;
    if (!safe(length) || !safe(size)) throw new Refusal("ST_OVERFLOW", name);
  }
  const [begin, end] = offsets;
  if (offsets.length !== 2 || typeof begin !== "bigint" || typeof end !== "bigint")
    throw new Refusal("ST_OFFSETS", name);
  if (begin < 0n || end < begin || !safe(end)) throw new Refusal("ST_OFFSETS", name);
  if (end - begin !== size) throw new Refusal("ST_TENSOR_INFO", name);
  return { name, dtype, shape: shape.map(Number), begin: Number(begin), end: Number(end) };
}

/** Checks the header's bytes against the size of what follows them; every fault has a code of its own. */
export function parseHeader(bytes: Uint8Array, fileSize: number): Result<Header, Problem> {
  try {
    const json = parseText(bytes);
    const metadata = readMetadata(json.get("__metadata__"));
    const tensors = [...json]
      .filter(([name]) => name !== "__metadata__")
      .map(([name, info]) => readEntry(name, info))
      .sort((a, b) => a.begin - b.begin || a.end - b.end);
    let reached = 0;
    for (const { name, begin, end } of tensors) {
      if (begin !== reached) throw new Refusal("ST_OFFSETS", name);
      reached = end;
    }
    const dataStart = 8 + bytes.length;
    if (dataStart + reached !== fileSize) throw new Refusal("ST_INCOMPLETE");
    return ok({ metadata, tensors, dataStart });
  } catch (error) {
    if (error instanceof Refusal) return err(error.problem);
    throw error;
  }
}
