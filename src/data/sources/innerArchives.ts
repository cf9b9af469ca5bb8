// Archives inside of a source, one level deep: each is opened in place, unless what it holds lies beside it already.
import type { Problem } from "../../base/problem";
import { err, ok, type Result } from "../../base/result";
import { problem } from "../../spec/problems";
import { folderFor, isArchiveName, looksPacked, withoutEndings } from "./archiveName";
import { archiveSource } from "./archiveSource";
import type { OpenOptions, RawSource } from "./rawSource";

/** A folder with more archives is a collection of archives, not a dataset. */
const MAX_INNER = 32;

interface Part {
  readonly source: RawSource;
  readonly prefix: string;
}

/** True where everything in a source is packed once more. */
export function isAllPacked(paths: readonly string[]): boolean {
  return paths.length > 0 && paths.every(looksPacked);
}

/** Paths and folders, so that an archive beside its own content is found without walking all paths for each. */
function placesOf(paths: readonly string[]): ReadonlySet<string> {
  const places = new Set<string>();
  for (const path of paths) {
    places.add(path);
    for (let at = path.lastIndexOf("/"); at > 0; at = path.lastIndexOf("/", at - 1)) {
      const folder = path.slice(0, at);
      if (places.has(folder)) break;
      places.add(folder);
    }
  }
  return places;
}

/** The source with the archives in it opened; fails only where nothing else is left and none can be opened. */
export async function withInnerArchives(raw: RawSource, options: OpenOptions): Promise<Result<RawSource, Problem>> {
  const candidates = raw.paths.flatMap((path, i) => (isArchiveName(path) ? [i] : []));
  if (candidates.length === 0 || candidates.length > MAX_INNER) return ok(raw);
  const places = placesOf(raw.paths);
  const parts: Part[] = [];
  const failures: Problem[] = [];
  const twice: string[] = [];
  const opened = new Set<number>();
  for (const file of candidates) {
    const path = raw.paths[file] as string;
    const name = path.slice(path.lastIndexOf("/") + 1);
    const folder = path.slice(0, path.length - name.length);
    opened.add(file);
    if (places.has(folder + withoutEndings(name))) {
      twice.push(path);
      continue;
    }
    const blob = await raw.read(file);
    const inner = blob.ok ? await archiveSource(new File([blob.value], name), options) : blob;
    if (!inner.ok) failures.push({ ...inner.error, items: [path], total: 1 });
    else if (isAllPacked(inner.value.paths)) failures.push(problem("ZIP_NESTED", { items: [path] }));
    else parts.push({ source: inner.value, prefix: folder + folderFor(withoutEndings(name), inner.value.paths) });
  }
  const rest = raw.paths.flatMap((_, i) => (opened.has(i) ? [] : [i]));
  const [failure] = failures;
  if (rest.length === 0 && parts.length === 0 && failure !== undefined) return err(failure);
  const places2: (readonly [RawSource, number])[] = rest.map((file) => [raw, file]);
  const paths = rest.map((file) => raw.paths[file] as string);
  for (const { source, prefix } of parts)
    for (const [i, path] of source.paths.entries()) {
      paths.push(prefix + path);
      places2.push([source, i]);
    }
  const inner = parts.map(({ source }) => source);
  return ok({
    ...raw,
    paths,
    bytes: raw.bytes + inner.reduce((sum, { bytes }) => sum + bytes, 0),
    junk: raw.junk + inner.reduce((sum, { junk }) => sum + junk, 0),
    problems: [
      ...raw.problems,
      ...inner.flatMap(({ problems }) => problems),
      ...failures.map((one): Problem => ({ ...one, severity: "warning" })),
      ...(twice.length > 0 ? [problem("ARCHIVE_TWICE", { items: twice })] : []),
    ],
    read(file) {
      const [source, place] = places2[file] as readonly [RawSource, number];
      return source.read(place);
    },
  });
}
