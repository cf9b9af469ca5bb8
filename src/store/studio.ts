// The studio: an engine, the small stores around it, and what a person can do. No React, no DOM.
import { toProblem } from "../base/problem";
import type { Engine } from "../rpc/protocol";
import { autosave } from "./autosave";
import { createCollectionStore } from "./collection";
import { dataActions, type DataActions } from "./dataActions";
import { createDatasetStore } from "./dataset";
import { realTimer, type Timer } from "./debounce";
import { addProblem, createEngineStatusStore } from "./engineStatus";
import { createExplorerStore } from "./explorer";
import { explorerActions, type ExplorerActions } from "./explorerActions";
import { hubActions, type HubActions } from "./hubActions";
import { createInspectionStore } from "./inspection";
import { createModelStore } from "./model";
import { modelActions, type ModelActions } from "./modelActions";
import { createProjectStore, projectActions } from "./project";
import { receiveEvents } from "./receiveEvents";
import { runActions, type RunActions } from "./runActions";
import { createRunsStore } from "./runs";
import { sessionActions, type SessionActions } from "./sessionActions";
import { createSettingsStore, type KeptStrings } from "./settings";
import type { PageSide, StudioContext, StudioStores } from "./studioContext";

export interface StudioOptions {
  readonly engine: Engine;
  readonly page: PageSide;
  /** Ends the engine's worker and starts a fresh one. */
  readonly restart?: () => void;
  readonly kept?: KeptStrings | null;
  readonly timer?: Timer;
  readonly newId?: () => string;
}

export interface Studio extends StudioContext {
  readonly data: DataActions;
  readonly runs: RunActions;
  readonly models: ModelActions;
  readonly hub: HubActions;
  readonly session: SessionActions;
  readonly explorer: ExplorerActions;
  /** Stops listening and saving. */
  dispose(): void;
}

/** Wires engine and stores; nothing is asked of the engine before `session.start()`. */
export function createStudio(options: StudioOptions): Studio {
  const { engine, page, timer = realTimer, kept = null } = options;
  const newId = options.newId ?? (() => crypto.randomUUID());
  const stores: StudioStores = {
    project: createProjectStore(newId()),
    dataset: createDatasetStore(),
    runs: createRunsStore(),
    model: createModelStore(),
    inspection: createInspectionStore(),
    explorer: createExplorerStore(),
    status: createEngineStatusStore(),
    settings: createSettingsStore(kept),
    collection: createCollectionStore(),
  };
  let problems = 0;
  const report: StudioContext["report"] = (problem, retry) => {
    problems += 1;
    const id = problems;
    stores.status.setState((state) => ({ problems: addProblem(state.problems, problem, id, retry ?? null) }));
  };
  const base: StudioContext = {
    engine,
    stores,
    page,
    timer,
    newId,
    project: projectActions(stores.project, timer.now),
    report,
    async guard(act, retry) {
      try {
        return await act();
      } catch (thrown) {
        report(toProblem(thrown), retry);
        return null;
      }
    },
  };
  const data = dataActions(base);
  const models = modelActions(base);
  const hub = hubActions(base, models);
  const runs = runActions(base);
  const session = sessionActions(base, { data, runs, models }, options.restart);
  const explorer = explorerActions(base);
  const stops = [receiveEvents(base, engine, hub.told), autosave(base), data.watch(), models.watch(), explorer.watch()];
  return {
    ...base,
    data,
    runs,
    models,
    hub,
    session,
    explorer,
    dispose: () => stops.forEach((stop) => stop()),
  };
}
