// What both versions of fastai have in common: functions that find the answer of a picture, transforms, metrics.
import { getTransforms, type TransformArguments } from "../getTransforms";
import type { Choice, Recipe, Task } from "../recipe";
import { arrayReader } from "./arrays";
import { maskLines } from "./masks";
import { args, below, number, raw, template, text } from "./python";
import { seriesLines } from "./series";

/** Lines before the block: the folder, the classes, and how an item's answer is found. */
export function preamble(recipe: Recipe, endings: readonly string[]): string[] {
  const { data } = recipe;
  const { labels, source, split } = data;
  const lines = [`path = Path(${text(source.hint === "" ? "data" : source.hint)})`];
  lines.push(...maskLines(recipe), ...arrayReader(recipe, endings));
  if (labels.kind === "pose")
    lines.push(
      "",
      "def get_centre(x):",
      `    cal = np.genfromtxt(${template(labels.calibration, undefined)}, skip_footer=6)`,
      `    x, y, z = np.genfromtxt(${template(labels.template, labels.strip)}, skip_header=3)`,
      "    return tensor([y*cal[1][1]/z + cal[1][2], x*cal[0][0]/z + cal[0][2]])",
      "",
    ); // prettier-ignore
  if (labels.kind === "pointColumns") {
    const columns = labels.columns.length > 0 ? `[[${labels.columns.map(text).join(", ")}]]` : "";
    const order = labels.order === "xy" ? ".flip(1)" : "";
    const file = labels.file ?? (data.items.kind === "csvColumn" ? data.items.file : "");
    lines.push(
      `points = pd.read_csv(${below(file)}, index_col=${labels.nameColumn === undefined ? 0 : text(labels.nameColumn)})${columns}`,
      `get_points = lambda x: tensor(points.loc[x.name].values.astype('float32')).view(-1, 2)${order}`,
    );
  }
  if (labels.kind === "pointsFile")
    lines.push(
      `get_points = lambda x: tensor(np.loadtxt(${template(labels.template, labels.strip)}, skiprows=3, comments='}')).view(-1, 2)${labels.order === "xy" ? ".flip(1)" : ""}`,
    );
  if (split.kind === "regex" || split.kind === "group") lines.push(...validFunction(split));
  lines.push(...seriesLines(recipe));
  if (data.channels !== undefined && data.channels !== 3 && endings.length === 0)
    lines.push(`# fastai opens three channels: read ${data.channels} with a function of your own, and widen the first convolution.`);
  if ("frame" in labels && labels.frame === "upright")
    lines.push("# fastai does not turn pictures upright: give it those of PIL.ImageOps.exif_transpose.");
  return lines;
} // prettier-ignore

function validFunction(split: Extract<Recipe["data"]["split"], { kind: "regex" | "group" }>): string[] {
  if (split.kind === "regex") return [`is_valid = lambda x: re.search(${raw(split.pattern)}, str(x)) is not None`];
  const parts: Readonly<Record<typeof split.by, string>> = {
    folder: `x.${"parent.".repeat(split.level)}name`,
    regex: `re.search(${raw(split.pattern ?? "")}, str(x)).group(1)`,
    column: `df.loc[x.name, ${text(split.column ?? "")}]`,
  };
  if (split.groups?.length) return [`is_valid = lambda x: ${parts[split.by]} in {${split.groups.map(text).join(", ")}}`];
  return [
    "# Name the groups to validate on; here they are drawn.",
    "groups = sorted({group for group in map(group_of, get_image_files(path))})".replace("group_of", `lambda x: ${parts[split.by]}`),
    `held = set(np.random.RandomState(${split.seed}).permutation(groups)[:max(1, int(${number(split.valid)} * len(groups)))])`,
    `is_valid = lambda x: ${parts[split.by]} in held`,
  ];
} // prettier-ignore

const same = (a: readonly Choice[], b: readonly Choice[]): boolean =>
  JSON.stringify(a.map((one) => Object.entries(one).sort())) === JSON.stringify(b.map((one) => Object.entries(one).sort())); // prettier-ignore

/** fastai's own defaults filled in, so that lists can be compared. */
function withChance(augment: readonly Choice[]): Choice[] {
  const usual: Readonly<Record<string, number>> = { flip: 0.5, dihedralAffine: 1 };
  return augment.map((one) => (one["p"] === undefined ? { ...one, p: usual[one.kind] ?? 0.75 } : one));
}

/** Arguments of `get_transforms` that give this list, or null. */
export function transformArguments(augment: readonly Choice[]): TransformArguments | null {
  const of = (kind: string, field = "max"): number => {
    const value = augment.find((one) => one.kind === kind)?.[field];
    return typeof value === "number" ? value : 0;
  };
  const found: TransformArguments = {
    doFlip: augment.some(({ kind }) => kind === "flip" || kind === "dihedralAffine"),
    flipVert: augment.some(({ kind }) => kind === "dihedralAffine"),
    maxRotate: of("rotate"),
    maxZoom: of("zoom") || 1,
    maxLighting: of("brightness"),
    maxWarp: of("symmetricWarp"),
    pAffine: of("rotate", "p") || of("zoom", "p") || of("symmetricWarp", "p") || 0.75,
    pLighting: of("brightness", "p") || 0.75,
  };
  return same(getTransforms(found), withChance(augment)) ? found : null;
}

/** The arguments that are not fastai's defaults. */
export function transformWords(found: TransformArguments): string {
  const flag = (name: string, value: boolean | undefined, usual: boolean): string | false =>
    value !== undefined && value !== usual && `${name}=${value ? "True" : "False"}`;
  const size = (name: string, value: number | undefined, usual: number): string | false =>
    value !== undefined && value !== usual && `${name}=${Number.isInteger(value) ? `${value}.` : number(value)}`;
  return args(
    flag("do_flip", found.doFlip, true),
    flag("flip_vert", found.flipVert, false),
    size("max_rotate", found.maxRotate, 10),
    size("max_zoom", found.maxZoom, 1.1),
    size("max_lighting", found.maxLighting, 0.2),
    size("max_warp", found.maxWarp, 0.2),
    size("p_affine", found.pAffine, 0.75),
    size("p_lighting", found.pLighting, 0.75),
  );
}

/** The resize of a recipe: its size as Python writes it, and its method. */
export function resizeOf({ transforms }: Recipe["data"], size?: number): { size: string; method: string } | null {
  const resize = transforms.find(({ kind }) => kind === "resize");
  if (resize === undefined) return null;
  const own = Number(resize["size"] ?? 128);
  const height = size ?? own;
  const wide = typeof resize["width"] === "number" && resize["width"] > 0 ? resize["width"] : own;
  const width = Math.round((wide * height) / own);
  return { size: width === height ? String(height) : `(${height}, ${width})`, method: String(resize["method"] ?? "crop") };
} // prettier-ignore

const METRICS: Readonly<Record<string, (choice: Choice, v2: boolean) => string>> = {
  accuracy: () => "accuracy",
  errorRate: () => "error_rate",
  accuracyThresh: ({ thresh = 0.5 }, v2) =>
    v2 ? `partial(accuracy_multi, thresh=${number(Number(thresh))})` : `partial(accuracy_thresh, thresh=${number(Number(thresh))})`,
  fbeta: ({ thresh = 0.2, beta = 2 }, v2) =>
    v2
      ? `FBetaMulti(beta=${number(Number(beta))}, average='samples', thresh=${number(Number(thresh))})`
      : `partial(fbeta, thresh=${number(Number(thresh))}, beta=${number(Number(beta))})`,
  accCamvid: () => "acc_camvid",
  foregroundAccuracy: () => "foreground_acc",
  dice: (_choice, v2) => (v2 ? "Dice()" : "dice"),
}; // prettier-ignore

/** The metrics that fastai has under a name of its own. */
export function metricWords(metrics: readonly Choice[], v2: boolean): string {
  return metrics.flatMap((one) => METRICS[one.kind]?.(one, v2) ?? []).join(", ");
}

/** The metric of the lesson, where a recipe asks for it. */
export function metricFunctions({ metrics }: Recipe): string[] {
  const camvid = metrics.find(({ kind }) => kind === "accCamvid");
  if (camvid === undefined) return [];
  const none = String(camvid["void"] ?? "");
  return [
    // A class may be given by its number.
    ...(none === "" ? [] : [`void_code = ${/^\d+$/.test(none) ? none : `list(codes).index(${text(none)})`}`]),
    "def acc_camvid(input, target):",
    "    target = target.squeeze(1) if target.dim() == 4 else target",
    ...(none === ""
      ? ["    return (input.argmax(dim=1) == target).float().mean()"]
      : ["    mask = target != void_code", "    return (input.argmax(dim=1)[mask] == target[mask]).float().mean()"]),
    "",
  ];
}

/** How many stages of training look as Python. */
export function stageLines(stages: Recipe["train"]["stages"], resized: (size: number) => string[]): string[] {
  const rate = (lr: number | { start?: number; stop: number }): string =>
    typeof lr === "number" ? number(lr) : lr.start === undefined ? `slice(${number(lr.stop)})` : `slice(${number(lr.start)}, ${number(lr.stop)})`; // prettier-ignore
  return stages.flatMap((stage): string[] => {
    switch (stage.do) {
      case "freeze":
      case "unfreeze":
        return [`learn.${stage.do}()`];
      case "freezeTo":
        return [`learn.freeze_to(${stage.group})`];
      case "lrFind":
        return ["learn.lr_find()"];
      case "fit":
        return [`learn.fit(${stage.epochs}, ${rate(stage.lr)})`];
      case "fitOneCycle": {
        const pct = stage.pctStart === undefined ? null : `pct_start=${number(stage.pctStart)}`;
        const moms = stage.moms === undefined ? null : `moms=(${stage.moms.map(number).join(", ")})`;
        return [`learn.fit_one_cycle(${args(String(stage.epochs), rate(stage.lr), pct, moms)})`];
      }
      case "setSize":
        return resized(stage.size);
      default:
        return [];
    }
  });
}

export const isText = ({ data }: Recipe): boolean =>
  data.items.kind === "textFiles" || data.items.kind === "textColumn";
export const followsY = (task: Task): boolean => task === "segmentation" || task === "points";
