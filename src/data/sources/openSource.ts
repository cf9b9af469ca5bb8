// Opens whatever a person gave and indexes it: folders, files, zips and samples, alone or together.
import type { Problem } from "../../base/problem";
import { err, ok, type Result } from "../../base/result";
import { problem } from "../../spec/problems";
import type { SourceInput, SourceRole } from "../../spec/source";
import { holdsItems } from "../guess/guess";
import { sampleSource } from "../samples";
import { folderFor, isArchiveName } from "./archiveName";
import { archiveSource } from "./archiveSource";
import { directorySource } from "./directorySource";
import { commonFolder, createFileIndex, type FileIndex } from "./fileIndex";
import { fileListSource } from "./fileListSource";
import { withInnerArchives } from "./innerArchives";
import { listedSource } from "./listedSource";
import type { OpenOptions, RawSource } from "./rawSource";

async function openOne(input: SourceInput, options: OpenOptions): Promise<Result<RawSource, Problem>> {
  switch (input.kind) {
    case "directory":
      return input.listing === undefined
        ? directorySource(input.handle, options)
        : ok(await listedSource(input.handle, input.listing, options));
    case "archive":
      return archiveSource(input.file, options);
    case "sample":
      return sampleSource(input.id);
    case "files": {
      const only = input.files[0];
      if (input.files.length === 1 && only !== undefined && isArchiveName(only.file.name))
        return archiveSource(only.file, options);
      return ok(fileListSource(input.name, input.files));
    }
  }
}

/** A source, and the folder in which its files are put when there are several. */
interface Placed {
  readonly source: RawSource;
  readonly folder: string;
}

/** A folder keeps its name, an archive as well unless it brings its own folder; the only one of a role is that role. */
function folderOf(source: RawSource, role: SourceRole | undefined, alone: boolean): string {
  if (role !== undefined) return alone || source.kind === "files" ? `${role}/` : `${role}/${source.name}/`;
  if (source.kind === "files") return "";
  return source.kind === "archive" ? folderFor(source.name, source.paths) : `${source.name}/`;
}

/** Several sources as one. */
function join(placed: readonly Placed[]): RawSource {
  const sources = placed.map(({ source }) => source);
  const starts: number[] = [];
  const paths: string[] = [];
  for (const { source, folder } of placed) {
    starts.push(paths.length);
    // A role's own folder stands for the ones that lie around everything in it.
    const around = /^(train|valid|test)\/$/.test(folder) ? commonFolder(source.paths) : "";
    for (const path of source.paths) paths.push(folder + path.slice(around.length));
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

/** Nothing but texts, and more than a note beside something else. */
const isProse = (paths: readonly string[]): boolean =>
  paths.some((path) => /\.(txt|tokens)$/i.test(path) && !NOTES.test(path)) && paths.every((path) => PROSE.test(path));

const PROSE = /\.(txt|tokens|md)$/i;
const NOTES = /(^|\/)(notes?|readme|licen[cs]e|todo|changes|codes)\.txt$/i;

/** The index of all inputs together; fails where there is no file, or no picture and no table. */
export async function openSource(
  inputs: readonly SourceInput[],
  options: OpenOptions = {},
): Promise<Result<FileIndex, Problem>> {
  const placed: Placed[] = [];
  for (const input of inputs) {
    const source = await openOne(input, options);
    if (!source.ok) return source;
    const whole = await withInnerArchives(source.value, options);
    if (!whole.ok) return whole;
    placed.push({
      source: whole.value,
      folder: folderOf(whole.value, input.role, inputs.filter(({ role }) => role === input.role).length === 1),
    });
  }
  const only = placed.length === 1 ? placed[0]?.source : undefined;
  const raw = only ?? join(placed);
  if (raw.paths.length === 0) return err(problem("SOURCE_EMPTY", { total: raw.junk }));
  const index = await createFileIndex(raw);
  if (index.images.length === 0 && !(await holdsItems(index)))
    return err(problem(isProse(index.paths) ? "SOURCE_TEXTS" : "SOURCE_NO_IMAGES", { items: index.paths }));
  return ok(index);
}
