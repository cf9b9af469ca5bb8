// The training loop, after fastai's: epochs of batches, hooks around each, and a way to leave at every level.
import type { Tensor } from "@tensorflow/tfjs-core";
import type { Batch } from "../data/batch";
import type { Optimizer } from "../optim/optimizer";
import type { Callback, HookName, StepHookName, Validation } from "./callback";
import { scheduleHyper } from "./callbacks/scheduleHyper";
import { CancelBatch, CancelEpoch, CancelFit, EndFit } from "./cancel";
import type { FitOutcome, FitPlan } from "./fitPlan";
import type { SavedTensor } from "./learnerState";
import { createLossFeed } from "./lossFeed";
import type { LossFeed } from "./lossFeed";
import { createPace } from "./pace";
import { TrainingState } from "./trainingState";

export abstract class Loop extends TrainingState {
  protected dataEpoch = 0;
  protected callbackStates: Readonly<Record<string, unknown>> = {};
  /** By the callback's name, a dot, and its own name for it. */
  protected callbackTensors: ReadonlyMap<string, SavedTensor> = new Map();
  #callbacks: readonly Callback[] = [];
  #feed: LossFeed | null = null;
  #delivered = 0;
  #prepared = false;

  protected abstract clock(): number;
  protected abstract makeOptimizer(): Optimizer;
  /** Called with the first batch of every run, before its step. */
  protected abstract prepare(batch: Batch): Promise<void>;
  /** One optimizer step; returns the loss. */
  protected abstract learn(batch: Batch, tell: (hook: StepHookName) => void): Tensor;
  protected abstract validateEpoch(tell: (hook: HookName) => Promise<void>, signal?: AbortSignal): Promise<Validation>;

  /** Runs a plan; `stopped` when a callback or the signal ended it early. */
  async run(plan: FitPlan): Promise<FitOutcome> {
    const resumed = plan.resume === true && this.position !== null;
    const from = (resumed ? this.position : null) ?? { epoch: 0, batch: 0, fitStep: 0 };
    const callbacks = [scheduleHyper(plan.schedule), ...(plan.callbacks ?? [])];
    this.#callbacks = callbacks.sort((a, b) => (a.order ?? 0) - (b.order ?? 0));
    [this.purpose, this.position, this.epochs, this.fitStep] = [plan.purpose, from, plan.epochs, from.fitStep];
    this.optimizer ??= this.makeOptimizer();
    this.#feed = createLossFeed({ clock: () => this.clock() });
    this.#delivered = this.step;
    this.#prepared = false;
    try {
      await this.#tell("beforeFit");
      if (resumed) for (const { name, restore } of callbacks) restore?.(this.callbackStates[name], this.#tensorsOf(name)); // prettier-ignore
      await this.#epochs(from.epoch, plan);
      this.position = null;
      await this.#tell("afterFit");
      return "finished";
    } catch (error) {
      const aborted = plan.signal?.aborted === true && error instanceof Error && error.name === "AbortError";
      if (!(error instanceof CancelFit) && !aborted) throw error;
      await this.deliverAll().catch((late: unknown) => {
        if (!(late instanceof CancelFit)) throw late;
      });
      return "stopped";
    } finally {
      // A stopped fit may go on: what its callbacks hold must outlive them.
      this.callbackTensors = this.position === null ? new Map() : await this.tensorsOfCallbacks();
      this.callbackStates = this.statesOfCallbacks();
      this.#feed.dispose();
      this.#feed = null;
      await this.#tell("cleanupFit");
      this.#callbacks = [];
      this.training = false;
    }
  }

  async #epochs(from: number, { epochs, signal }: FitPlan): Promise<void> {
    try {
      for (this.epoch = from; this.epoch < epochs; this.epoch += 1) await this.#oneEpoch(signal);
    } catch (error) {
      if (!(error instanceof EndFit)) throw error;
    }
  }

  async #oneEpoch(signal: AbortSignal | undefined): Promise<void> {
    const fromBatch = this.position?.batch ?? 0;
    try {
      [this.training, this.validation, this.batch, this.batches] = [true, null, fromBatch, this.data.train.batches];
      await this.#tell("beforeEpoch");
      this.model.train();
      const pace = createPace();
      for await (const batch of this.data.train.epoch(this.dataEpoch, { fromBatch, ...(signal ? { signal } : {}) })) {
        await this.#oneBatch(batch);
        await pace.turn();
        this.#deliver((await this.#feed?.turn()) ?? []);
        if (signal?.aborted) throw new CancelFit();
      }
      if (signal?.aborted) throw new CancelFit();
      await this.deliverAll();
      if (this.purpose === "fit") this.validation = await this.#validate(signal);
    } catch (error) {
      if (!(error instanceof CancelEpoch)) throw error;
      await this.deliverAll();
    }
    this.dataEpoch += 1;
    this.position = { epoch: this.epoch + 1, batch: 0, fitStep: this.fitStep };
    await this.#tell("afterEpoch");
  }

  async #oneBatch(batch: Batch): Promise<void> {
    this.current = batch;
    const before = this.batch;
    try {
      await this.#tell("beforeBatch");
      if (!this.#prepared) await this.prepare(batch);
      this.#prepared = true;
      const loss = this.learn(this.current ?? batch, (hook) => this.#tellNow(hook));
      this.#feed?.push(loss);
      loss.dispose();
      this.step += 1;
      this.#advance();
      await this.#tell("afterBatch");
    } catch (error) {
      if (!(error instanceof CancelBatch)) throw error;
      // Skipped before its step: it counts as done all the same, or the schedule would lag.
      if (this.batch === before) this.#advance();
    } finally {
      const used = this.current ?? batch;
      this.current = null;
      this.criterion = this.loss;
      for (const tensor of new Set([batch, used].flatMap(({ x, y, weight }) => [x, y, weight]))) tensor.dispose();
    }
  }

  #advance(): void {
    this.fitStep += 1;
    this.batch += 1;
    this.position = { epoch: this.epoch, batch: this.batch, fitStep: this.fitStep };
  }

  async #validate(signal: AbortSignal | undefined): Promise<Validation | null> {
    if (!this.data.valid) return null;
    [this.training, this.batch, this.batches] = [false, 0, this.data.valid.batches];
    return await this.validateEpoch((hook) => this.#tell(hook), signal);
  }

  /** Waits for the losses of all steps done so far and tells the callbacks. */
  protected async deliverAll(): Promise<void> {
    this.#deliver((await this.#feed?.flush()) ?? []);
  }

  #deliver(losses: readonly number[]): void {
    if (losses.length === 0) return;
    const first = this.#delivered;
    this.#delivered += losses.length;
    for (const callback of this.#callbacks) callback.afterLosses?.(this, first, losses);
  }

  protected statesOfCallbacks(): Readonly<Record<string, unknown>> {
    if (this.#callbacks.length === 0) return this.callbackStates;
    return Object.fromEntries(this.#callbacks.flatMap(({ name, state }) => (state ? [[name, state()]] : [])));
  }

  #tensorsOf(name: string): ReadonlyMap<string, SavedTensor> {
    const own = [...this.callbackTensors].filter(([key]) => key.startsWith(`${name}.`));
    return new Map(own.map(([key, tensor]) => [key.slice(name.length + 1), tensor]));
  }

  protected async tensorsOfCallbacks(): Promise<ReadonlyMap<string, SavedTensor>> {
    if (this.#callbacks.length === 0) return this.callbackTensors;
    const all = new Map<string, SavedTensor>();
    for (const { name, tensors } of this.#callbacks) {
      for (const [key, tensor] of (await tensors?.()) ?? []) all.set(`${name}.${key}`, tensor);
    }
    return all;
  }

  async #tell(hook: HookName): Promise<void> {
    for (const callback of this.#callbacks) await callback[hook]?.(this);
  }

  #tellNow(hook: StepHookName): void {
    for (const callback of this.#callbacks) callback[hook]?.(this);
  }
}
