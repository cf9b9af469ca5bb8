// The page without a screen: takes data by drop or file input, trains what the headless runner asks for.
import engineUrl from "./engine/worker?worker&url";
import { createEngineClient } from "./rpc/client";
import type { HeadlessApi, HeadlessEvent } from "./rpc/headlessApi";
import { headlessTraining } from "./rpc/headlessTraining";
import { spawnWorker } from "./rpc/spawnWorker";
import type { SourceInput } from "./spec/source";

declare global {
  interface Window {
    glasshouse?: HeadlessApi;
    /** The runner's ear. */
    __glasshouse_event?: (json: string) => void;
  }
}

/** Not yet in TypeScript's library. */
interface HandleItem {
  getAsFileSystemHandle?(): Promise<FileSystemHandle | null>;
}

const isArchive = (file: File): boolean => /\.(zip|7z|tar|tgz|gz)$/i.test(file.name);

function inputOf(files: readonly File[]): SourceInput[] {
  const archives = files.filter(isArchive).map((file): SourceInput => ({ kind: "archive", file }));
  const plain = files
    .filter((file) => !isArchive(file))
    .map((file) => ({ path: file.webkitRelativePath || file.name, file }));
  const name = plain[0]?.path.split("/")[0] ?? "";
  return plain.length === 0 ? archives : [...archives, { kind: "files", name, files: plain }];
}

async function inputOfItem(item: DataTransferItem): Promise<SourceInput[]> {
  // The file must be asked for before the first wait: the drop is over after it.
  const file = item.getAsFile();
  const handle = await (item as HandleItem).getAsFileSystemHandle?.();
  if (handle?.kind === "directory") return [{ kind: "directory", handle: handle as FileSystemDirectoryHandle }];
  return file ? inputOf([file]) : [];
}

const emit = (event: HeadlessEvent): void => window.__glasshouse_event?.(JSON.stringify(event));

let dropped: Promise<SourceInput[]> = Promise.resolve([]);
let weights = new Blob();
let masks = new Blob();
const engine = createEngineClient({ spawn: () => spawnWorker(engineUrl, { name: "engine" }) });
engine.on(emit);

document.addEventListener("dragover", (event) => event.preventDefault());
document.addEventListener("drop", (event) => {
  event.preventDefault();
  const items = [...(event.dataTransfer?.items ?? [])].filter(({ kind }) => kind === "file");
  dropped = Promise.all(items.map(inputOfItem)).then((all) => all.flat());
});
for (const id of ["folder", "files"]) {
  const input = document.createElement("input");
  Object.assign(input, { type: "file", id, multiple: true, webkitdirectory: id === "folder" });
  input.addEventListener("change", () => (dropped = Promise.resolve(inputOf([...(input.files ?? [])]))));
  document.body.append(input);
}

const weightsInput = Object.assign(document.createElement("input"), { type: "file", id: "weights" });
document.body.append(weightsInput);

const toBase64 = (bytes: Uint8Array): string => {
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
};

const partOf = async (file: Blob, offset: number, length: number): Promise<string> =>
  toBase64(new Uint8Array(await file.slice(offset, offset + length).arrayBuffer()));

window.glasshouse = {
  train: (request) =>
    headlessTraining(
      {
        engine,
        inputs: () => dropped,
        given: () => weightsInput.files?.[0] ?? null,
        note: (problem) => emit({ type: "problem", problem }),
        resolved: (recipe) => emit({ type: "recipe", recipe }),
        clock: () => performance.now(),
        keepWeights: (blob) => void (weights = blob),
        keepMasks: (blob) => void (masks = blob),
      },
      request,
    ),
  weights: (offset, length) => partOf(weights, offset, length),
  masks: (offset, length) => partOf(masks, offset, length),
};
