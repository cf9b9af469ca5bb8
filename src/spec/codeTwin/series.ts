// Series of numbers as Python draws them: rows of tables as pictures in a folder, with a table of their classes.
import type { Choice, Recipe } from "../recipe";
import { list } from "./python";

type SeriesItems = Extract<Recipe["data"]["items"], { kind: "series" }>;

/** The folder of the drawn pictures. */
export const PICTURES = "pictures";

/** A field of `v` with `size` rows, each value between 0 and 1. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  gasf: [
    "def gasf(v, size):",
    "    x = unit(paa(v, size)); s = np.sqrt(1 - x**2)",
    "    return (np.outer(x, x) - np.outer(s, s) + 1) / 2",
  ],
  gadf: [
    "def gadf(v, size):",
    "    x = unit(paa(v, size)); s = np.sqrt(1 - x**2)",
    "    return (np.outer(s, x) - np.outer(x, s) + 1) / 2",
  ],
  recurrence: ["def recurrence(v, size):", "    x = unit(paa(v, size))", "    return np.abs(x[:, None] - x) / 2"],
  mtf: [
    "def mtf(v, size, bins=8):",
    "    level = np.searchsorted(np.quantile(v, np.arange(1, bins) / bins), v)",
    "    follows = np.zeros((bins, bins)); np.add.at(follows, (level[:-1], level[1:]), 1)",
    "    follows /= np.maximum(follows.sum(1, keepdims=True), 1)",
    "    at = [int(i * len(v) / size) for i in range(size + 1)]",
    "    share = np.stack([np.bincount(level[a:max(b, a + 1)], minlength=bins) / max(b - a, 1) for a, b in zip(at, at[1:])])",
    "    return share @ follows @ share.T",
  ],
};

function readRows({ files, label }: SeriesItems): string[] {
  const last = label === "last" || files.some((file) => /\.(ts|arff)$/i.test(file));
  const parts = last ? ["row[-1]", "row[:-1]"] : label === "first" ? ["row[0]", "row[1:]"] : ["''", "row"];
  return [
    "def read_rows(file):",
    "    for i, line in enumerate((path/file).read_text().splitlines(), 1):",
    "        row = [cell for cell in re.split(r'[\\t;,:\\s]+', line.strip()) if cell]",
    "        if not row or line[0] in '#%@': continue",
    `        label, cells = ${parts.join(", ")}`,
    "        v = np.array([np.nan if cell == '?' else float(cell) for cell in cells])",
    "        while len(v) and np.isnan(v[-1]): v = v[:-1]  # the end of a shorter series",
    "        if len(v) and not np.isnan(v).any(): yield f'{Path(file).name}#{i}.png', label, v",
    "",
  ];
}

/** Series of another length, as the recipe treats them. */
function lengthLines({ otherLengths, length }: SeriesItems): string[] {
  const usual = length === undefined ? "pd.Series([len(v) for _, _, v in rows]).mode()[0]" : String(length);
  if (otherLengths === "linear")
    return [`length = ${usual}`, "rows = [(n, y, np.interp(np.linspace(0, len(v) - 1, length), np.arange(len(v)), v)) for n, y, v in rows]"]; // prettier-ignore
  if (otherLengths === "paa") return [`length = ${usual}`, "rows = [(n, y, paa(v, length)) for n, y, v in rows]"];
  return [`length = ${usual}`, "rows = [(n, y, v) for n, y, v in rows if len(v) == length]"];
}

function drawing({ size = 64, colours = "channels", red = "gasf", green = "gadf", blue = "mtf" }: Partial<Choice>) {
  const used = colours === "channels" ? [red, green, blue].map(String) : [String(red)];
  const one = `${used[0]}(v, ${size})`;
  const picture =
    colours === "viridis" ? `plt.cm.viridis(${one})[..., :3]` : `np.stack([${(used.length === 3 ? used : [used[0], used[0], used[0]]).map((name) => `${name}(v, ${size})`).join(", ")}], -1)`; // prettier-ignore
  return { used: [...new Set(used)], picture };
}

/** Lines that draw every row, and leave `df` with the columns `picture` and `label`; none for other items. */
export function seriesLines({ data }: Recipe): string[] {
  if (data.items.kind !== "series") return [];
  const { used, picture } = drawing(data.transforms.find(({ kind }) => kind === "seriesPicture") ?? {});
  return [
    "",
    "def paa(v, size):  # means over equal parts",
    "    sums = np.concatenate([[0], np.cumsum(v)])",
    "    return np.diff(np.interp(np.linspace(0, len(v), size + 1), np.arange(len(v) + 1), sums)) * size / len(v)",
    "",
    "def unit(v):  # from -1 to 1",
    "    return np.clip(2 * (v - v.min()) / (v.max() - v.min()) - 1, -1, 1) if v.max() > v.min() else 0 * v",
    "",
    ...used.flatMap((field) => [...(FIELDS[field] ?? []), ""]),
    ...readRows(data.items),
    `rows = [row for file in ${list(data.items.files)} for row in read_rows(file)]`,
    ...lengthLines(data.items),
    `(path/'${PICTURES}').mkdir(exist_ok=True)`,
    "for name, label, v in rows:",
    `    picture = (255 * np.clip(${picture}, 0, 1)).round().astype(np.uint8)`,
    `    PIL.Image.fromarray(picture).save(path/'${PICTURES}'/name)`,
    "df = pd.DataFrame([(name, label) for name, label, _ in rows], columns=['picture', 'label'])",
    "",
  ];
}
