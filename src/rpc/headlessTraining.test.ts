// The headless page's work on an engine that answers from a table.
import { describe, expect, it } from "vitest";
import type { Problem } from "../base/problem";
import { err, ok } from "../base/result";
import type { Catalog } from "../spec/catalog";
import type { DataReport } from "../spec/dataReport";
import type { DeviceReport } from "../spec/device";
import { problem } from "../spec/problems";
import { RECIPES } from "../spec/recipes";
import type { Interpretation, RunSummary, WeightsReport } from "../spec/run";
import type { SourceInput } from "../spec/source";
import { fakeEngine } from "../testing/fakeEngine";
import { headlessTraining } from "./headlessTraining";
import type { HeadlessRequest, HeadlessResult } from "./headlessApi";
import type { EngineApi } from "./protocol";

const param = { kind: "number", id: "p", label: "", help: "", default: 0.5, min: 0, max: 1, step: 0.1 } as const;
const catalog = {
  items: [], labelers: [], splitters: [], transforms: [], normalizations: [], architectures: [], optimizers: [], losses: [], callbacks: [], schedules: [], metrics: [], unet: [],
  samples: [],
  augments: [{ id: "flip", label: "", help: "", params: [param] }],
} as Catalog; // prettier-ignore
const report = { ready: true, valid: 2, problems: [] } as unknown as DataReport;
const seen = {
  task: "singleLabel",
  vocab: ["a", "b"],
  paths: ["a/1.png", "b/1.png"],
  items: Int32Array.of(0, 1),
  targets: Int32Array.of(0, 1),
  probabilities: Float32Array.of(0.75, 0.25, 0.5, 0.5),
  losses: Float32Array.of(0.25, 0.5),
} as unknown as Interpretation;

interface Told {
  readonly opened: (readonly SourceInput[])[];
  readonly notes: Problem[];
  readonly runs: unknown[];
}

async function train(
  request: Partial<HeadlessRequest>,
  methods: Partial<EngineApi> = {},
  inputs: readonly SourceInput[] = [],
  given: File | null = null,
): Promise<{ result: HeadlessResult; told: Told }> {
  const told: Told = { opened: [], notes: [], runs: [] };
  const engine = fakeEngine({
    start: async () => ok({ backend: "webgpu" } as DeviceReport),
    catalog: async () => catalog,
    openSource: async (input) => {
      told.opened.push(input);
      return ok({ name: "x" } as never);
    },
    adaptRecipe: async (recipe) => recipe,
    prepare: async () => report,
    run: async (run) => {
      told.runs.push(run);
      return ok({ status: "finished", problem: null } as RunSummary);
    },
    interpret: async () => ok(seen),
    exportWeights: async () => ok(new Blob(["weights"])),
    ...methods,
  });
  const tools = {
    engine,
    inputs: async () => inputs,
    given: () => given,
    note: (note: Problem) => void told.notes.push(note),
    clock: () => 0,
    keepWeights: () => undefined,
  };
  return { result: await headlessTraining(tools, { recipe: "shapes", sets: [], ...request }), told };
}

describe("training without a screen", () => {
  it("opens the sample of the recipe, runs all stages, and brings everything back", async () => {
    const { result, told } = await train({ sets: [["data.batchSize", 8], ["train.stages.0.epochs", 2]] }); // prettier-ignore
    expect(told.opened).toEqual([[{ kind: "sample", id: "shapes" }]]);
    expect(told.runs).toMatchObject([{ from: 0, to: 1, resume: false, recipe: { data: { batchSize: 8 } } }]);
    expect(result).toMatchObject({
      problem: null,
      weightBytes: 7,
      predictions: { items: [0, 1], losses: [0.25, 0.5] },
    });
    expect(result.recipe?.train.stages[0]).toMatchObject({ epochs: 2 });
    expect(Object.keys(result.seconds)).toEqual(["start", "open", "prepare", "train", "interpret", "export"]);
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
  });

  it("writes out the defaults of every choice", async () => {
    const recipe = { ...RECIPES["shapes"]!, data: { ...RECIPES["shapes"]!.data, augment: [{ kind: "flip" }] } };
    expect((await train({ recipe })).result.recipe?.data.augment).toEqual([{ kind: "flip", p: 0.5 }]);
  });

  it("says when the recipe had to be fitted to the data", async () => {
    const labels = { kind: "csvColumn", column: "class", delimiter: null } as const;
    const adaptRecipe: EngineApi["adaptRecipe"] = async (recipe) => ({ ...recipe, data: { ...recipe.data, labels } });
    const file = new File(["zip"], "a.zip");
    const { result, told } = await train({}, { adaptRecipe }, [{ kind: "archive", file }]);
    expect(told.opened).toEqual([[{ kind: "archive", file }]]);
    expect(told.notes).toMatchObject([{ code: "RECIPE_ADAPTED", items: [expect.stringContaining('"class"')] }]);
    expect(result.recipe?.data.labels).toEqual(labels);
  });

  it.each([
    ["RECIPE_UNKNOWN", { recipe: "toString" }, {}],
    ["RECIPE_FIELDS", { sets: [["data.batchSize", -1]] as const }, {}],
    ["RECIPE_FIELDS", { sets: [["data.nothing.deeper", 1]] as const }, {}],
    ["SOURCE_MISSING", { recipe: "planet" }, {}],
    ["CLASS_ONE", {}, { prepare: async () => ({ ...report, ready: false, problems: [problem("CLASS_ONE")] }) }],
    ["BATCH_TOO_LARGE", {}, { run: async () => err(problem("BATCH_TOO_LARGE")) }],
    ["INTERNAL", {}, { run: () => Promise.reject(new Error("bug")) }],
  ])("ends with %s, and keeps what came before", async (code, request, methods) => {
    const { result } = await train(request, methods);
    expect(result.problem?.code).toBe(code);
    expect(result.predictions).toBeNull();
    if (code === "BATCH_TOO_LARGE") expect(result.data).toEqual(report);
  });

  describe("from a weight file", () => {
    const file = new File(["w"], "squeezenet.safetensors");
    const report = { taken: true, matched: 3, missing: [], misshapen: [], problems: [], better: null, preprocessing: { normalize: "caffe", bgr: true, source: "stated" } } as unknown as WeightsReport; // prettier-ignore
    const normal = {
      ...catalog,
      normalizations: [{ id: "caffe", label: "", help: "", params: [], stats: null }],
    } as Catalog;
    const from = (sets: HeadlessRequest["sets"], answer: Partial<WeightsReport> = {}) => {
      const consents: unknown[] = [];
      const methods: Partial<EngineApi> = {
        catalog: async () => normal,
        importWeights: async (recipe, given, consent) => {
          consents.push([recipe.model.weights, given.name, consent]);
          return ok({ ...report, ...answer });
        },
      };
      return train({ sets }, methods, [], file).then((all) => ({ ...all, consents }));
    };

    it("lets the head start fresh and normalises as the weights expect", async () => {
      const { result, told, consents } = await from([]);
      const weights = { kind: "file", name: file.name, fit: "head" };
      expect(consents).toEqual([[weights, file.name, { fit: "head", values: "finite" }]]);
      expect(told.runs).toMatchObject([{ recipe: { data: { normalize: "caffe" }, model: { weights } } }]);
      expect(told.notes).toMatchObject([{ code: "WEIGHTS_PREPROCESSING" }]);
      expect(result.problem).toBeNull();
    });

    it("keeps the normalisation that was asked for by hand", async () => {
      const { told } = await from([["data.normalize", "imagenet"]]);
      expect(told.runs).toMatchObject([{ recipe: { data: { normalize: "imagenet" } } }]);
    });

    it("trains nothing where the file does not fit", async () => {
      const { result, told } = await from([], { taken: false, missing: ["0.7.0.conv1.weight"] });
      expect(result.problem).toMatchObject({ code: "WEIGHTS_FIT", items: ["0.7.0.conv1.weight"] });
      expect(told.runs).toEqual([]);
    });
  });

  it("still brings back the model of a run that failed", async () => {
    const failed = { status: "failed", problem: problem("LOSS_NOT_FINITE") } as RunSummary;
    const { result } = await train({}, { run: async () => ok(failed) });
    expect(result).toMatchObject({ problem: { code: "LOSS_NOT_FINITE" }, weightBytes: 7 });
  });
});
