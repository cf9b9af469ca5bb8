// What a person can do with data: open, guess, prepare, look.
import { RECIPES } from "../spec/recipes";
import type { DataReport, Guess, PreviewRequest } from "../spec/dataReport";
import type { Recipe } from "../spec/recipe";
import type { SourceInput } from "../spec/source";
import { blankRecipe, withGuess } from "./blankRecipe";
import { debounce } from "./debounce";
import { evenedOut } from "./evening";
import { FIRST_REQUEST } from "./dataset";
import { startingBatch } from "./startingBatch";
import type { StudioContext } from "./studioContext";

/** What to look at next; `item: null` goes back to a whole batch. */
export type PreviewChange = Partial<Omit<PreviewRequest, "item">> & { readonly item?: number | null };

export interface DataActions {
  /** Indexes what was given in place of what was there, and guesses how to read it. */
  openSource(inputs: readonly SourceInput[]): Promise<boolean>;
  /** Says how many files were found in what was dropped; `openSource` follows. */
  scanning(files: number): void;
  /** Stops reading what is being opened; what was open stays. */
  cancelOpening(): Promise<void>;
  /** Draws a built-in sample and takes its recipe (or the given one); ready to train when it resolves. */
  openSample(id: string, recipe?: Recipe): Promise<boolean>;
  /** Accepts the guess that is shown, or takes over another one. */
  acceptGuess(id: string): void;
  /** Builds the block of the recipe now; the latest call wins. */
  prepare(): Promise<void>;
  /** Another split, another draw, one item nine times … */
  look(change: PreviewChange): Promise<void>;
  walk(item: number): Promise<void>;
  /** Opens the kept folder again; asks for permission, so it must be called on a click. */
  reconnect(): Promise<void>;
  /** After start: reads the kept folder or draws the sample again, silently. */
  restore(): Promise<void>;
  /** Prepares again whenever the recipe's data change; returns the end of it. */
  watch(): () => void;
}

const PREPARE_MS = 250;

/** Whether two recipes build the same data block; parts that were not edited are shared. */
function sameBlock(a: Recipe, b: Recipe): boolean {
  const evening = evenedOut(a.train.callbacks) === evenedOut(b.train.callbacks);
  return a.data === b.data && a.task === b.task && a.seed === b.seed && evening;
}

/** The data actions of a studio. */
export function dataActions(context: StudioContext): DataActions {
  const { engine, stores, page, project, report, guard } = context;
  const { dataset } = stores;
  let prepareTurn = 0;
  /** The recipe that the block was last built from, and whether that still goes on. */
  let prepared: Recipe | null = null;
  let running = false;
  /** The batch size of a recipe that nobody has settled, until it was held beside the data. */
  let unchosen: number | null = null;
  let previewTurn = 0;
  let walkTurn = 0;

  const takeGuess = (guess: Guess, settled: boolean): void => {
    const recipe = withGuess(
      stores.project.getState().recipe,
      guess,
      dataset.getState().source?.name ?? "",
      stores.status.getState().catalog,
    );
    if (settled) project.replaceRecipe(recipe, true);
    else project.setQuietly({ recipe, settled: false });
    dataset.setState({ guess: settled ? null : guess.id });
  };

  const refresh = async (): Promise<void> => {
    const turn = ++previewTurn;
    dataset.setState({ previewing: true });
    const previews = await guard(() => engine.preview(dataset.getState().request));
    if (turn !== previewTurn) {
      previews?.forEach(({ image }) => image.close());
      return;
    }
    const old = dataset.getState().previews;
    dataset.setState({ previewing: false, previews: previews ?? [] });
    old.forEach(({ image }) => image.close());
    const first = previews?.[0]?.item;
    const walked = dataset.getState().walked;
    // Texts have no picture, and can be walked all the same.
    if (walked === null || dataset.getState().walk.length === 0) await walk(walked ?? first ?? 0);
  };

  const walk = async (item: number): Promise<void> => {
    const turn = ++walkTurn;
    dataset.setState({ walked: item });
    const steps = await guard(() => engine.walk(item));
    if (turn !== walkTurn || steps === null) return;
    const old = dataset.getState().walk;
    dataset.setState({ walk: steps });
    old.forEach(({ image }) => image?.close());
  };

  const canShow = (answer: DataReport): boolean => answer.items > 0 && answer.train + answer.valid > 0;

  /** Makes a batch that nobody has chosen fit a small training set, however soon a guess was taken. */
  const fitBatch = async (answer: DataReport): Promise<boolean> => {
    const { recipe } = stores.project.getState();
    const { batchSize } = recipe.data;
    const free = unchosen === batchSize && answer.train > 0;
    unchosen = null;
    const fitting = startingBatch(batchSize, answer.train);
    if (!free || fitting === batchSize) return false;
    project.setQuietly({ recipe: { ...recipe, data: { ...recipe.data, batchSize: fitting } } });
    await prepare();
    return true;
  };

  const prepare = async (): Promise<void> => {
    if (dataset.getState().source === null) return;
    const turn = ++prepareTurn;
    const { recipe } = stores.project.getState();
    prepared = recipe;
    running = true;
    dataset.setState({ preparing: true });
    const answer = await guard(() => engine.prepare(recipe));
    if (turn !== prepareTurn) return;
    running = false;
    dataset.setState({ preparing: false, loading: null, ...(answer ? { report: answer } : {}) });
    if (!answer || (await fitBatch(answer))) return;
    if (!canShow(answer)) {
      // Nothing to draw, but the walk says where the block stops.
      dataset.setState({ walk: [] });
      await walk(0);
      return;
    }
    const { item: _item, ...request } = dataset.getState().request;
    const empty = request.split === "valid" ? answer.valid === 0 : answer.train === 0;
    const split = empty ? (answer.train > 0 ? "train" : "valid") : request.split;
    dataset.setState({ request: { ...request, split, count: FIRST_REQUEST.count }, walked: null, walk: [] });
    await refresh();
  };

  /** Lets go of everything that was drawn of another source. */
  const clearPictures = (): void => {
    previewTurn += 1;
    walkTurn += 1;
    const { previews, walk: steps } = dataset.getState();
    dataset.setState({ previews: [], previewing: false, walk: [], walked: null, request: FIRST_REQUEST });
    for (const { image } of [...previews, ...steps]) image?.close();
  };

  /** A run has decoded every file: which ones are damaged is known only now. A run that changed the size has another block. */
  const recount = async (): Promise<void> => {
    const { recipe } = stores.project.getState();
    if (dataset.getState().source === null || prepared === null || !sameBlock(prepared, recipe)) return;
    if (recipe.train.stages.some((stage) => stage.do === "setSize")) return;
    const turn = prepareTurn;
    const answer = await guard(() => engine.prepare(recipe));
    if (answer && turn === prepareTurn) dataset.setState({ report: answer });
  };

  const endOpening = (): void => {
    const { peek } = dataset.getState();
    dataset.setState({ opening: false, loading: null, peek: [] });
    for (const { image } of peek) image.close();
  };

  /** Asks what lies in the source, to offer names in the forms. */
  const describe = async (): Promise<void> => {
    const { source } = dataset.getState();
    const outline = await guard(() => engine.outline());
    if (dataset.getState().source === source) dataset.setState({ outline });
  };

  const open = async (inputs: readonly SourceInput[]): Promise<boolean> => {
    dataset.setState({ opening: true, loading: null });
    stores.status.setState({ problems: [] });
    const opened = await guard(
      () => engine.openSource(inputs),
      () => void openSource(inputs),
    );
    endOpening();
    if (opened === null) return false;
    if (!opened.ok) {
      // Whoever stopped it knows.
      if (opened.error.code === "SOURCE_STOPPED") return false;
      report(opened.error, () => void openSource(inputs));
      return false;
    }
    clearPictures();
    dataset.setState({ source: opened.value, reconnect: null, guesses: [], outline: null, guess: null, report: null });
    void describe();
    return true;
  };

  /** Asks how to read the source; the best answer is taken while nobody has settled the recipe. */
  const guessAnew = async (): Promise<Guess | undefined> => {
    const guesses = (await guard(() => engine.guess())) ?? [];
    dataset.setState({ guesses });
    const best = guesses[0];
    if (best && !stores.project.getState().settled) takeGuess(best, false);
    const { settled, recipe } = stores.project.getState();
    unchosen = settled ? null : recipe.data.batchSize;
    return best;
  };

  /** While nobody has settled the recipe, a batch larger than the training set is made to fit without asking. */
  const openSource = async (inputs: readonly SourceInput[]): Promise<boolean> => {
    if (!(await open(inputs))) return false;
    page.goTo("data");
    // A sample's recipe belongs to its drawn files: other files begin with fast.ai's defaults.
    if (stores.project.getState().recipe.data.source.kind === "sample") project.replaceRecipe(blankRecipe(), false);
    const best = await guessAnew();
    await prepare();
    const answer = dataset.getState().report;
    if (best && answer && !answer.ready && stores.project.getState().settled) {
      // The recipe was made for other files; one undo brings it back.
      project.replaceRecipe(stores.project.getState().recipe, false);
      takeGuess(best, false);
      unchosen = stores.project.getState().recipe.data.batchSize;
      await prepare();
    }
    return true;
  };

  return {
    openSource,
    scanning: (done) => dataset.setState({ opening: true, loading: { phase: "scanning", done, total: null } }),
    async cancelOpening() {
      await guard(() => engine.cancelOpening());
    },
    async openSample(id, own) {
      const entry = stores.status.getState().catalog?.samples.find((sample) => sample.id === id);
      const recipe = own ?? RECIPES[entry?.recipe ?? id];
      if (!recipe || !(await open([{ kind: "sample", id }]))) return false;
      project.replaceRecipe(recipe, true);
      page.goTo("data");
      await prepare();
      return true;
    },
    acceptGuess(id) {
      const guess = dataset.getState().guesses.find((candidate) => candidate.id === id);
      if (guess) takeGuess(guess, true);
    },
    prepare,
    async look(change) {
      const { item, ...request } = { ...dataset.getState().request, ...change };
      dataset.setState({ request: typeof item === "number" ? { ...request, item } : request });
      await refresh();
    },
    walk,
    async reconnect() {
      const waiting = dataset.getState().reconnect;
      if (waiting === null || !(await page.askPermission(waiting.handle))) return;
      await openSource([{ kind: "directory", handle: waiting.handle }]);
    },
    async restore() {
      const kept = await guard(() => engine.reconnect());
      const { settled, recipe } = stores.project.getState();
      const { source } = recipe.data;
      if (kept?.source) {
        dataset.setState({ source: kept.source });
        void describe();
        // The page was left before what was guessed of these files was kept.
        if (!settled && source.hint !== kept.source.name) await guessAnew();
        await prepare();
      } else if (source.kind === "sample") {
        if (await open([{ kind: "sample", id: source.hint }])) await prepare();
      } else if (kept?.handle) {
        dataset.setState({ reconnect: { name: kept.handle.name, handle: kept.handle } });
      }
    },
    watch() {
      const again = debounce(
        PREPARE_MS,
        () => {
          // Prepared meanwhile by hand, or changed there and back.
          if (prepared && sameBlock(prepared, stores.project.getState().recipe))
            dataset.setState({ preparing: running });
          else void prepare();
        },
        context.timer,
      );
      const stop = stores.project.subscribe(({ recipe }, { recipe: before }) => {
        if (sameBlock(recipe, before) || dataset.getState().source === null) return;
        // Shows at once that what is seen is out of date.
        dataset.setState({ preparing: true });
        again();
      });
      const stopRuns = stores.status.subscribe(({ runState }, before) => {
        if (runState === "idle" && before.runState !== "idle") void recount();
      });
      return () => {
        stop();
        stopRuns();
        again.cancel();
      };
    },
  };
}
