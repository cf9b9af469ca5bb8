// Opens whatever a person gave and indexes it: folders, files, zips and samples, alone or together.
import type { Problem } from "../../base/problem";
import { err, ok, type Result } from "../../base/result";
import { problem } from "../../spec/problems";
import type { SourceInput } from "../../spec/source";
import { sampleSource } from "../samples";
import { directorySource } from "./directorySource";
import { createFileIndex, type FileIndex } from "./fileIndex";
import { fileListSource } from "./fileListSource";
import type { OpenOptions, RawSource } from "./rawSource";
import { zipSource } from "./zipSource";

const isZip = (name: string): boolean => /\.zip$/i.test(name);

async function openOne(input: SourceInput, options: OpenOptions): Promise<Result<RawSource, Problem>> {
  switch (input.kind) {
    case "directory":
      return directorySource(input.handle, options);
    case "archive":
      return zipSource(input.file);
    case "sample":
      return sampleSource(input.id);
    case "files": {
      const only = input.files[0];
      if (input.files.length === 1 && only !== undefined && isZip(only.file.name)) return zipSource(only.file);
      return ok(fileListSource(input.name, input.files));
    }
  }
}

/** Several sources as one: folders and archives keep their name as their top folder. */
function join(sources: readonly RawSource[]): RawSource {
  const starts: number[] = [];
  const paths: string[] = [];
  for (const source of sources) {
    starts.push(paths.length);
    const top = source.kind === "files" ? "" : `${source.name}/`;
    for (const path of source.paths) paths.push(top + path);
  }
  return {
    name: sources
      .map((source) => source.name)
      .join(" + ")
      .slice(0, 80),
    kind: sources[0]?.kind ?? "files",
    paths,
    bytes: sources.reduce((sum, source) => sum + source.bytes, 0),
    junk: sources.reduce((sum, source) => sum + source.junk, 0),
    problems: sources.flatMap((source) => source.problems),
    async read(file) {
      let at = starts.length - 1;
      while ((starts[at] as number) > file) at -= 1;
      return (sources[at] as RawSource).read(file - (starts[at] as number));
    },
  };
}

/** The index of all inputs together; fails where there is no file, or no picture and no table. */
export async function openSource(
  inputs: readonly SourceInput[],
  options: OpenOptions = {},
): Promise<Result<FileIndex, Problem>> {
  const sources: RawSource[] = [];
  for (const input of inputs) {
    const source = await openOne(input, options);
    if (!source.ok) return source;
    sources.push(source.value);
  }
  const only = sources.length === 1 ? sources[0] : undefined;
  const raw = only ?? join(sources);
  if (raw.paths.length === 0) return err(problem("SOURCE_EMPTY", { total: raw.junk }));
  const index = await createFileIndex(raw);
  if (index.images.length === 0) return err(problem("SOURCE_NO_IMAGES", { items: index.paths }));
  return ok(index);
}
