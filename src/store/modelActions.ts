// What a person can do with the model of the recipe: have it described, and begin from weights of their own.
import { problem } from "../spec/problems";
import type { ModelSpec } from "../spec/recipe";
import type { WeightsConsent, WeightsReport } from "../spec/run";
import { debounce } from "./debounce";
import type { StudioContext } from "./studioContext";

export interface ModelActions {
  /** Builds the summary of the recipe's model; the latest call wins. */
  describe(): Promise<void>;
  /**
   * Fits a weight file to the recipe's model. What fits wholly is taken, and its name and normalisation go into the
   * recipe; what fits in part is proposed and waits for consent.
   */
  importWeights(file: File, consent?: WeightsConsent): Promise<WeightsReport | null>;
  /** Takes the last file with this consent. */
  agree(consent: WeightsConsent): Promise<void>;
  /** Fits the last file anew, for example to another architecture. */
  again(): Promise<void>;
  /** Leaves the proposed file. */
  decline(): void;
  /** The recipe takes over the model that names the weights and, where it is known, their normalisation. */
  adopt(report: WeightsReport, model: ModelSpec): void;
  /** Back to random numbers. */
  dropWeights(): void;
  /** Saves the trained model as `.safetensors`. */
  exportWeights(): Promise<void>;
  /** Saves the predicted masks of the validation set as a zip of PNGs. */
  exportMasks(): Promise<void>;
  /** Describes again whenever the model changes; returns the end of it. */
  watch(): () => void;
}

const DESCRIBE_MS = 300;

/** The model actions of a studio. */
export function modelActions(context: StudioContext): ModelActions {
  const { engine, stores, page, project, report, guard, timer } = context;
  let turn = 0;
  let last: File | null = null;
  /** The file whose NaN were agreed to. */
  let forced: File | null = null;

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

  /** One step of undo; says what it did about the normalisation. */
  const adopt = ({ name, preprocessing }: WeightsReport, model: ModelSpec): void => {
    const before = stores.project.getState().recipe.data.normalize;
    const known = stores.status.getState().catalog?.normalizations.find(({ id }) => id === preprocessing?.normalize);
    project.edit((draft) => {
      draft.model = model;
      if (known) draft.data.normalize = known.id;
    });
    if (!known || known.id === before) return;
    const said = preprocessing?.source === "stated" ? "were trained on" : "were probably trained on";
    report(
      problem("WEIGHTS_PREPROCESSING", {
        detail: `${name}: these weights ${said} pictures normalised as “${known.label}”, so the recipe does the same now.`,
        mend: [
          { label: "All right", action: { do: "dismiss" } },
          { label: `Back to “${before}”`, action: { do: "setRecipe", path: "data.normalize", value: before } },
        ],
      }),
    );
  };

  const importWeights: ModelActions["importWeights"] = async (file, consent = { fit: "whole", values: "finite" }) => {
    last = file;
    const answer = await guard(() => engine.importWeights(stores.project.getState().recipe, file, consent));
    if (answer === null) return null;
    if (!answer.ok) {
      report(answer.error);
      return null;
    }
    for (const note of answer.value.problems) report(note);
    if (answer.value.taken) {
      stores.model.setState({ weights: answer.value, proposed: null });
      const { fit } = consent;
      const weights = { kind: "file", name: file.name, ...(fit === "whole" ? {} : { fit }) } as const;
      adopt(answer.value, { ...stores.project.getState().recipe.model, weights });
    } else stores.model.setState({ proposed: answer.value });
    page.goTo("model");
    return answer.value;
  };

  return {
    describe,
    importWeights,
    adopt,
    async agree(consent) {
      if (consent.values === "any") forced = last;
      if (last) await importWeights(last, { ...consent, values: forced === last ? "any" : consent.values });
    },
    async again() {
      if (last) await importWeights(last);
    },
    decline: () => stores.model.setState({ proposed: null }),
    dropWeights() {
      project.setField("model.weights", { kind: "none" });
      stores.model.setState({ weights: null, proposed: null });
    },
    async exportWeights() {
      const answer = await guard(() => engine.exportWeights());
      if (answer === null) return;
      if (!answer.ok) report(answer.error);
      else page.download(`${fileName(stores.project.getState().recipe.title)}.safetensors`, answer.value);
    },
    async exportMasks() {
      const answer = await guard(() => engine.exportMasks());
      if (answer === null) return;
      if (!answer.ok) report(answer.error);
      else page.download(`${fileName(stores.project.getState().recipe.title)}.masks.zip`, answer.value);
    },
    watch() {
      const again = debounce(DESCRIBE_MS, () => void describe(), timer);
      const stopProject = stores.project.subscribe((state, before) => {
        const { recipe, opened } = state;
        const same =
          opened === before.opened &&
          recipe.model === before.recipe.model &&
          recipe.data === before.recipe.data &&
          recipe.train.memory === before.recipe.train.memory &&
          recipe.train.stages === before.recipe.train.stages;
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
