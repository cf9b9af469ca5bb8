// Why nothing of the trained model can be saved just now, in words; null when it can.
import { useRuns, useStatus } from "../../hooks/useStudio";

/** The engine must hold a model that has learned something, and be free. */
export function useWhyNoModel(): string | null {
  const live = useRuns((state) => state.runs.find((run) => run.id === state.live) ?? null);
  const runState = useStatus((state) => state.runState);
  if (runState === "running" || runState === "stopping") return "A run is going. Pause it, or stop and keep it, first.";
  if (live === null || live.steps === 0) return "There is no trained model yet: train first.";
  return null;
}
