// What is kept between visits: the project, the newest checkpoint, decoded pixels, and where the data came from.
import type { Problem } from "../base/problem";
import { ok, type Result } from "../base/result";
import { createCacheStore, type CacheStore } from "../data/cacheStore";
import { keepSource } from "../data/keptSource";
import type { FileIndex } from "../data/sources/fileIndex";
import { problem } from "../spec/problems";
import type { OpenedProject, ProjectDoc, ResumableRun } from "../spec/project";
import type { SourceInput } from "../spec/source";
import type { ByteStore } from "../storage/byteStore";
import { keptProject, type KeptProject } from "../storage/keptProject";
import { memoryStore } from "../storage/memoryStore";
import { opfsStore } from "../storage/opfsStore";
import { mayRead } from "../storage/permission";
import { indexedRecords, memoryRecords, type Records } from "../storage/records";
import { createSlots } from "../storage/slots";
import { opfsUnpackStore, type UnpackStore } from "../storage/unpackStore";
import { writerLock } from "../storage/writerLock";
import { checkpointKeeper, type CheckpointKeeper } from "./checkpointKeeper";

/** Where things are kept; `persistent` false: in memory only. */
export interface Places {
  readonly records: Records;
  readonly files: ByteStore;
  readonly cache: CacheStore | null;
  /** Downloaded weights; they outlive a project. */
  readonly weights?: ByteStore;
  /** Where archives that must be unpacked as a whole go. */
  readonly unpacked?: UnpackStore | null;
  readonly persistent: boolean;
  /** Whether this tab may write. */
  mayWrite(): Promise<boolean>;
}

/** How to get at the data of an earlier visit. */
export interface KeptSourceRecord {
  readonly name: string;
  readonly identity: string;
  /** What can be opened again as it is: a sample, or a folder that the browser still grants. */
  readonly input: Extract<SourceInput, { kind: "sample" | "directory" }> | null;
}

export interface ProjectDesk {
  open(): Promise<OpenedProject>;
  save(project: ProjectDoc): Promise<Result<{ readonly sequence: number }, Problem>>;
  remove(): Promise<void>;
  checkpoints(): Promise<CheckpointKeeper>;
  cache(): Promise<CacheStore | null>;
  unpacked(): Promise<UnpackStore | null>;
  weights(): Promise<ByteStore>;
  keepSource(inputs: readonly SourceInput[], index: FileIndex): Promise<void>;
  keptSource(): Promise<KeptSourceRecord | null>;
}

/** The browser's own storage, or memory where it keeps nothing. */
export async function browserPlaces(): Promise<Places> {
  try {
    const [records, files] = [await indexedRecords("glasshouse"), await opfsStore("checkpoints")];
    const cache = createCacheStore(await opfsStore("cache"));
    const unpacked = await opfsUnpackStore();
    const lock = writerLock("glasshouse project");
    const weights = await opfsStore("weights");
    return { records, files, cache, weights, unpacked, persistent: true, mayWrite: lock.held };
  } catch {
    return memoryPlaces();
  }
}

/** Places that are gone with the page. */
export function memoryPlaces(): Places {
  const mayWrite = (): Promise<boolean> => Promise.resolve(true);
  return { records: memoryRecords(), files: memoryStore(), cache: null, persistent: false, mayWrite };
}

async function whereData(source: KeptSourceRecord | null, cache: CacheStore | null): Promise<ResumableRun["data"]> {
  if (source === null) return "missing";
  if (source.input?.kind === "sample") return "ready";
  if (source.input && (await mayRead(source.input.handle))) return "ready";
  // The list of files is kept beside the decoded pixels, and only where these are.
  if (await cache?.load(`source-${source.identity}.bin`)) return "ready";
  return source.input ? "reconnect" : "missing";
}

export interface ProjectDeskOptions {
  readonly places: () => Promise<Places>;
  readonly clock: () => number;
  readonly emit: (problem: Problem) => void;
}

/** The desk; storage is opened with the first question. */
export function createProjectDesk({ places, clock, emit }: ProjectDeskOptions): ProjectDesk {
  let opening: Promise<{ at: Places; project: KeptProject; keeper: CheckpointKeeper }> | null = null;
  let asked = false;
  let volatileWeights: ByteStore | null = null;

  const get = (): NonNullable<typeof opening> =>
    (opening ??= places().then(async (at) => {
      const writer = await at.mayWrite();
      if (!at.persistent) emit(problem("STORAGE_NONE"));
      else if (!writer) emit(problem("PROJECT_OTHER_TAB"));
      // A tab that may not write keeps its checkpoints to itself.
      const slots = createSlots(writer ? at.files : memoryStore(), "checkpoint");
      return { at, project: keptProject(at.records), keeper: checkpointKeeper(slots, clock) };
    }));

  const keptSource = async (): Promise<KeptSourceRecord | null> => {
    const { at } = await get();
    return ((await at.records.get("source")) as KeptSourceRecord | undefined) ?? null;
  };

  const resumable = async (): Promise<ResumableRun | null> => {
    const { at, keeper } = await get();
    const { checkpoint, damaged } = await keeper.load();
    if (damaged) emit(problem("CHECKPOINT_BAD"));
    if (!checkpoint || checkpoint.notes.state === "ended") return null;
    const { runId, stage, progress, sourceName } = checkpoint.notes;
    return {
      runId,
      stage,
      step: progress.done,
      steps: progress.total,
      epoch: checkpoint.learner.json.position?.epoch ?? 0,
      data: await whereData(await keptSource(), at.cache),
      sourceName,
    };
  };

  return {
    async open() {
      const { at, project, keeper } = await get();
      const opened = await project.open();
      opened.problems.forEach(emit);
      const going = await resumable();
      const { checkpoint } = await keeper.load();
      const kept = checkpoint?.notes.runId ?? null;
      return { project: opened.project, resumable: going, kept, persistent: at.persistent };
    },
    async save(doc) {
      const { at, project } = await get();
      if (!(await at.mayWrite())) return ok({ sequence: doc.sequence });
      if (!asked && at.persistent) {
        asked = true;
        // Browsers that ask a person do so here, once, when there is something to lose.
        await globalThis.navigator?.storage?.persist?.().catch(() => false);
      }
      return project.save(doc);
    },
    async remove() {
      const { at, project, keeper } = await get();
      await Promise.all([
        project.remove(),
        keeper.remove(),
        at.records.remove("source"),
        at.cache?.prune(0),
        at.unpacked?.keepOnly([]),
      ]);
    },
    checkpoints: async () => (await get()).keeper,
    cache: async () => (await get()).at.cache,
    weights: async () => (await get()).at.weights ?? (volatileWeights ??= memoryStore()),
    async unpacked() {
      const { at } = await get();
      // Another tab may be reading what it unpacked.
      if (!at.unpacked || (await at.mayWrite())) return at.unpacked ?? null;
      return { ...at.unpacked, keepOnly: async () => {} };
    },
    async keepSource(inputs, index) {
      const { at } = await get();
      if (!(await at.mayWrite())) return;
      const [only] = inputs;
      const sample = only?.kind === "sample" ? only : null;
      // Not its listing: the files of another day are another list.
      const again = only?.kind === "directory" ? ({ kind: "directory", handle: only.handle } as const) : sample;
      const record: KeptSourceRecord = {
        name: index.info.name,
        identity: index.identity,
        input: inputs.length === 1 ? again : null,
      };
      // Without it a reload asks for the files again: no reason to bother anybody now.
      await at.records.put("source", record).catch(() => undefined);
      if (at.cache && only?.kind !== "sample") await keepSource(index, at.cache);
    },
    keptSource,
  };
}
