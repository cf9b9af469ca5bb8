// The life of a visit: start, open what was kept, take in what is dropped, carry out mending buttons.
import type { MendAction } from "../base/problem";
import { parseRecipe } from "../spec/parseRecipe";
import type { Recipe } from "../spec/recipe";
import { blankRecipe } from "./blankRecipe";
import type { DataActions } from "./dataActions";
import { SOURCE_ROLES, type SourceInput, type SourceRole } from "../spec/source";
import { routeDropped, type Dropped } from "./droppedFiles";
import type { ShownProblem } from "./engineStatus";
import { fileName, type ModelActions } from "./modelActions";
import { carriesRecipe, recipeFromHash } from "../spec/recipeLink";
import type { RunActions } from "./runActions";
import { fromSaved } from "./runs";
import type { StudioContext } from "./studioContext";

export interface SessionActions {
  /** Starts the engine, opens what was kept, looks at the link (`hash`) that led here. */
  start(hash: string): Promise<void>;
  /** Takes in dropped or chosen things, whatever they are. */
  take(dropped: readonly Dropped[]): Promise<void>;
  /** Takes in what was dropped into wells: what it is for is said by the well. */
  takeWells(wells: Readonly<Partial<Record<SourceRole, readonly Dropped[]>>>): Promise<void>;
  /** Offers a recipe from elsewhere; nothing changes before `acceptOffer`. */
  offerRecipe(recipe: Recipe, from: string): void;
  /** Reads a `#r=` link and offers its recipe. */
  openLink(hash: string): Promise<void>;
  acceptOffer(): void;
  declineOffer(): void;
  /** Begins an empty project; the undo history still holds the old recipe. */
  newProject(recipe?: Recipe): void;
  downloadRecipe(): void;
  /** Does what a mending button says. */
  mend(action: MendAction, shown: ShownProblem): void;
  dismiss(id: number): void;
  restartEngine(): Promise<void>;
}

/** Actions of the other groups that this one calls. */
interface Others {
  readonly data: DataActions;
  readonly runs: RunActions;
  readonly models: ModelActions;
}

/** The session actions of a studio. */
export function sessionActions(
  context: StudioContext,
  { data, runs, models }: Others,
  restart?: () => void,
): SessionActions {
  const { engine, stores, page, project, report, guard, newId } = context;

  const startEngine = async (): Promise<void> => {
    stores.status.setState({ phase: "starting" });
    // What there is to choose from needs no GPU, and files may be dropped before there is one.
    const catalog = await guard(() => engine.catalog());
    if (catalog) stores.status.setState({ catalog });
    const device = await guard(
      () => engine.start({ prefer: "webgpu" }),
      () => void startEngine(),
    );
    if (device && !device.ok) report(device.error, () => void startEngine());
    if (!device?.ok) return stores.status.setState({ phase: "failed" });
    stores.status.setState({ phase: "ready", device: device.value });
  };

  const openKept = async (): Promise<void> => {
    const kept = await guard(() => engine.openProject());
    const doc = kept?.project;
    if (doc) {
      const live = doc.runs.some(({ summary }) => summary.runId === kept.kept) ? kept.kept : null;
      stores.runs.setState({ runs: doc.runs.map(fromSaved), current: doc.currentRun, live });
    }
    project.setQuietly({
      ...(doc ? { id: doc.id, recipe: doc.recipe, settled: doc.settled } : {}),
      resumable: kept?.resumable ?? null,
      persistent: kept?.persistent ?? false,
      opened: true,
    });
  };

  const dismiss = (id: number): void =>
    stores.status.setState((state) => ({ problems: state.problems.filter((shown) => shown.id !== id) }));

  const openLink = async (hash: string): Promise<void> => {
    const recipe = await recipeFromHash(hash);
    if (recipe.ok) offerRecipe(recipe.value, "a link");
    else report(recipe.error);
  };

  const offerRecipe = (recipe: Recipe, from: string): void => project.setQuietly({ offered: { recipe, from } });

  const newProject = (recipe: Recipe = blankRecipe(), settled = false): void => {
    stores.runs.setState((state) => ({ runs: [], current: null, live: null, revision: state.revision + 1 }));
    stores.inspection.setState({ interpretation: null, problem: null });
    project.setQuietly({ id: newId(), offered: null, resumable: null });
    project.replaceRecipe(recipe, settled);
  };

  const restartEngine = async (): Promise<void> => {
    restart?.();
    stores.status.setState({ runState: "idle", progress: null });
    stores.runs.setState({ live: null });
    if (stores.status.getState().phase === "failed") await startEngine();
    if (stores.dataset.getState().source === null) await data.restore();
    else await data.prepare();
  };

  const acts: {
    readonly [K in MendAction["do"]]: (action: Extract<MendAction, { do: K }>, shown: ShownProblem) => void;
  } = {
    setRecipe: ({ path, value }) => project.setField(path, value),
    chooseFiles: () => stores.settings.setState({ overlay: "chooser" }),
    reconnect: () => void data.reconnect(),
    openScreen: ({ screen }) => page.goTo(screen),
    takeWeights: ({ fit, values }) => void models.agree({ fit, values }),
    retry: (_action, shown) => shown.retry?.(),
    resume: () => void runs.resume(),
    restartEngine: () => void restartEngine(),
    trySample: ({ id }) => void data.openSample(id),
    showItems: (_action, shown) => stores.settings.setState({ shownItems: shown.problem }),
    download: ({ name, text }) => page.download(name, new Blob([text], { type: "text/plain" })),
    dismiss: () => undefined,
  };

  return {
    async start(hash) {
      await Promise.all([startEngine(), openKept()]);
      if (carriesRecipe(hash)) await openLink(hash);
      // Whoever opened something while the engine was starting has what they want.
      const { source, opening } = stores.dataset.getState();
      if (stores.status.getState().phase === "ready" && source === null && !opening) await data.restore();
    },
    async take(dropped) {
      const route = await routeDropped(dropped);
      if (route.kind === "source") await data.openSource(route.inputs);
      if (route.kind === "weights") await models.importWeights(route.file);
      if (route.kind === "recipe") {
        const recipe = parseRecipe(await route.file.text());
        if (recipe.ok) offerRecipe(recipe.value, route.file.name);
        else report(recipe.error);
      }
    },
    async takeWells(wells) {
      const inputs: SourceInput[] = [];
      for (const role of SOURCE_ROLES) {
        const route = await routeDropped(wells[role] ?? []);
        if (route.kind === "source") inputs.push(...route.inputs.map((input) => ({ ...input, role })));
      }
      if (inputs.length > 0) await data.openSource(inputs);
    },
    offerRecipe,
    openLink,
    acceptOffer() {
      const { offered } = stores.project.getState();
      if (!offered) return;
      newProject(offered.recipe, true);
      const { source } = offered.recipe.data;
      if (source.kind === "sample") void data.openSample(source.hint, offered.recipe);
      else if (stores.dataset.getState().source) void data.prepare();
    },
    declineOffer: () => project.setQuietly({ offered: null }),
    newProject: (recipe) => newProject(recipe),
    downloadRecipe() {
      const { recipe } = stores.project.getState();
      const text = `${JSON.stringify(recipe, null, 2)}\n`;
      page.download(`${fileName(recipe.title)}.recipe.json`, new Blob([text], { type: "application/json" }));
    },
    mend(action, shown) {
      // The table is complete by its type; the compiler cannot pair key and argument through the lookup.
      const act = acts[action.do] as (action: MendAction, shown: ShownProblem) => void;
      if (action.do !== "showItems") dismiss(shown.id);
      act(action, shown);
    },
    dismiss,
    restartEngine,
  };
}
