// The project: the recipe as the single source, with undo, and what is known about its keeping.
import { produce } from "immer";
import { temporal } from "zundo";
import { createStore } from "zustand/vanilla";
import type { ResumableRun } from "../spec/project";
import type { Recipe } from "../spec/recipe";
import { setPath } from "../spec/recipePath";
import { blankRecipe } from "./blankRecipe";

export interface ProjectState {
  readonly id: string;
  readonly recipe: Recipe;
  /** A person has accepted or changed the guess. */
  readonly settled: boolean;
  /** The kept project was read; before that nothing is written. */
  readonly opened: boolean;
  readonly persistent: boolean;
  readonly saving: "idle" | "waiting" | "saving" | "saved" | "failed";
  /** A run that was cut off and can go on. */
  readonly resumable: ResumableRun | null;
  /** A recipe from a link or file that waits for a yes. */
  readonly offered: { readonly recipe: Recipe; readonly from: string } | null;
}

/** The undoable part. */
export type Undoable = Pick<ProjectState, "recipe" | "settled">;

/** Edits to the same `merge` key within this time are one undo step (a dragged slider, typed text). */
const MERGE_MS = 800;

/** The project store: zustand with zundo's `temporal` store beside it. */
export function createProjectStore(id: string) {
  return createStore<ProjectState>()(
    temporal<ProjectState, [], [], Undoable>(
      () => ({
        id,
        recipe: blankRecipe(),
        settled: false,
        opened: false,
        persistent: true,
        saving: "idle",
        resumable: null,
        offered: null,
      }),
      {
        limit: 200,
        partialize: ({ recipe, settled }): Undoable => ({ recipe, settled }),
        equality: (past, now) => past.recipe === now.recipe && past.settled === now.settled,
      },
    ),
  );
}

export type ProjectStore = ReturnType<typeof createProjectStore>;

export interface ProjectActions {
  /** Changes the recipe by an immer draft; a `merge` key joins quick edits into one undo step. */
  edit(change: (draft: Recipe) => void, merge?: string): void;
  /** Sets one field by its dotted path, e.g. `data.batchSize`; same path in quick succession is one undo step. */
  setField(path: string, value: unknown): void;
  replaceRecipe(recipe: Recipe, settled: boolean): void;
  /** Sets state that undo does not know (or forgets what is new when a project is loaded). */
  setQuietly(state: Partial<ProjectState>): void;
  undo(): void;
  redo(): void;
}

/** What may be done to the project; `now` in milliseconds. */
export function projectActions(store: ProjectStore, now: () => number): ProjectActions {
  let last = { key: "", at: -Infinity };

  const set = (state: Partial<ProjectState>, merge: string): void => {
    const history = store.temporal.getState();
    const joins = merge !== "" && merge === last.key && now() - last.at < MERGE_MS;
    last = { key: merge, at: now() };
    if (joins) history.pause();
    store.setState(state);
    if (joins) history.resume();
  };
  const step = (move: "undo" | "redo"): void => {
    last = { key: "", at: -Infinity };
    store.temporal.getState()[move]();
  };

  return {
    edit(change, merge = "") {
      const recipe = produce(store.getState().recipe, change);
      if (recipe !== store.getState().recipe) set({ recipe }, merge);
    },
    setField(path, value) {
      set({ recipe: setPath(store.getState().recipe, path, value) as Recipe }, path);
    },
    replaceRecipe: (recipe, settled) => set({ recipe, settled }, ""),
    setQuietly(state) {
      const history = store.temporal.getState();
      history.pause();
      store.setState(state);
      history.resume();
    },
    undo: () => step("undo"),
    redo: () => step("redo"),
  };
}
