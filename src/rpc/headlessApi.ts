// What the headless page (`src/headless.ts`) offers to the headless runner (`bin/`), as types only.
import type { Problem } from "../base/problem";
import type { DataReport } from "../spec/dataReport";
import type { DeviceReport } from "../spec/device";
import type { Recipe } from "../spec/recipe";
import type {
  ClassInterpretation,
  Interpretation,
  MaskInterpretation,
  RunSummary,
  ValueInterpretation,
} from "../spec/run";
import type { EngineEvent } from "./protocol";

/** What to train, on the directory or archive that was dropped on the page before (none for a sample). */
export interface HeadlessRequest {
  /** A recipe document, or the name of a built-in recipe. */
  readonly recipe: unknown;
  /** `--set path=value`, in order; the value is JSON already read, or the plain text. */
  readonly sets: readonly (readonly [path: string, value: unknown])[];
  /** Whether the predicted masks of a segmentation are wanted as files too. */
  readonly masks?: boolean;
}

type Listed<I extends Interpretation, Lists extends keyof I> = Pick<I, "task" | "vocab" | "paths"> & {
  readonly [Key in Lists]: readonly number[];
};

/** Predictions on the validation set as plain lists, for the way out of the page. */
export type HeadlessPredictions =
  | Listed<ClassInterpretation, "items" | "losses" | "targets" | "probabilities">
  | (Listed<MaskInterpretation, "items" | "losses" | "confusion"> & Pick<MaskInterpretation, "size">)
  | Listed<ValueInterpretation, "items" | "losses" | "targets" | "values" | "frames">;

/** How it went: what came before a problem is there even when there is a problem. */
export interface HeadlessResult {
  readonly problem: Problem | null;
  /** Fully resolved: names looked up, fields set, defaults filled in. */
  readonly recipe: Recipe | null;
  readonly device: DeviceReport | null;
  readonly data: DataReport | null;
  readonly summary: RunSummary | null;
  readonly predictions: HeadlessPredictions | null;
  /** Bytes of the `.safetensors` file that `weights` hands out. */
  readonly weightBytes: number;
  /** Bytes of the zip that `masks` hands out; 0 where none was wanted. */
  readonly maskBytes: number;
  /** Seconds by part of the work, e.g. `start`, `prepare`, `train`, `interpret`. */
  readonly seconds: Readonly<Record<string, number>>;
}

/** What goes to `window.__glasshouse_event(json)` as it comes: the resolved recipe first, then the engine's events. */
export type HeadlessEvent = { readonly type: "recipe"; readonly recipe: Recipe } | EngineEvent;

/** `window.glasshouse` in the headless page. */
export interface HeadlessApi {
  train(request: HeadlessRequest): Promise<HeadlessResult>;
  /** A part of the trained weights as base64. */
  weights(offset: number, length: number): Promise<string>;
  /** A part of the zip of predicted masks as base64. */
  masks(offset: number, length: number): Promise<string>;
}
