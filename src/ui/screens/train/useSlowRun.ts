// The runs without their steps: what changes once an epoch, for all that need not draw four times a second.
import { useMemo } from "react";
import type { Run } from "../../../store/runs";
import { useRuns, useStudio } from "../../hooks/useStudio";

export type SlowRun = Omit<Run, "rows" | "steps">;

/** The current run; the same object until something besides its steps changes. */
export function useSlowRun(): SlowRun | null {
  const found = useRuns((state): Partial<SlowRun> => {
    const run = state.runs.find(({ id }) => id === state.current);
    if (!run) return {};
    const { rows: _rows, steps: _steps, ...slow } = run;
    return slow;
  });
  return found.id === undefined ? null : (found as SlowRun);
}

/** All runs; a new list only when one is added, renamed, shown, pinned, or has another epoch. */
export function useSlowRuns(): readonly Run[] {
  const { stores } = useStudio();
  const key = useRuns((state) =>
    state.runs
      .map((run) => [run.id, run.name, run.hidden, run.pinned, run.epochs.length, run.epochs.at(-1)?.step].join("|"))
      .join("\n"),
  );
  // oxlint-disable-next-line react/exhaustive-deps -- `key` stands for what matters of the list
  return useMemo(() => stores.runs.getState().runs, [stores, key]);
}
