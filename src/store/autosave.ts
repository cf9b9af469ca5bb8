// Keeps the project: every change is saved 300 ms after the last one, and never before the kept one was read.
import type { ProjectDoc } from "../spec/project";
import { debounce } from "./debounce";
import { toSaved } from "./runs";
import type { StudioContext } from "./studioContext";

const SAVE_MS = 300;

/** Watches project and runs; returns the end of it, which saves what still waits. */
export function autosave(context: StudioContext): () => void {
  const { engine, stores, timer, project, report, guard } = context;
  let sequence = 0;
  let again = false;
  let busy = false;

  const document = (): ProjectDoc => {
    const { id, recipe, settled } = stores.project.getState();
    const { runs, current } = stores.runs.getState();
    sequence += 1;
    return { version: 1, id, recipe, settled, runs: runs.map(toSaved), currentRun: current, sequence };
  };

  const save = async (): Promise<void> => {
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    project.setQuietly({ saving: "saving" });
    const answer = await guard(() => engine.saveProject(document()));
    busy = false;
    if (answer?.ok) sequence = Math.max(sequence, answer.value.sequence);
    if (answer && !answer.ok) report(answer.error);
    project.setQuietly({ saving: answer?.ok ? "saved" : "failed" });
    if (again) {
      again = false;
      await save();
    }
  };

  const soon = debounce(SAVE_MS, () => void save(), timer);
  const request = (): void => {
    if (!stores.project.getState().opened) return;
    if (stores.project.getState().saving !== "waiting") project.setQuietly({ saving: "waiting" });
    soon();
  };
  const stops = [
    stores.project.subscribe((state, before) => {
      // The change that says "opened" brings the kept project itself.
      if (!before.opened) return;
      if (state.recipe !== before.recipe || state.settled !== before.settled || state.id !== before.id) request();
    }),
    stores.runs.subscribe((state, before) => {
      if (state.revision !== before.revision) request();
    }),
  ];
  return () => {
    stops.forEach((stop) => stop());
    soon.flush();
  };
}
