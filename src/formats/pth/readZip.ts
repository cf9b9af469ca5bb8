// PyTorch's files since version 1.6: a zip with one pickle and a record for each storage.
import { ProblemError, type Problem } from "../../base/problem";
import { err, type Result } from "../../base/result";
import { problem } from "../../spec/problems";
import type { WeightFile } from "../weights/weightFile";
import { openZip, type ZipArchive } from "../zip/zip";
import { readStorageId } from "./persistentId";
import { refusable, Refusal } from "./refusal";
import { tensorsOf } from "./tensorsOf";
import { MAX_PICKLE, unpickle } from "./unpickle";
import type { PyStorage, PyValue } from "./values";

/** What the zip reader calls a file whose end is missing. */
const CUT_OFF = new Set(["ZIP_BAD", "ZIP_TRUNCATED"]);

function swapBytes(bytes: Uint8Array<ArrayBuffer>, width: number): Uint8Array<ArrayBuffer> {
  for (let at = 0; at + width <= bytes.length; at += width) bytes.subarray(at, at + width).reverse();
  return bytes;
}

/** The records of the folder that the pickle lies in, by their name below it. */
function recordsOf({ names }: ZipArchive, folder: string): Map<string, number> {
  return new Map(
    names.flatMap((name, i): [string, number][] => (name.startsWith(folder) ? [[name.slice(folder.length), i]] : [])),
  );
}

async function bytesOf(archive: ZipArchive, entry: number): Promise<Result<Uint8Array<ArrayBuffer>, Problem>> {
  const blob = await archive.read(entry);
  return blob.ok ? { ok: true, value: new Uint8Array(await blob.value.arrayBuffer()) } : blob;
}

/** The weights of a zip; what the zip itself has wrong with it keeps its code. */
export async function readZipWeights(file: Blob): Promise<Result<WeightFile, Problem>> {
  const opened = await openZip(file);
  if (!opened.ok) return err(CUT_OFF.has(opened.error.code) ? problem("PTH_TRUNCATED") : opened.error);
  const archive = opened.value;
  const index = archive.names.findIndex((name) => /(^|\/)data\.pkl$/.test(name));
  const pickleName = archive.names[index];
  if (pickleName === undefined) return err(problem("PTH_NOT_TORCH"));
  const records = recordsOf(archive, pickleName.slice(0, -"data.pkl".length));
  const isCode = [...records.keys()].some((name) => name.startsWith("code/") || name === "constants.pkl");
  if (isCode) return err(problem("PTH_TORCHSCRIPT"));
  if ((archive.sizes[index] as number) > MAX_PICKLE) return err(problem("PTH_LIMIT"));
  const pickle = await bytesOf(archive, index);
  if (!pickle.ok) return pickle;
  const order = records.get("byteorder");
  const read = order === undefined ? null : await bytesOf(archive, order);
  const swapped = read?.ok === true && new TextDecoder().decode(read.value).trim() === "big";

  const storageOf = (id: PyValue): PyStorage => {
    const { storage } = readStorageId(id);
    const record = /^[\w-]{1,100}$/.test(storage.key) ? records.get(`data/${storage.key}`) : undefined;
    if (record === undefined) throw new Refusal("PTH_RECORD", storage.key);
    if (storage.numel * storage.type.bytes > (archive.sizes[record] as number))
      throw new Refusal("PTH_STORAGE_SIZE", storage.key);
    return storage;
  };
  return refusable(() =>
    tensorsOf(
      unpickle(pickle.value, storageOf).value,
      file.size,
      async ({ key, type, numel }) => {
        const bytes = await bytesOf(archive, records.get(`data/${key}`) as number);
        if (!bytes.ok) throw new ProblemError(bytes.error);
        const own = bytes.value.slice(0, numel * type.bytes);
        return swapped ? swapBytes(own, type.bytes) : own;
      },
      swapped ? [problem("PTH_BYTEORDER")] : [],
    ),
  );
}
