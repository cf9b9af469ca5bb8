// What a person can do with the catalogue of public encoders: look, fetch, stop, use, forget.
import { problem } from "../spec/problems";
import { HUB_ENTRIES, type HubState } from "../spec/hub";
import type { ModelActions } from "./modelActions";
import type { StudioContext } from "./studioContext";

export interface HubActions {
  /** Asks the engine what is kept here; nobody else is asked. */
  list(): Promise<void>;
  fetch(id: string): Promise<void>;
  cancel(id: string): void;
  forget(id: string): Promise<void>;
  /** Takes the encoder, its architecture and its normalisation into the recipe. */
  use(id: string): Promise<void>;
  /** One encoder's state has changed. */
  told(state: HubState): void;
}

/** The hub actions of a studio. */
export function hubActions(context: StudioContext, models: Pick<ModelActions, "adopt">): HubActions {
  const { engine, stores, report, guard, page } = context;

  const told = (state: HubState): void =>
    stores.model.setState(({ hub }) => ({
      hub: hub && { ...hub, states: hub.states.map((one) => (one.id === state.id ? state : one)) },
    }));

  const list = async (): Promise<void> => {
    const hub = await guard(() => engine.listHub());
    if (hub) stores.model.setState({ hub });
  };

  const fetchOne = async (id: string): Promise<void> => {
    if (stores.settings.getState().airgap) return report(problem("HUB_OFF", { items: [id] }));
    stores.model.setState(({ fetching }) => ({ fetching: [...fetching, id] }));
    const answer = await guard(() => engine.fetchHub(id));
    stores.model.setState(({ fetching }) => ({ fetching: fetching.filter((one) => one !== id) }));
    if (answer && !answer.ok) report(answer.error, () => void fetchOne(id));
    await list();
  };

  return {
    list,
    told,
    fetch: fetchOne,
    cancel: (id) => void guard(() => engine.cancelHub(id)),
    async forget(id) {
      await guard(() => engine.forgetHub(id));
      await list();
    },
    async use(id) {
      const entry = HUB_ENTRIES.find((one) => one.id === id);
      if (!entry) return;
      const { recipe } = stores.project.getState();
      const fitting =
        recipe.model.arch === entry.arch ? recipe.model : { ...recipe.model, arch: entry.arch, options: {} };
      const answer = await guard(() => engine.useHub({ ...recipe, model: fitting }, id));
      if (answer === null) return;
      if (!answer.ok) return report(answer.error);
      stores.model.setState({ weights: answer.value, proposed: null });
      models.adopt(answer.value, { ...fitting, weights: { kind: "hub", id } });
      page.goTo("model");
    },
  };
}
