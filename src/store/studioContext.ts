// What every group of actions works with: the engine, the stores, the page around them, time and names.
import type { Problem } from "../base/problem";
import type { EngineApi } from "../rpc/protocol";
import type { CollectionStore } from "./collection";
import type { DatasetStore } from "./dataset";
import type { Timer } from "./debounce";
import type { EngineStatusStore } from "./engineStatus";
import type { ExplorerStore } from "./explorer";
import type { InspectionStore } from "./inspection";
import type { ModelStore } from "./model";
import type { ProjectActions, ProjectStore } from "./project";
import type { RunsStore } from "./runs";
import type { ScreenId, SettingsStore } from "./settings";

/** What the studio asks of the page around it. */
export interface PageSide {
  goTo(screen: ScreenId): void;
  /** Offers a file to keep. */
  download(name: string, blob: Blob): void;
  /** Asks again for a kept folder; must be called on a click. */
  askPermission(handle: FileSystemDirectoryHandle): Promise<boolean>;
}

export interface StudioStores {
  readonly project: ProjectStore;
  readonly dataset: DatasetStore;
  readonly runs: RunsStore;
  readonly model: ModelStore;
  readonly inspection: InspectionStore;
  readonly explorer: ExplorerStore;
  readonly status: EngineStatusStore;
  readonly settings: SettingsStore;
  readonly collection: CollectionStore;
}

export interface StudioContext {
  readonly engine: EngineApi;
  readonly stores: StudioStores;
  readonly page: PageSide;
  readonly timer: Timer;
  readonly newId: () => string;
  readonly project: ProjectActions;
  /** Shows a problem as a card, with what "try again" would do. */
  report(problem: Problem, retry?: () => void): void;
  /** Runs an engine call; a crash of ours becomes a card and null. */
  guard<T>(act: () => Promise<T>, retry?: () => void): Promise<T | null>;
}
