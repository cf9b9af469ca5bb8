// Files of numbers as Python reads them: NumPy arrays, TIFFs and tables, with their black and white, colours and bands.
import type { Recipe } from "../recipe";
import { number } from "./python";

const ARRAY = /\.(npy|tiff?|csv|tsv|txt)$/i;

/** Endings of the data's pictures that fastai's own `open` does not read as we do; none where all are photographs. */
export function arrayEndings({ data }: Recipe, paths: readonly string[]): readonly string[] {
  if (data.items.kind === "series") return [];
  const found = new Set(paths.flatMap((path) => ARRAY.exec(path)?.[0].toLowerCase() ?? []));
  // A TIFF with three channels of bytes is a photograph to everybody.
  const plain = data.range === undefined && (data.channels ?? 3) === 3 && !isColoured(data);
  return [...found].filter((ending) => !(plain && ending.startsWith(".tif"))).sort();
}

const isColoured = ({ transforms }: Recipe["data"]): boolean =>
  transforms.some(({ kind, map }) => kind === "colours" && map !== "grey");

/** How one ending is read. */
const READ: readonly (readonly [ending: RegExp, line: string])[] = [
  [/^\.npy$/, "a = np.load(file)"],
  [/^\.tiff?$/, "a = tifffile.imread(file)"],
  [/^\.(csv|tsv|txt)$/, "a = np.loadtxt(file, delimiter=next((c for c in '\\t;,' if c in file.read_text()), None))"],
];

/** `a` from `file`, by its ending where there are several. */
function readLines(endings: readonly string[]): string[] {
  const kinds = READ.filter(([ending]) => endings.some((own) => ending.test(own)));
  if (kinds.length === 1) return kinds.map(([, line]) => `    ${line}`);
  return kinds.map(([ending, line], i) => {
    const own = endings.filter((one) => ending.test(one)).map((one) => `'${one}'`);
    return `    ${i === 0 ? "if" : "elif"} file.suffix.lower() in [${own.join(", ")}]: ${line}`;
  });
}

/** Black and white: the recipe's, the type's, or each picture's own. */
function levelLines({ range }: Recipe["data"]): string[] {
  if (range !== undefined) return [`    low, high = ${range.map(number).join(", ")}`];
  return [
    "    full = {'uint8': 255, 'uint16': 65535, 'bool': 1}.get(a.dtype.name)",
    "    known = a[np.isfinite(a)]",
    "    if full: low, high = 0, full",
    "    elif known.min() >= 0 and known.max() <= 1: low, high = 0, 1",
    "    else: low, high = known.min(), known.max()",
  ];
}

/** A function that gives a file as bytes, [height, width, channels]; no lines where no file needs it. */
export function arrayReader({ data }: Recipe, endings: readonly string[]): string[] {
  if (endings.length === 0) return [];
  const channels = data.channels ?? 3;
  const tiff = endings.some((ending) => ending.startsWith(".tif"));
  return [
    ...(tiff ? ["import tifffile"] : []),
    "",
    "def read_array(file):",
    "    file = Path(file)",
    ...readLines(endings),
    "    if a.ndim == 2: a = a[..., None]",
    "    if a.shape[0] < a.shape[2]: a = a.transpose(1, 2, 0)  # channels in front",
    ...levelLines(data),
    "    a = np.clip((np.nan_to_num(a.astype(float), nan=low) - low) / max(high - low, 1e-12), 0, 1)",
    ...(channels === 3 && isColoured(data) ? ["    a = plt.cm.viridis(a[..., 0])"] : []),
    ...(channels === 3 ? ["    a = a[..., :3] if a.shape[2] >= 3 else a[..., [0, 0, 0]]"] : []),
    ...(channels === 1 ? ["    if a.shape[2] >= 3: a = a[..., :3] @ [[.299], [.587], [.114]]"] : []),
    "    return (255 * a).round().astype(np.uint8)",
    "",
  ];
}

/** The class of items that opens such files in fastai v1. */
export function arrayList(list: string, recipe: Recipe, endings: readonly string[]): string[] {
  if (endings.length === 0) return [];
  const channels = recipe.data.channels ?? 3;
  return [
    `class Arrays(${list}):`,
    "    def open(self, fn): return Image(tensor(read_array(fn)).permute(2, 0, 1).float() / 255)",
    "",
    ...(channels === 3
      ? []
      : [`# The encoder's first convolution takes 3 channels: put one with ${channels} in its place (v2: n_in=${channels}).`]),
  ]; // prettier-ignore
}

/** fastai v2 keeps pictures of bytes with one or three channels; others become tensors at once, already resized. */
export function bandBlock({ data }: Recipe, endings: readonly string[], size: string | null): string[] {
  const channels = data.channels ?? 3;
  if (endings.length === 0 || channels === 1 || channels === 3) return [];
  return [
    `def open_bands(file${size === null ? "" : `, size=${size}`}):`,
    "    x = tensor(read_array(file)).permute(2, 0, 1).float() / 255",
    size === null
      ? "    return TensorImage(x)"
      : "    return TensorImage(F.interpolate(x[None], size=size, mode='bilinear', antialias=True)[0])",
    "",
  ];
}
