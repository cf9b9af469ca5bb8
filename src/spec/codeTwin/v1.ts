// A recipe's data block, model and stages as fastai v1 code.
import type { Choice, Recipe } from "../recipe";
import { customHead, headArgs } from "./head";
import { arrayEndings, arrayList } from "./arrays";
import { archOf, encoderNotes, pretrainedArgument } from "./encoder";
import { lossArgument, lossNotes } from "./loss";
import { hasOwnMasks, maskLists } from "./masks";
import { args, below, column, list as written, number, raw, text } from "./python";
import { PICTURES } from "./series";
import { followsY, isText, metricFunctions, metricWords, preamble, resizeOf, stageLines, transformArguments, transformWords } from "./shared"; // prettier-ignore

const LISTS: Readonly<Record<Recipe["task"], string>> = {
  singleLabel: "ImageList",
  multiLabel: "ImageList",
  segmentation: "SegmentationItemList",
  points: "PointsItemList",
  regression: "ImageList",
};

function source(recipe: Recipe, endings: readonly string[]): string {
  const { items } = recipe.data;
  const list = endings.length > 0 ? "Arrays" : hasOwnMasks(recipe) ? "Pictures" : LISTS[recipe.task];
  switch (items.kind) {
    case "files":
      return `${list}.from_folder(${args(below(items.folder), endings.length > 0 && `extensions=${written(endings)}`)})`;
    case "csvColumn":
      return `${list}.from_csv(${args("path", text(items.file), `cols=${column(items.column)}`, items.folder !== "" && `folder=${text(items.folder)}`, items.suffix !== "" && `suffix=${text(items.suffix)}`)})`;
    case "textFiles":
      return `TextList.from_folder(${below(items.folder)})`;
    case "textColumn":
      return `TextList.from_csv(path, ${text(items.file)}, cols=${text(items.column)})`;
    case "series":
      return `ImageList.from_df(df, path, folder='${PICTURES}', cols='picture')`;
  }
}

function split({ data }: Recipe): string {
  const own = data.split;
  switch (own.kind) {
    case "random":
      return `.split_by_rand_pct(${number(own.valid)}, seed=${own.seed})`;
    case "folder":
      return `.split_by_folder(train=${text(own.train)}, valid=${text(own.valid)})`;
    case "listFile":
      return `.split_by_fname_file(${text(own.file)}, path=path)`;
    case "column":
      return `.split_from_df(col=${text(own.column)})`;
    case "group":
    case "regex":
      return ".split_by_valid_func(is_valid)";
    case "stratified":
      return `.split_by_idx(train_test_split(range(n), test_size=${number(own.valid)}, stratify=labels, random_state=${own.seed})[1])`;
    case "kFold":
      return `.split_by_idx(list(KFold(${own.folds}, shuffle=True, random_state=${own.seed}).split(range(n)))[${own.fold}][1])`;
    case "none":
      return ".split_none()";
  }
}

function label(recipe: Recipe): string {
  const { labels } = recipe.data;
  switch (labels.kind) {
    case "parentFolder":
      return ".label_from_folder()";
    case "ancestorFolder":
      return `.label_from_func(lambda x: x.${"parent.".repeat(labels.levels)}name)`;
    case "regex":
      return `.label_from_re(${args(raw(labels.pattern), labels.on === "path" && "full_path=True")})`;
    case "fileName":
      return ".label_from_re(r'([^/]+?)[\\s._-]*\\(?\\d+\\)?\\.[^.]+$')";
    case "constant":
      return `.label_const(${text(labels.label)})`;
    case "rowClass":
      return ".label_from_df(cols='label')";
    case "csvColumn":
      return `.label_from_df(${args(`cols=${text(labels.column)}`, labels.delimiter !== null && `label_delim=${text(labels.delimiter)}`)})`;
    case "mask":
      return `.label_from_func(${hasOwnMasks(recipe) ? "lambda x: x" : "get_mask"}, classes=codes)`;
    case "pose":
      return ".label_from_func(get_centre)";
    case "pointColumns":
    case "pointsFile":
      return ".label_from_func(get_points)";
    case "floatColumns":
      return `.label_from_df(cols=${labels.columns.length === 1 ? text(labels.columns[0] ?? "") : written(labels.columns)}, label_cls=FloatList)`;
  }
}

/** One augmentation of the list by fastai's own name; what it does not have is left as a note. */
function transform(one: Choice): string {
  const max = Number(one["max"] ?? 0);
  const p = `p=${number(Number(one["p"] ?? (one.kind.startsWith("flip") ? 0.5 : 0.75)))}`;
  switch (one.kind) {
    case "flip":
      return `flip_lr(${p})`;
    case "flipAffine":
      return `flip_affine(${p})`;
    case "dihedral":
    case "dihedralAffine":
      return one.kind === "dihedral" ? "dihedral()" : "dihedral_affine()";
    case "rotate":
      return `rotate(degrees=(${number(-max)}, ${number(max)}), ${p})`;
    case "zoom":
      return `rand_zoom(scale=(1., ${number(max)}), ${p})`;
    case "symmetricWarp":
      return `symmetric_warp(magnitude=(${number(-max)}, ${number(max)}), ${p})`;
    case "brightness":
      return `brightness(change=(${number(0.5 * (1 - max))}, ${number(0.5 * (1 + max))}), ${p})`;
    case "contrast":
      return `contrast(scale=(${number(1 - max)}, 1/${number(1 - max)}), ${p})`;
    case "randCrop":
      return "rand_crop()";
    case "cropPad":
      return "crop_pad()";
    case "cutout":
      return "cutout()";
    default:
      return `# ${one.kind}`;
  }
}

function transforms({ data }: Recipe): string[] {
  const found = transformArguments(data.augment);
  if (found !== null) return [`tfms = get_transforms(${transformWords(found)})`];
  const known = data.augment.map(transform);
  const notes = known.filter((line) => line.startsWith("#"));
  return [...notes.map((note) => `${note} has no equal in fastai v1`), `tfms = ([${known.filter((line) => !line.startsWith("#")).join(", ")}], [])`]; // prettier-ignore
}

const STATS: Readonly<Record<string, string>> = { imagenet: "imagenet_stats", cifar: "cifar_stats", mnist: "mnist_stats", measured: "" }; // prettier-ignore

function databunch(recipe: Recipe, size?: number): string[] {
  const { data, task } = recipe;
  const resize = resizeOf(data, size);
  const method = resize && `resize_method=ResizeMethod.${resize.method.toUpperCase()}`;
  const stats = STATS[data.normalize];
  const normalize = stats === undefined ? "" : `.normalize(${stats})`;
  return [
    `(src.transform(${args("tfms", resize && `size=${resize.size}`, method, followsY(task) && "tfm_y=True")})`,
    `    .databunch(bs=${data.batchSize})${normalize})`,
  ];
}

/** The code, line by line; `paths` are some of the data's pictures, by which files of numbers are known. */
export function fastaiV1(recipe: Recipe, paths: readonly string[] = []): string {
  const texts = isText(recipe);
  const { train } = recipe;
  const endings = arrayEndings(recipe, paths);
  const list = hasOwnMasks(recipe) ? "Pictures" : LISTS[recipe.task];
  const head = [`from fastai.${texts ? "text" : "vision"} import *`, "", ...preamble(recipe, endings), ...maskLists(recipe), ...arrayList(list, recipe, endings), ...metricFunctions(recipe)];
  const src = [`src = (${source(recipe, endings)}`, `    ${split(recipe)}`, `    ${label(recipe)})`];
  if (texts) return [...head, ...src, `data = src.databunch(bs=${recipe.data.batchSize})`, ""].join("\n");
  const [first = "", second = ""] = databunch(recipe);
  const metrics = metricWords(recipe.metrics, false);
  const wd = train.optimizer["wd"];
  const make = recipe.task === "segmentation" ? "unet_learner" : "cnn_learner";
  const custom = customHead(recipe, 1);
  const learner = args("data", `models.${archOf(recipe)}`, ...headArgs(recipe, 1), metrics !== "" && `metrics=[${metrics}]`, typeof wd === "number" && `wd=${number(wd)}`, pretrainedArgument(recipe), lossArgument(recipe, 1)); // prettier-ignore
  const resized = (size: number): string[] => {
    const [one = "", two = ""] = databunch(recipe, size);
    return [`learn.data = ${one}`, two];
  };
  return [
    ...head,
    ...transforms(recipe),
    ...src,
    `data = ${first}`,
    second,
    "",
    ...custom,
    ...encoderNotes(recipe),
    ...lossNotes(recipe, 1),
    `learn = ${make}(${learner})`,
    ...stageLines(train.stages, resized),
    "",
  ].join("\n");
} // prettier-ignore
