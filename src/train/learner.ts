// Data, model, loss and optimizer together: what one does with them, after fastai's Learner.
import type { Tensor } from "@tensorflow/tfjs-core";
import type { Batch, DataLoader, DataLoaders } from "../data/batch";
import { createLossScale } from "../kernels/lossScale";
import type { Loss } from "../nn/losses/loss";
import type { GroupedModel } from "../nn/models/cnn";
import { readTensors } from "../nn/readTensors";
import { learningRates } from "../optim/learningRates";
import type { Hyper, MakeOptimizer, Optimizer } from "../optim/optimizer";
import type { LearningRate } from "../spec/recipe";
import type { LrFindResult } from "../spec/run";
import { oneCycle } from "../spec/schedules/oneCycle";
import type { OneCycleOptions } from "../spec/schedules/oneCycle";
import { constant } from "../spec/schedules/schedule";
import type { FitSchedule } from "../spec/schedules/schedule";
import { keep } from "../tensor/scope";
import { tensorOf, writeTensor } from "../tensor/writeTensor";
import type { HookName, StepHookName, Validation } from "./callback";
import { readCounters, readState, writeCounters, writeState } from "./checkpoint";
import { evaluate } from "./evaluate";
import type { FitOptions, FitOutcome } from "./fitPlan";
import { compileStep, gradientStep } from "./gradientStep";
import type { LearnerState, SavedTensor } from "./learnerState";
import { Loop } from "./loop";
import { lrFind } from "./lrFind";
import { predictAll, type Predictions } from "./predictAll";
import { predictTestTime, type TestTimeOptions } from "./testTime";
import type { Findable, LrFindOptions } from "./lrFind";
import type { Metric } from "./metrics/metric";
import { freezeTo, trainableParameters } from "./trainable";

export interface LearnerOptions {
  readonly data: DataLoaders;
  readonly model: GroupedModel;
  readonly loss: Loss;
  readonly optimizer: MakeOptimizer;
  readonly metrics?: readonly Metric[];
  /** f16: mixed precision with a dynamic loss scale; f32 unless told. */
  readonly precision?: "f32" | "f16";
  /** Of the dropout masks. */
  readonly seed: number;
  /** Milliseconds. */
  readonly clock: () => number;
}

/** One thing at a time: a fit, a search, a validation. */
export class Learner extends Loop implements Findable {
  /** May be replaced between fits, for example by the same data at another size. */
  data: DataLoaders;
  readonly model: GroupedModel;
  readonly loss: Loss;
  criterion: Loss;
  readonly metrics: readonly Metric[];
  readonly #options: LearnerOptions;
  readonly #one = keep(tensorOf(new Float32Array([1]), [], "float32"));
  #frozenTo = 0;

  constructor(options: LearnerOptions) {
    super();
    this.data = options.data;
    this.model = options.model;
    this.loss = options.loss;
    this.criterion = options.loss;
    this.metrics = options.metrics ?? [];
    this.#options = options;
    if (options.precision === "f16") this.scaling = createLossScale();
  }

  /** Constant learning rates and momentum. */
  fit(
    epochs: number,
    lr: LearningRate,
    options: FitOptions & { readonly momentum?: number } = {},
  ): Promise<FitOutcome> {
    const { momentum = 0.9 } = options;
    return this.fitScheduled(epochs, lr, () => ({ lr: constant, momentum: constant(momentum) }), options);
  }

  /** The one-cycle policy with fastai v1's numbers. */
  fitOneCycle(epochs: number, lr: LearningRate, options: FitOptions & OneCycleOptions = {}): Promise<FitOutcome> {
    return this.fitScheduled(epochs, lr, (steps) => oneCycle(steps, options), options);
  }

  /** Any schedule; it is told the number of steps. */
  fitScheduled(
    epochs: number,
    lr: LearningRate,
    scheduleFor: (steps: number) => FitSchedule,
    options: FitOptions = {},
  ): Promise<FitOutcome> {
    const tops = learningRates(lr, this.model.groups.length);
    const schedule = (step: number, steps: number): Hyper => {
      const by = scheduleFor(steps);
      return { lrs: tops.map((top) => by.lr(top)(step / steps)), momentum: by.momentum(step / steps) };
    };
    return this.run({ ...options, purpose: "fit", epochs, schedule });
  }

  /** Tries rising learning rates and leaves everything as it was, bit for bit. */
  lrFind(options: LrFindOptions = {}): Promise<LrFindResult> {
    return lrFind(this, options);
  }

  /** Loss and metrics on the validation set. */
  validate(options: { readonly signal?: AbortSignal } = {}): Promise<Validation> {
    return this.validateEpoch(() => Promise.resolve(), options.signal);
  }

  /** Answers, targets and losses of every item of a loader, the validation set's unless told. */
  predict(loader: DataLoader | null = this.data.valid, signal?: AbortSignal): Promise<Predictions> {
    if (!loader) throw new Error("there is nothing to predict on");
    return predictAll({
      model: this.model,
      loss: this.loss,
      loader,
      task: this.data.task,
      atOnce: this.atOnce,
      tiles: this.data.tiles ?? null,
      ...(signal ? { signal } : {}),
    });
  }

  /** fastai's TTA on the validation set: predictions blended with those of eight zoomed and mirrored views. */
  tta(options: TestTimeOptions = {}): Promise<Predictions> {
    const { valid, testTime, task } = this.data;
    if (!valid || !testTime) throw new Error("there is nothing to predict on");
    return predictTestTime({ model: this.model, loss: this.loss, task, plain: valid, variant: testTime, ...options });
  }

  /** Groups before `group` stop training but for their batch norms; negative counts from the end. Starts a new optimizer. */
  freezeTo(group: number): void {
    this.optimizer?.dispose();
    this.optimizer = null;
    this.scaling?.restart();
    this.#frozenTo = freezeTo(this.model, group);
  }

  /** Only the last group trains. */
  freeze(): void {
    this.freezeTo(-1);
  }

  /** Everything trains. */
  unfreeze(): void {
    this.freezeTo(0);
  }

  /** Goes on in float32; steps that were left out do not count for the optimizer. */
  async leaveHalf(): Promise<void> {
    const { scaling } = this;
    if (!scaling) return;
    [this.scaling, this.lossScale, this.halfBytes] = [null, null, null];
    if (this.optimizer) this.optimizer.steps -= await scaling.skipped();
    scaling.dispose();
  }

  /** Everything that a later `restore` needs to go on as if nothing had happened. */
  async state(): Promise<LearnerState> {
    await this.deliverAll();
    const { step, dataEpoch, position, optimizer, model } = this;
    const json = {
      version: 1,
      step,
      dataEpoch,
      position,
      frozenTo: this.#frozenTo,
      optimizer: optimizer && { id: optimizer.id, steps: optimizer.steps },
      counters: readCounters(model),
      callbacks: this.statesOfCallbacks(),
    } as const;
    const held = [...(await this.tensorsOfCallbacks())].map(([name, tensor]) => [`callback.${name}`, tensor] as const);
    const scaled = await this.#scalingState();
    return { tensors: new Map([...(await readState(model, optimizer)), ...held, ...scaled]), json };
  }

  async #scalingState(): Promise<[string, SavedTensor][]> {
    if (!this.scaling) return [];
    const { scale, counts } = this.scaling;
    const [a, b] = await readTensors([scale, counts]);
    return [["scaling.scale", { shape: [], data: a as Float32Array }], ["scaling.counts", { shape: [2], data: b as Float32Array }]]; // prettier-ignore
  }

  /** Back to a state; follow with the same fit and `resume: true` to go on in its middle. */
  restore({ tensors, json }: LearnerState): void {
    this.freezeTo(json.frozenTo);
    if (json.optimizer) {
      this.optimizer = this.makeOptimizer();
      this.optimizer.steps = json.optimizer.steps;
    }
    writeState(this.model, this.optimizer, tensors);
    writeCounters(this.model, json.counters);
    const [scale, counts] = [tensors.get("scaling.scale"), tensors.get("scaling.counts")];
    if (this.scaling && scale && counts) {
      writeTensor(this.scaling.scale, scale.data);
      writeTensor(this.scaling.counts, counts.data);
    }
    [this.step, this.dataEpoch, this.position] = [json.step, json.dataEpoch, json.position];
    this.callbackStates = json.callbacks;
    const held = [...tensors].filter(([name]) => name.startsWith("callback."));
    this.callbackTensors = new Map(held.map(([name, tensor]) => [name.slice("callback.".length), tensor]));
  }

  /** Frees the model and the optimizer; the data belong to who made them. */
  dispose(): void {
    this.optimizer?.dispose();
    this.optimizer = null;
    this.scaling?.dispose();
    this.model.dispose();
    for (const metric of this.metrics) metric.dispose();
    this.#one.dispose();
  }

  protected override clock(): number {
    return this.#options.clock();
  }

  protected override makeOptimizer(): Optimizer {
    return this.#options.optimizer(trainableParameters(this.model));
  }

  protected override async prepare(batch: Batch): Promise<void> {
    if (this.optimizer) await compileStep(this, this.optimizer, batch);
  }

  protected override learn(batch: Batch, tell: (hook: StepHookName) => void): Tensor {
    const { seed } = this.#options;
    const optimizer = (this.optimizer ??= this.makeOptimizer());
    return gradientStep({ learn: this, optimizer, tell, seed, one: this.#one }, batch);
  }

  protected override async validateEpoch(tell: (hook: HookName) => Promise<void>, signal?: AbortSignal) {
    const { model, loss, metrics, atOnce, data } = this;
    const loader = data.valid;
    if (!loader) return { loss: null, metrics: metrics.map(() => null) };
    const onBatch = async (batch: Batch, index: number): Promise<void> => {
      this.current = batch;
      this.batch = index;
      await tell("beforeBatch");
    };
    return await evaluate({
      model,
      loss,
      loader,
      metrics,
      atOnce,
      tiles: data.tiles ?? null,
      onBatch,
      ...(signal ? { signal } : {}),
    });
  }
}
