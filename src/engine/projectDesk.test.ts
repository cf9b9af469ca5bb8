// What is found again on the next visit: the project, the run that was cut off, and where its data are.
import { describe, expect, it } from "vitest";
import type { Problem } from "../base/problem";
import { unwrap } from "../base/result";
import type { FileIndex } from "../data/sources/fileIndex";
import type { ProjectDoc } from "../spec/project";
import { RECIPES } from "../spec/recipes";
import type { SourceInput } from "../spec/source";
import { faultyStore } from "../testing/faultyStore";
import type { Checkpoint, RunNotes } from "./checkpoint";
import { createProjectDesk, memoryPlaces, type Places, type ProjectDesk } from "./projectDesk";

const recipe = RECIPES["shapes"]!;
const project: ProjectDoc = {
  ...{ version: 1, id: "p", recipe, settled: true, runs: [], currentRun: null, sequence: 0 },
};

function checkpoint(value: number, more: Partial<RunNotes> = {}): Checkpoint {
  const notes: RunNotes = {
    ...{ runId: "r", recipe, stage: 1, state: "running", epochs: [], lrFinds: [], elapsed: 5 },
    ...{ progress: { done: value, total: 9 }, sourceName: "Shapes" },
    ...more,
  };
  const position = { epoch: 2, batch: 1, fitStep: 7 };
  const json = { version: 1, step: value, dataEpoch: 0, position, frozenTo: 0, optimizer: null, counters: {}, callbacks: {} } as const; // prettier-ignore
  return {
    notes,
    learner: { json, tensors: new Map([["model.w", { shape: [2], data: Float32Array.of(value, -1) }]]) },
  };
}

const persistent = (): Places => ({ ...memoryPlaces(), persistent: true });

/** A visit to the same places. */
function visit(places: Places): { desk: ProjectDesk; told: Problem[] } {
  const told: Problem[] = [];
  const desk = createProjectDesk({ places: async () => places, clock: () => 0, emit: (one) => void told.push(one) });
  return { desk, told };
}

const index = { info: { name: "pets" }, identity: "id1", tables: new Int32Array() } as unknown as FileIndex;
const folder = (state: PermissionState): SourceInput => {
  const handle = { kind: "directory", name: "pets", queryPermission: async () => state };
  return { kind: "directory", handle: handle as unknown as FileSystemDirectoryHandle };
};

describe("the next visit", () => {
  it("finds nothing where nothing was kept", async () => {
    const { desk, told } = visit(persistent());
    expect(await desk.open()).toEqual({ project: null, resumable: null, kept: null, persistent: true });
    expect(told).toEqual([]);
  });

  it("finds the project and the run that was cut off", async () => {
    const places = persistent();
    const first = visit(places).desk;
    unwrap(await first.save(project));
    expect(await (await first.checkpoints()).keep(checkpoint(4))).toBeNull();
    const { desk } = visit(places);
    expect(await desk.open()).toEqual({
      project: { ...project, sequence: 1 },
      resumable: { runId: "r", stage: 1, step: 4, steps: 9, epoch: 2, data: "missing", sourceName: "Shapes" },
      kept: "r",
      persistent: true,
    });
    const { checkpoint: kept } = await (await desk.checkpoints()).load();
    expect(kept).toEqual(checkpoint(4));
  });

  it("offers nothing for a run that ended by itself", async () => {
    const places = persistent();
    await (await visit(places).desk.checkpoints()).keep(checkpoint(9, { state: "ended" }));
    expect((await visit(places).desk.open()).resumable).toBeNull();
  });

  it.each([
    ["ready", { kind: "sample", id: "shapes" } as const],
    ["missing", { kind: "archive", file: new File([], "a.zip") } as const],
  ])("says that the data are %s", async (data, input) => {
    const places = persistent();
    const first = visit(places).desk;
    await first.keepSource([input], index);
    await (await first.checkpoints()).keep(checkpoint(4));
    expect((await visit(places).desk.open()).resumable?.data).toBe(data);
  });

  it.each([["ready", "granted"], ["reconnect", "prompt"]] as const)("says %s for a folder that is %s", async (data, state) => {
    const values = new Map<string, unknown>();
    const records = { ...memoryPlaces().records, get: async (key: string) => values.get(key), put: async (key: string, value: unknown) => void values.set(key, value) };
    const places = { ...persistent(), records };
    const first = visit(places).desk;
    await first.keepSource([folder(state)], index);
    await (await first.checkpoints()).keep(checkpoint(4));
    expect((await visit(places).desk.open()).resumable?.data).toBe(data);
  }); // prettier-ignore

  it("goes back to the save before a damaged one, and says so", async () => {
    const places = persistent();
    const keeper = await visit(places).desk.checkpoints();
    await keeper.keep(checkpoint(3));
    await keeper.keep(checkpoint(4));
    const file = await places.files.open("checkpoint.b");
    file.write(Uint8Array.of(1, 2, 3), 900);
    const { desk, told } = visit(places);
    expect((await desk.open()).resumable?.step).toBe(3);
    expect(told.map(({ code }) => code)).toEqual(["CHECKPOINT_BAD"]);
  });

  it("finds nothing after the project was deleted", async () => {
    const places = persistent();
    const first = visit(places).desk;
    await first.save(project);
    await first.keepSource([{ kind: "sample", id: "shapes" }], index);
    await (await first.checkpoints()).keep(checkpoint(4));
    await first.remove();
    expect(await visit(places).desk.open()).toEqual({ project: null, resumable: null, kept: null, persistent: true });
    expect(await places.files.names()).toEqual([]);
  });
});

describe("a place that does not keep everything", () => {
  it("a second tab reads but writes nothing, and says so", async () => {
    const places = persistent();
    await visit(places).desk.save(project);
    const { desk, told } = visit({ ...places, mayWrite: async () => false });
    expect((await desk.open()).project?.id).toBe("p");
    expect(told.map(({ code }) => code)).toEqual(["PROJECT_OTHER_TAB"]);
    unwrap(await desk.save({ ...project, id: "other" }));
    await (await desk.checkpoints()).keep(checkpoint(1));
    expect((await visit(places).desk.open()).project?.id).toBe("p");
    expect(await places.files.names()).toEqual([]);
  });

  it("a browser that keeps nothing is named, and training works all the same", async () => {
    const { desk, told } = visit(memoryPlaces());
    expect((await desk.open()).persistent).toBe(false);
    expect(told.map(({ code }) => code)).toEqual(["STORAGE_NONE"]);
    expect(await (await desk.checkpoints()).keep(checkpoint(1))).toBeNull();
  });

  it("a full disk is named, the newest state stays in memory, and saving goes on when there is room", async () => {
    const files = faultyStore(memoryPlaces().files);
    const places = { ...persistent(), files };
    const keeper = await visit(places).desk.checkpoints();
    expect(await keeper.keep(checkpoint(1))).toBeNull();
    files.failAt(0, "noRoom");
    expect(await keeper.keep(checkpoint(2))).toMatchObject({ code: "STORAGE_FULL" });
    expect((await keeper.load()).checkpoint?.notes.progress.done).toBe(2);
    expect((await visit(places).desk.open()).resumable?.step).toBe(1);
    files.failAt(null, "noRoom");
    expect(await keeper.keep(checkpoint(3))).toBeNull();
    expect((await visit(places).desk.open()).resumable?.step).toBe(3);
  });

  it("a state that is not finite is never kept", async () => {
    const places = persistent();
    const keeper = await visit(places).desk.checkpoints();
    await keeper.keep(checkpoint(1));
    const bad = checkpoint(2);
    const tensors = new Map([["model.w", { shape: [1], data: Float32Array.of(Number.NaN) }]]);
    expect(await keeper.keep({ ...bad, learner: { ...bad.learner, tensors } })).toMatchObject({
      code: "LOSS_NOT_FINITE",
    });
    expect((await keeper.load()).checkpoint?.notes.progress.done).toBe(1);
  });
});
