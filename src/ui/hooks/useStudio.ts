// The studio and its stores, for components.
import { createContext, use } from "react";
import { useStore } from "zustand";
import { useShallow } from "zustand/react/shallow";
import type { DatasetState } from "../../store/dataset";
import type { EngineStatusState } from "../../store/engineStatus";
import type { ExplorerState } from "../../store/explorer";
import type { InspectionState } from "../../store/inspection";
import type { ModelState } from "../../store/model";
import type { ProjectState } from "../../store/project";
import { type Run, type RunsState } from "../../store/runs";
import type { SettingsState } from "../../store/settings";
import type { Studio } from "../../store/studio";
import { whyNotTrain } from "../../store/whyNotTrain";

export const StudioContext = createContext<Studio | null>(null);

/** The studio: actions and stores. */
export function useStudio(): Studio {
  const studio = use(StudioContext);
  if (!studio) throw new Error("no studio above this component");
  return studio;
}

/** A part of the project, compared shallowly: `useProject((p) => p.recipe.data)`. */
export function useProject<T>(select: (state: ProjectState) => T): T {
  return useStore(useStudio().stores.project, useShallow(select));
}

export function useDataset<T>(select: (state: DatasetState) => T): T {
  return useStore(useStudio().stores.dataset, useShallow(select));
}

export function useRuns<T>(select: (state: RunsState) => T): T {
  return useStore(useStudio().stores.runs, useShallow(select));
}

export function useModel<T>(select: (state: ModelState) => T): T {
  return useStore(useStudio().stores.model, useShallow(select));
}

export function useInspection<T>(select: (state: InspectionState) => T): T {
  return useStore(useStudio().stores.inspection, useShallow(select));
}

export function useExplorer<T>(select: (state: ExplorerState) => T): T {
  return useStore(useStudio().stores.explorer, useShallow(select));
}

export function useStatus<T>(select: (state: EngineStatusState) => T): T {
  return useStore(useStudio().stores.status, useShallow(select));
}

export function useSettings<T>(select: (state: SettingsState) => T): T {
  return useStore(useStudio().stores.settings, useShallow(select));
}

/** The run that screens show. */
export function useCurrentRun(): Run | null {
  return useRuns((state) => state.runs.find((run) => run.id === state.current) ?? null);
}

/** Whether there is something to undo or to redo. */
export function useHistory(): { readonly canUndo: boolean; readonly canRedo: boolean } {
  const { temporal } = useStudio().stores.project;
  return useStore(
    temporal,
    useShallow((state) => ({ canUndo: state.pastStates.length > 0, canRedo: state.futureStates.length > 0 })),
  );
}

/** Why training cannot begin, in words; null when it can. */
export function useWhyNotTrain(): string | null {
  const project = useProject(({ recipe, opened }) => ({ recipe, opened }));
  const data = useDataset(({ source, opening, preparing, report, reconnect }) => ({
    source,
    opening,
    preparing,
    report,
    reconnect,
  }));
  const model = useModel(({ problem }) => ({ problem }));
  const status = useStatus(({ phase, runState }) => ({ phase, runState }));
  return whyNotTrain(project, data, model, status);
}
