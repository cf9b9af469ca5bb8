// What a person can do with the model of the recipe: have it described, and begin from weights of their own.
import type { WeightsReport } from "../spec/run";
import { debounce } from "./debounce";
import type { StudioContext } from "./studioContext";

export interface ModelActions {
  /** Builds the summary of the recipe's model; the latest call wins. */
  describe(): Promise<void>;
  /** Takes a `.safetensors` file for the recipe's model and writes its name into the recipe. */
  importWeights(file: File): Promise<WeightsReport | null>;
  /** Saves the trained model as `.safetensors`. */
  exportWeights(): Promise<void>;
  /** Describes again whenever the model changes; returns the end of it. */
  watch(): () => void;
}

const DESCRIBE_MS = 300;

/** The model actions of a studio. */
export function modelActions(context: StudioContext): ModelActions {
  const { engine, stores, page, project, report, guard, timer } = context;
  let turn = 0;

  const describe = async (): Promise<void> => {
    const mine = ++turn;
    stores.model.setState({ describing: true });
    const answer = await guard(() => engine.describeModel(stores.project.getState().recipe));
    if (mine !== turn) return;
    stores.model.setState(
      answer?.ok
        ? { describing: false, summary: answer.value, problem: null }
        : { describing: false, summary: null, problem: answer ? answer.error : null },
    );
  };

  return {
    describe,
    async importWeights(file) {
      const answer = await guard(() => engine.importWeights(stores.project.getState().recipe, file));
      if (answer === null) return null;
      if (!answer.ok) {
        report(answer.error);
        return null;
      }
      stores.model.setState({ weights: answer.value });
      project.setField("model.weights", { kind: "file", name: file.name });
      page.goTo("model");
      return answer.value;
    },
    async exportWeights() {
      const answer = await guard(() => engine.exportWeights());
      if (answer === null) return;
      if (!answer.ok) report(answer.error);
      else page.download(`${fileName(stores.project.getState().recipe.title)}.safetensors`, answer.value);
    },
    watch() {
      const again = debounce(DESCRIBE_MS, () => void describe(), timer);
      const stopProject = stores.project.subscribe((state, before) => {
        const { recipe, opened } = state;
        const same =
          opened === before.opened && recipe.model === before.recipe.model && recipe.data === before.recipe.data;
        if (opened && !same) again();
      });
      // The number of classes is known only from the data.
      const stopData = stores.dataset.subscribe((state, before) => {
        if (state.report !== before.report && state.report) again();
      });
      return () => {
        stopProject();
        stopData();
        again.cancel();
      };
    },
  };
}

/** A title as the stem of a file name: letters, digits and dashes. */
export function fileName(title: string): string {
  const stem = title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "");
  return stem === "" ? "model" : stem.slice(0, 60);
}
