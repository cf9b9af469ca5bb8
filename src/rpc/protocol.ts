// What crosses between page and worker, as types only: the engine's interface, its events and the messages.
import type { Problem } from "../base/problem";
import type { Result } from "../base/result";
import type { Catalog } from "../spec/catalog";
import type {
  DataReport,
  Guess,
  LoadingPhase,
  PeekPicture,
  PreviewItem,
  PreviewRequest,
  SourceInfo,
  SourceOutline,
  WalkStep,
} from "../spec/dataReport";
import type {
  BatchRequest,
  BatchValues,
  ItemFact,
  ItemQuery,
  ItemValues,
  LabelFacts,
  PictureSizes,
  UnmatchedGroup,
} from "../spec/dataLook";
import type { DeviceReport } from "../spec/device";
import type { HubListing, HubState } from "../spec/hub";
import type { OpenedProject, ProjectDoc } from "../spec/project";
import type { Recipe } from "../spec/recipe";
import type { SourceInput } from "../spec/source";
import type { TrialPicture, TrialRequest } from "../spec/trial";
import type {
  BatchRow,
  EpochRow,
  Interpretation,
  InterpretOptions,
  LrFindResult,
  ModelSummary,
  Progress,
  RunSummary,
  TestPredictions,
  WeightsConsent,
  WeightsReport,
} from "../spec/run";

export type { SourceInput } from "../spec/source";

export interface RunRequest {
  readonly runId: string;
  readonly recipe: Recipe;
  /** Stages [from, to) of the recipe; the session keeps model and optimizer between calls of one run. */
  readonly from: number;
  readonly to: number;
  /** Goes on from the kept checkpoint of this run. */
  readonly resume: boolean;
}

/** `save` keeps a checkpoint at the next step boundary: for a page that is being hidden or frozen. */
export type RunCommand = "pause" | "resume" | "step" | "stop" | "save";

/** The engine, the same here and over there: implemented by `engine/` and by the page's client. */
export interface EngineApi {
  /** Opens the device, runs the self-test. */
  start(options: { readonly prefer: "webgpu" | "cpu" }): Promise<Result<DeviceReport, Problem>>;
  catalog(): Promise<Catalog>;

  openProject(): Promise<OpenedProject>;
  saveProject(project: ProjectDoc): Promise<Result<{ readonly sequence: number }, Problem>>;
  /** Forgets the project, its checkpoints and caches. */
  deleteProject(): Promise<void>;

  /** Indexes what was dropped, in place of what was there before. */
  openSource(input: readonly SourceInput[]): Promise<Result<SourceInfo, Problem>>;
  /** Stops an `openSource` that is under way; it answers with SOURCE_STOPPED, and what was open stays open. */
  cancelOpening(): Promise<void>;
  /** Opens the kept directory handle again; `granted` false means the page must ask for permission on a click. */
  reconnect(): Promise<{ readonly handle: FileSystemDirectoryHandle | null; readonly source: SourceInfo | null }>;
  guess(): Promise<readonly Guess[]>;
  /** What lies in the open source, in short; null where there is none. */
  outline(): Promise<SourceOutline | null>;
  /** The recipe itself, or with the items, labels and split of the best guess where its own are not in the source. */
  adaptRecipe(recipe: Recipe): Promise<Recipe>;
  /** Builds the data block of the recipe from the open source and says how it went. */
  prepare(recipe: Recipe): Promise<DataReport>;
  preview(request: PreviewRequest): Promise<readonly PreviewItem[]>;
  walk(item: number): Promise<readonly WalkStep[]>;
  /** Tries augmentations out on one picture, whether the recipe has them or not. */
  tryAugment(request: TrialRequest): Promise<Result<readonly TrialPicture[], Problem>>;
  /** Upright pictures of items, longest side `size` pixels. */
  thumbnails(items: readonly number[], size: number): Promise<readonly (ImageBitmap | null)[]>;
  /** Items of the prepared block that fit, training set first to last. */
  listItems(query: ItemQuery): Promise<Int32Array>;
  itemFacts(items: readonly number[]): Promise<readonly ItemFact[]>;
  /** `dataset[i]`; null where there is no such item. */
  itemValues(item: number): Promise<ItemValues | null>;
  /** The tensors of one batch of the prepared block. */
  batchValues(request: BatchRequest): Promise<Result<BatchValues, Problem>>;
  /** What charts of the labels draw. */
  labelFacts(): Promise<LabelFacts>;
  /** From the headers of the items' files. */
  pictureSizes(items: readonly number[]): Promise<PictureSizes>;
  /** Pictures without an answer, and answers without a picture. */
  unmatched(): Promise<readonly UnmatchedGroup[]>;
  /** Items of the trained data as the model sees them on validation, at its own size: masks and points lie on these. */
  seen(items: readonly number[]): Promise<readonly (ImageBitmap | null)[]>;

  describeModel(recipe: Recipe): Promise<Result<ModelSummary, Problem>>;
  /** Resolves when the run ends; how it goes is told by events. */
  run(request: RunRequest): Promise<Result<RunSummary, Problem>>;
  control(command: RunCommand): Promise<void>;
  /** Leaves the run that was cut off as it is, and does not offer it again. */
  leaveRun(): Promise<void>;
  /** Predictions of the live model on the validation set. */
  interpret(options?: InterpretOptions): Promise<Result<Interpretation, Problem>>;
  /** Answers of the live model on pictures without labels, and the recipe that it was trained by. */
  predictTest(inputs: readonly SourceInput[]): Promise<Result<TestPredictions & { readonly recipe: Recipe }, Problem>>;

  /** The live model as `.safetensors` (PyTorch names and layouts). */
  exportWeights(): Promise<Result<Blob, Problem>>;
  /** The live model's masks of the validation set: a zip of PNGs of class numbers, as large as their pictures. */
  exportMasks(): Promise<Result<Blob, Problem>>;
  /** The catalogue of public encoders, and what is kept of it here; asks nobody. */
  listHub(): Promise<HubListing>;
  /** Fetches one, or goes on fetching it; how far it is is told by events. The only request that leaves the page. */
  fetchHub(id: string): Promise<Result<HubState, Problem>>;
  cancelHub(id: string): Promise<void>;
  forgetHub(id: string): Promise<void>;
  /** Fits a fetched encoder to the recipe's model, whose head starts fresh, and takes it over. */
  useHub(recipe: Recipe, id: string): Promise<Result<WeightsReport, Problem>>;
  /** Fits a weight file to the recipe's model and takes it over as far as agreed; kept until replaced. */
  importWeights(recipe: Recipe, file: File, consent: WeightsConsent): Promise<Result<WeightsReport, Problem>>;
}

/** An engine that also tells how it goes. */
export interface Engine extends EngineApi {
  /** Adds a listener; returns the function that removes it. */
  on(listener: (event: EngineEvent) => void): () => void;
}

export type EngineEvent =
  | { readonly type: "progress"; readonly progress: Progress }
  | { readonly type: "batches"; readonly runId: string; readonly rows: readonly BatchRow[] }
  | { readonly type: "epoch"; readonly runId: string; readonly row: EpochRow }
  | { readonly type: "stage"; readonly runId: string; readonly stage: number; readonly state: "started" | "finished" }
  | { readonly type: "lrFind"; readonly runId: string; readonly result: LrFindResult }
  | { readonly type: "runState"; readonly runId: string; readonly state: "running" | "paused" | "stopping" | "idle" }
  | { readonly type: "checkpoint"; readonly runId: string; readonly step: number }
  /** While indexing or decoding, outside of runs. */
  | {
      readonly type: "loading";
      readonly phase: LoadingPhase;
      readonly done: number;
      readonly total: number | null;
    }
  /** The first pictures of a source, while the rest of it is still being indexed. */
  | { readonly type: "peek"; readonly pictures: readonly PeekPicture[] }
  | { readonly type: "hub"; readonly state: HubState }
  | { readonly type: "problem"; readonly problem: Problem }
  | { readonly type: "heartbeat" };

/** Every method of the engine, with its arguments and answer, by name. */
export type Method = keyof EngineApi;
export type Arguments<M extends Method> = Parameters<EngineApi[M]>;
export type Answer<M extends Method> = Awaited<ReturnType<EngineApi[M]>>;

export type ToEngine = {
  readonly [M in Method]: { readonly id: number; readonly method: M; readonly args: Arguments<M> };
}[Method];

export type FromEngine =
  | { readonly type: "ready" }
  | { readonly type: "answer"; readonly id: number; readonly value: unknown }
  | { readonly type: "failure"; readonly id: number; readonly problem: Problem }
  | { readonly type: "event"; readonly event: EngineEvent };
