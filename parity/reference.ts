// A reference directory in the page: its salt, its files, and a list of everything in it that must be accounted for.
import { z } from "zod";
import { readSafetensors } from "../src/formats/safetensors/readSafetensors";
import { channelsLast, fillState, uniform } from "../src/testing/uniform";
import type { HostTensor } from "../src/nn/stateDict";

export interface ReferenceTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** Where an entry lies: `entryOf("resnet.json", "resnet18")`. */
export const entryOf = (file: string, key: string): string => `${file}#${key}`;

/** Summary of a tensor, as every file writes it. */
export const summarySchema = z.strictObject({ mean: z.number(), l2: z.number(), first: z.array(z.number()) });
/** A made input. */
export const inputSchema = z.strictObject({ name: z.string(), shape: z.array(z.number().int()) });
/** Names and shapes, in order. */
export const shapesSchema = z.record(z.string(), z.array(z.number().int()));

const metaSchema = z.looseObject({ salt: z.string() });

export class Reference {
  readonly salt: string;
  /** Every file under the directory, with forward slashes. */
  readonly files: readonly string[];
  /** Fields inside entries that no schema knows, found while parsing. */
  readonly unknownFields: string[] = [];
  readonly #bytes: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
  readonly #json = new Map<string, Readonly<Record<string, unknown>>>();
  readonly #tensors = new Map<string, ReadonlyMap<string, ReferenceTensor>>();

  private constructor(bytes: ReadonlyMap<string, Uint8Array<ArrayBuffer>>) {
    this.#bytes = bytes;
    this.files = [...bytes.keys()].sort();
    const meta = bytes.get("meta.json");
    if (!meta) throw new Error("The reference directory has no meta.json.");
    this.salt = metaSchema.parse(JSON.parse(new TextDecoder().decode(meta))).salt;
  }

  static async open(bytes: ReadonlyMap<string, Uint8Array<ArrayBuffer>>): Promise<Reference> {
    const reference = new Reference(bytes);
    for (const [file, data] of bytes) {
      // Files in folders are material of their own (weights, broken on purpose); at the top they hold numbers.
      if (file.includes("/")) continue;
      if (file.endsWith(".json")) {
        const text = new TextDecoder().decode(data);
        reference.#json.set(file, z.record(z.string(), z.unknown()).parse(JSON.parse(text)));
      }
      if (file.endsWith(".safetensors")) reference.#tensors.set(file, await readTensors(file, data));
    }
    return reference;
  }

  /** The keys of a JSON file; none where it is absent. */
  keys(file: string): string[] {
    return Object.keys(this.#json.get(file) ?? {});
  }

  /** An entry in the shape the schema states; fields that a strict schema does not know are noted, the rest must fit. */
  entry<T>(file: string, key: string, schema: z.ZodType<T>): T {
    const value = this.#json.get(file)?.[key];
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    for (const issue of parsed.error.issues) {
      if (issue.code !== "unrecognized_keys")
        throw new Error(`${entryOf(file, key)}: ${z.prettifyError(parsed.error)}`);
      const path = [key, ...issue.path].join(".");
      this.unknownFields.push(...issue.keys.map((field) => entryOf(file, `${path}.${field}`)));
    }
    // Nothing was wrong but fields too many.
    return value as T;
  }

  /** Names of the tensors of a file; none where it is absent. */
  tensorNames(file: string): string[] {
    return [...(this.#tensors.get(file)?.keys() ?? [])];
  }

  tensor(file: string, name: string): ReferenceTensor {
    const tensor = this.#tensors.get(file)?.get(name);
    if (!tensor) throw new Error(`${file} has no tensor ${name}.`);
    return tensor;
  }

  /** A file as it is. */
  bytes(file: string): Uint8Array<ArrayBuffer> {
    const bytes = this.#bytes.get(file);
    if (!bytes) throw new Error(`The reference directory has no ${file}.`);
    return bytes;
  }

  /** `uniform(name, shape)` with this directory's salt. */
  uniform(name: string, shape: readonly number[]): Float32Array {
    return uniform(name, shape, this.salt);
  }

  /** A made picture batch, NCHW in the reference, in our order. */
  pictures({ name, shape }: z.infer<typeof inputSchema>) {
    return channelsLast(this.uniform(name, shape), shape);
  }

  /** `fill(state dict)` with this directory's salt. */
  fill(shapes: ReadonlyMap<string, readonly number[]>): Map<string, HostTensor> {
    return fillState(shapes, this.salt);
  }

  /** Everything that some case must answer for. */
  entries(): string[] {
    return this.files.flatMap((file) => {
      if (file === "meta.json" || file.endsWith(".md")) return [];
      const json = this.#json.has(file) ? this.keys(file) : null;
      const inside = json ?? (this.#tensors.has(file) ? this.tensorNames(file) : null);
      return inside ? inside.map((key) => entryOf(file, key)) : [file];
    });
  }
}

async function readTensors(file: string, bytes: Uint8Array<ArrayBuffer>): Promise<Map<string, ReferenceTensor>> {
  const opened = await readSafetensors(new Blob([bytes]));
  if (!opened.ok) throw new Error(`${file}: ${opened.error.title}`);
  const tensors = new Map<string, ReferenceTensor>();
  for (const [name, { shape, read }] of opened.value.tensors) {
    tensors.set(name, { shape, data: Float32Array.from(await read(), Number) });
  }
  return tensors;
}
