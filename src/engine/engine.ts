// The engine: everything that the page may ask of the worker, put together from its desks.
import { createEmitter } from "../base/emitter";
import { ProblemError } from "../base/problem";
import { err, ok } from "../base/result";
import type { Engine, EngineEvent } from "../rpc/protocol";
import { HUB_ENTRIES } from "../spec/hub";
import { problem } from "../spec/problems";
import type { SourceInput } from "../spec/source";
import { mayRead } from "../storage/permission";
import { catalog } from "./catalog";
import { createDataDesk } from "./dataDesk";
import { createDeviceDesk } from "./deviceDesk";
import { createHubDesk } from "./hubDesk";
import { createModelDesk, type ModelDesk } from "./modelDesk";
import { browserPlaces, createProjectDesk, type Places } from "./projectDesk";
import { createSession } from "./session";

export interface EngineOptions {
  readonly spawnDecoder: (name: string) => Worker;
  /** Defaults to the browser's own storage. */
  readonly places?: () => Promise<Places>;
  /** Milliseconds, monotonic. */
  readonly clock?: () => number;
}

/** An engine without a device, a source or a run. */
export function createEngine(options: EngineOptions): Engine {
  const { spawnDecoder, places = browserPlaces, clock = () => performance.now() } = options;
  const events = createEmitter<EngineEvent>();
  const emit = (event: EngineEvent): void => events.emit(event);

  const project = createProjectDesk({ places, clock, emit: (problem) => emit({ type: "problem", problem }) });
  const data = createDataDesk({
    emit(event) {
      emit(event);
      if (event.type === "loading" && event.phase === "decoding") session.decoding(event.done, event.total ?? 0);
    },
    spawnDecoder,
    cache: project.cache,
    unpacked: project.unpacked,
    clock,
  });
  const session = createSession({
    emit,
    clock,
    checkpoints: project.checkpoints,
    loaders: data.loaders,
    weights: () => models.weights(),
    sourceName: () => data.source()?.name ?? "",
  });
  const models: ModelDesk = createModelDesk(session, data);
  const hub = createHubDesk({
    files: project.weights,
    clock,
    onProgress: (state) => emit({ type: "hub", state }),
  });
  const device = createDeviceDesk({
    emit: (problem) => emit({ type: "problem", problem }),
    onBroken: session.abort,
    onReopen: session.forget,
  });
  /** Whatever the page asked for first, a device is there when tensors are needed. */
  const withDevice = async <T>(act: () => T | Promise<T>): Promise<T> => {
    const opened = await device.start("webgpu");
    if (!opened.ok) throw new ProblemError(opened.error);
    return await act();
  };

  const useHub: Engine["useHub"] = async (recipe, id) => {
    const entry = HUB_ENTRIES.find((one) => one.id === id);
    const file = entry ? await hub.file(id) : null;
    if (!entry || !file) return err(problem("HUB_ABSENT", { items: [id] }));
    const seen = { normalize: entry.normalize, bgr: false, source: "stated" } as const;
    return models.importWeights(recipe, file, { fit: "head", values: "finite" }, seen);
  };

  const openSource = async (inputs: readonly SourceInput[]) => {
    const index = await data.open(inputs);
    if (!index.ok) return index;
    await project.keepSource(inputs, index.value);
    return ok(index.value.info);
  };

  return {
    on: events.on,
    start: ({ prefer }) => device.start(prefer),
    catalog: () => Promise.resolve(catalog()),
    openProject: project.open,
    saveProject: project.save,
    async deleteProject() {
      await session.stop();
      await project.remove();
    },
    openSource,
    cancelOpening() {
      data.cancelOpening();
      return Promise.resolve();
    },
    async reconnect() {
      const open = data.source();
      if (open) return { handle: null, source: open };
      const kept = await project.keptSource();
      if (!kept) return { handle: null, source: null };
      const handle = kept.input?.kind === "directory" ? kept.input.handle : null;
      const granted = handle === null || (await mayRead(handle));
      const again = kept.input && granted ? await openSource([kept.input]) : null;
      if (again?.ok) return { handle, source: again.value };
      return { handle, source: (await data.openKept(kept.identity))?.info ?? null };
    },
    guess: data.guess,
    outline: data.outline,
    adaptRecipe: data.adapt,
    prepare: data.prepare,
    preview: (request) => withDevice(async () => (await data.block()?.preview(request)) ?? []),
    walk: (item) => withDevice(async () => (await data.block()?.walk(item)) ?? []),
    tryAugment: (request) => withDevice(async () => (await data.block()?.tryAugment(request)) ?? ok([])),
    seen: (items) => withDevice(async () => (await data.trained()?.seen(items)) ?? items.map(() => null)),
    thumbnails: async (items, size) => (await data.block()?.thumbnails(items, size)) ?? items.map(() => null),
    listItems: (query) => Promise.resolve(data.block()?.look.list(query) ?? new Int32Array()),
    itemFacts: (items) => Promise.resolve(data.block()?.look.facts(items) ?? []),
    itemValues: (item) => withDevice(async () => (await data.block()?.look.item(item)) ?? null),
    batchValues: (request) =>
      withDevice(async () => (await data.block()?.look.batch(request)) ?? err(problem("SOURCE_MISSING"))),
    labelFacts: async () => (await data.block()?.look.labels()) ?? { kind: "none" },
    pictureSizes: async (items) => (await data.block()?.look.sizes(items)) ?? new Uint32Array(),
    unmatched: async () => (await data.block()?.look.unmatched()) ?? [],
    describeModel: (recipe) => withDevice(() => models.describe(recipe)),
    run: (request) =>
      withDevice(async () => {
        const { weights } = request.recipe.model;
        const absent = weights.kind === "hub" && models.weights()?.name !== weights.id;
        if (absent && !request.resume) await useHub(request.recipe, weights.id);
        return session.run(request);
      }),
    control(command) {
      session.control(command);
      return Promise.resolve();
    },
    leaveRun: session.leave,
    interpret: (options) => withDevice(() => models.interpret(options)),
    predictTest: (inputs) => withDevice(() => models.predictTest(inputs)),
    exportWeights: () => withDevice(models.exportWeights),
    exportMasks: () => withDevice(models.exportMasks),
    importWeights: (recipe, file, consent) => withDevice(() => models.importWeights(recipe, file, consent)),
    listHub: hub.list,
    fetchHub: hub.fetch,
    cancelHub(id) {
      hub.cancel(id);
      return Promise.resolve();
    },
    forgetHub: hub.forget,
    useHub: (recipe, id) => withDevice(() => useHub(recipe, id)),
  };
}
