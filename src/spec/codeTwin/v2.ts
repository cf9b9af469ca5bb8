// A recipe's data block, model and stages as fastai v2 code.
import type { Recipe } from "../recipe";
import { customHead, headArgs } from "./head";
import { arrayEndings, bandBlock } from "./arrays";
import { archOf, encoderNotes, pretrainedArgument } from "./encoder";
import { lossArgument, lossNotes } from "./loss";
import { hasOwnMasks } from "./masks";
import { PICTURES } from "./series";
import { args, below, column, list, number, raw, text } from "./python";
import { isText, metricFunctions, metricWords, preamble, resizeOf, stageLines, transformArguments, transformWords } from "./shared"; // prettier-ignore

function blocks(recipe: Recipe, endings: readonly string[], size: number | undefined): string {
  const { task, data } = recipe;
  const x = isText(recipe) ? textBlock(data) : pictureBlock(data, endings, size);
  const outputs = data.labels.kind === "floatColumns" ? data.labels.columns.length : 1;
  const y: Readonly<Record<Recipe["task"], string>> = {
    singleLabel: "CategoryBlock",
    multiLabel: "MultiCategoryBlock",
    segmentation: "MaskBlock(codes)",
    points: "PointBlock",
    regression: `RegressionBlock(n_out=${outputs})`,
  };
  return `(${x}, ${y[task]})`;
}

/** Bands become tensors where they are read; all else are pictures of bytes. */
function pictureBlock({ channels = 3 }: Recipe["data"], endings: readonly string[], size: number | undefined): string {
  if (channels === 1) return "ImageBlock(cls=PILImageBW)";
  if (channels === 3 || endings.length === 0) return "ImageBlock";
  return `TransformBlock(type_tfms=${size === undefined ? "open_bands" : `partial(open_bands, size=${size})`})`;
}

function textBlock({ items }: Recipe["data"]): string {
  return items.kind === "textColumn" ? `TextBlock.from_df(${text(items.column)})` : "TextBlock.from_folder(path)";
}

/** Labels that are found by the path of a picture, and not in the row that names it. */
const PATH_LABELS: ReadonlySet<string> = new Set(["mask", "pose", "pointColumns", "pointsFile"]);

const columnOf = (name: string): string => {
  const found = column(name);
  return /^\d+$/.test(found) ? `df.iloc[:, ${found}]` : `df[${found}]`;
};

/** What the block is given, and how it finds its items in it. */
function source({ data }: Recipe, endings: readonly string[]): { readonly given: string; readonly lines: string[]; readonly getters: string[] } {
  const { items, channels = 3 } = data;
  const bytes = endings.length > 0 && (channels === 1 || channels === 3);
  const found = endings.length > 0 ? `lambda p: get_files(p, extensions=${list(endings)})` : "get_image_files";
  const files = [`get_items=${found}`, ...(bytes ? [channels === 1 ? "get_x=lambda x: read_array(x)[..., 0]" : "get_x=read_array"] : [])];
  switch (items.kind) {
    case "files":
      return { given: below(items.folder), lines: [], getters: files };
    case "csvColumn":
      if (PATH_LABELS.has(data.labels.kind))
        return {
          given: "files",
          lines: [
            `df = pd.read_csv(${below(items.file)})`,
            `files = [${below(items.folder)}/f'{name}${items.suffix.replaceAll("'", "\\'")}' for name in ${columnOf(items.column)}]`,
          ],
          getters: [],
        };
      return {
        given: "df",
        lines: [`df = pd.read_csv(${below(items.file)})`],
        getters: [`get_x=ColReader(${args(column(items.column), `pref=str(${below(items.folder)}) + '/'`, items.suffix !== "" && `suff=${text(items.suffix)}`)})`],
      };
    case "textFiles":
      return { given: below(items.folder), lines: [], getters: ["get_items=get_text_files"] };
    case "textColumn":
      return { given: "df", lines: [`df = pd.read_csv(${below(items.file)})`], getters: ["get_x=ColReader('text')"] };
    case "series":
      return { given: "df", lines: [], getters: [`get_x=ColReader('picture', pref=str(path/'${PICTURES}') + '/')`] };
  }
} // prettier-ignore

function splitter({ data }: Recipe): string {
  const { split } = data;
  switch (split.kind) {
    case "random":
      return `RandomSplitter(valid_pct=${number(split.valid)}, seed=${split.seed})`;
    case "stratified":
      return `TrainTestSplitter(test_size=${number(split.valid)}, stratify=labels, random_state=${split.seed})`;
    case "folder":
      return `GrandparentSplitter(train_name=${text(split.train)}, valid_name=${text(split.valid)})`;
    case "listFile":
      return `FileSplitter(${below(split.file)})`;
    case "column":
      return `ColSplitter(${text(split.column)})`;
    case "group":
    case "regex":
      return data.items.kind === "series"
        ? "FuncSplitter(lambda row: is_valid(row['picture']))"
        : "FuncSplitter(is_valid)";
    case "kFold":
      return `IndexSplitter(list(KFold(${split.folds}, shuffle=True, random_state=${split.seed}).split(range(n)))[${split.fold}][1])`;
    case "none":
      return "RandomSplitter(valid_pct=0.)";
  }
}

function answer(recipe: Recipe): string {
  const { labels } = recipe.data;
  switch (labels.kind) {
    case "parentFolder":
      return "parent_label";
    case "ancestorFolder":
      return `lambda x: x.${"parent.".repeat(labels.levels)}name`;
    case "regex":
      return labels.on === "name" ? `using_attr(RegexLabeller(${raw(labels.pattern)}), 'name')` : `RegexLabeller(${raw(labels.pattern)})`; // prettier-ignore
    case "fileName":
      return "using_attr(RegexLabeller(r'(.+?)[\\s._-]*\\(?\\d+\\)?\\.[^.]+$'), 'name')";
    case "constant":
      return `lambda x: ${text(labels.label)}`;
    case "rowClass":
      return "ColReader('label')";
    case "csvColumn":
      return `ColReader(${args(text(labels.column), labels.delimiter !== null && `label_delim=${text(labels.delimiter)}`)})`;
    case "mask":
      return hasOwnMasks(recipe) ? "read_mask" : "get_mask";
    case "pose":
      return "lambda x: get_centre(x).flip(0)";
    case "pointColumns":
    case "pointsFile":
      return "lambda x: get_points(x).flip(1)";
    case "floatColumns":
      return `ColReader(${labels.columns.length === 1 ? text(labels.columns[0] ?? "") : list(labels.columns)})`;
  }
}

const STATS: Readonly<Record<string, string>> = {
  imagenet: "imagenet_stats",
  cifar: "cifar_stats",
  mnist: "mnist_stats",
};

function batchTransforms({ data }: Recipe): string {
  const found = transformArguments(data.augment);
  const stats = STATS[data.normalize];
  const note = found === null ? data.augment.map(({ kind }) => kind).join(", ") : "";
  const augment = found === null ? "" : data.augment.length === 0 ? "" : `*aug_transforms(${transformWords(found)})`;
  const normalize = stats === undefined ? (data.normalize === "measured" ? "Normalize()" : "") : `Normalize.from_stats(*${stats})`;
  const all = args(augment || null, normalize || null);
  return `[${all}]${note === "" ? "" : `,  # and: ${note}`}`;
} // prettier-ignore

/** The code, line by line; `paths` are some of the data's pictures, by which files of numbers are known. */
export function fastaiV2(recipe: Recipe, paths: readonly string[] = []): string {
  const { data, train, task } = recipe;
  const texts = isText(recipe);
  const endings = arrayEndings(recipe, paths);
  const { given, lines, getters } = source(recipe, endings);
  const channels = data.channels ?? 3;
  const itemTransforms = (size?: number): string | null => {
    const resize = resizeOf(data, size);
    return resize && `item_tfms=Resize(${resize.size}, method=${text(resize.method)})`;
  };
  const fields = (size?: number): string[] =>
    [
      `blocks=${blocks(recipe, endings, size)}`,
      ...getters,
      `get_y=${answer(recipe)}`,
      `splitter=${splitter(recipe)}`,
      ...(texts ? [] : [itemTransforms(size) ?? "", `batch_tfms=${batchTransforms(recipe)}`]),
    ].filter((line) => line !== "");
  const block = (name: string, size?: number): string[] => [
    `${name} = DataBlock(`,
    ...fields(size).map((line) => `    ${line}${line.includes("  # and: ") ? "" : ","}`),
    ")",
  ];
  const head = [
    `from fastai.${texts ? "text" : "vision"}.all import *`,
    "",
    ...preamble(recipe, endings),
    ...bandBlock(recipe, endings, resizeOf(data)?.size ?? null),
    ...metricFunctions(recipe),
    ...lines,
  ];
  const loaders = (name: string): string => `${name}.dataloaders(${given}, bs=${data.batchSize})`;
  if (texts) return [...head, ...block("block"), `dls = ${loaders("block")}`, ""].join("\n");
  const metrics = metricWords(recipe.metrics, true);
  const wd = train.optimizer["wd"];
  const custom = customHead(recipe, 2);
  const learner = args(
    "dls",
    archOf(recipe),
    ...headArgs(recipe, 2),
    metrics !== "" && `metrics=[${metrics}]`,
    typeof wd === "number" && `wd=${number(wd)}`,
    channels !== 3 && `n_in=${channels}`,
    pretrainedArgument(recipe),
    lossArgument(recipe, 2),
  );
  const resized = (size: number): string[] => [...block(`block_${size}`, size), `learn.dls = ${loaders(`block_${size}`)}`]; // prettier-ignore
  return [
    ...head,
    ...block("block"),
    `dls = ${loaders("block")}`,
    "",
    ...custom,
    ...encoderNotes(recipe),
    ...lossNotes(recipe, 2),
    `learn = ${task === "segmentation" ? "unet_learner" : "vision_learner"}(${learner})`,
    ...stageLines(train.stages, resized),
    "",
  ].join("\n");
}
