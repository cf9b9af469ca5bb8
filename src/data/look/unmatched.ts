// What has no partner, both ways: pictures without a row, a mask or a label, and rows, masks and label files without a picture.
import type { Mend } from "../../base/problem";
import type { UnmatchedGroup } from "../../spec/dataLook";
import type { LabelsSpec, Recipe } from "../../spec/recipe";
import { asFolder, type Items } from "../itemList";
import { findItems } from "../items";
import { labelItems } from "../labelers";
import { templateFinder } from "../labelers/pathTemplate";
import { rowsOfItems } from "../labelers/tableRows";
import type { FileIndex } from "../sources/fileIndex";
import { findTable, type Tables } from "../tables";
import { betterPlace } from "./betterPlace";

interface Context {
  readonly index: FileIndex;
  readonly tables: Tables;
  readonly recipe: Recipe;
  readonly items: Items;
}

const group = (
  title: string,
  detail: string,
  names: readonly string[],
  mend: readonly Mend[] = [],
): UnmatchedGroup => ({
  title,
  detail,
  names,
  mend,
});

const PREDICT: Mend = { label: "Predict them under Share", action: { do: "openScreen", screen: "share" } };

const CHOOSE: Mend = { label: "Choose the folder again", action: { do: "chooseFiles" } };

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf("/") + 1);
const endingOf = (path: string): string => /\.[^./]+$/.exec(path)?.[0].toLowerCase() ?? "";

/** A table names the items: rows without a picture, and pictures beside them that no row names. */
function ofNamedItems({ index, recipe, items }: Context): UnmatchedGroup[] {
  const spec = recipe.data.items;
  if (spec.kind !== "csvColumn") return [];
  const missing = items.missing ?? [];
  const place = betterPlace(index, missing, items.files.length);
  const base = findTable(index, spec.file)?.base ?? "";
  const below = place && asFolder(place.folder).startsWith(base) ? place.folder.slice(base.length) : place?.folder;
  const mend: Mend[] = place === null ? [] : [
    {
      label: `Look for ${place.suffix || "them"} in ${place.folder || "the top folder"}`,
      action: { do: "setRecipe", path: "data.items", value: { ...spec, folder: below ?? "", suffix: place.suffix } },
    },
  ]; // prettier-ignore
  const used = new Set(items.files);
  const prefix = base + asFolder(spec.folder);
  const without = [...index.images].filter((file) => !used.has(file) && (index.paths[file] ?? "").startsWith(prefix));
  return [
    group("Rows without a picture", `${spec.file} names them, and no file has that name.`, missing, mend),
    group(
      "Pictures without a row",
      `They lie beside the others, and ${spec.file} does not name them.`,
      without.map((file) => index.paths[file] ?? ""),
      [PREDICT],
    ),
  ];
}

/** Labels stand in a table of their own. */
async function ofLabelTable(context: Context): Promise<UnmatchedGroup[]> {
  const { labels, items } = context.recipe.data;
  if (items.kind !== "files" || !("column" in labels || "columns" in labels)) return [];
  const found = await rowsOfItems(labels, { ...context, multi: false });
  if (!found.ok) return [];
  const { table, rows, nameColumn } = found.value;
  const used = new Set(rows.flat());
  const idle = table.rows.flatMap((row, at) => (used.has(at) ? [] : [(row[nameColumn] ?? "").trim()]));
  const without = rows.flatMap((own, item) => (own.length === 0 ? [context.items.path(item)] : []));
  const name = labels.file ?? "The table";
  return [
    group("Rows without a picture", `${name} names them, and no picture has that name.`, idle),
    group("Pictures without a row", `${name} does not name them, so nobody knows their answer.`, without, [PREDICT]),
  ];
}

interface Partner {
  readonly one: string;
  readonly several: string;
  readonly template: string;
  readonly strip?: string | undefined;
}

function partnerOf(labels: LabelsSpec): Partner | null {
  if (labels.kind === "mask") return { one: "mask", several: "Masks", ...labels };
  if (labels.kind === "pointsFile") return { one: "points file", several: "Points files", ...labels };
  return labels.kind === "pose" ? { one: "pose file", several: "Pose files", ...labels } : null;
}

/** The folder that holds all of these paths. */
function folderOfAll(paths: readonly string[]): string {
  const [first = "", ...rest] = paths.map((path) => folderOf(path));
  let common = first;
  while (!rest.every((path) => path.startsWith(common))) common = folderOf(common.slice(0, -1));
  return common;
}

/** Spare answers whose pictures are there but outside of the items' folder: the folder that holds both, without the answers. */
function morePictures(
  { index, items, recipe }: Context,
  find: (path: string) => number,
  alone: ReadonlySet<number>,
): Mend[] {
  if (recipe.data.items.kind !== "files") return [];
  const own = new Set(items.files);
  const path = (file: number): string => index.paths[file] ?? "";
  const more = [...index.images].filter((file) => !own.has(file) && !alone.has(file) && alone.has(find(path(file))));
  const folder = folderOfAll([...more, ...items.files].map(path));
  if (more.length === 0 || [...alone].some((file) => path(file).startsWith(folder))) return [];
  const named = folder.replace(/\/$/, "");
  return [
    {
      label: `Take all pictures of ${named} (${more.length} more)`,
      action: { do: "setRecipe", path: "data.items", value: { ...recipe.data.items, folder: named } },
    },
  ];
}

/** A file of its own answers each picture. */
function ofPartnerFiles({ index, tables, items, recipe }: Context): UnmatchedGroup[] {
  const partner = partnerOf(recipe.data.labels);
  if (partner === null) return [];
  const find = templateFinder(index, partner);
  const own = new Set(items.files);
  const used = new Set<number>();
  const without: string[] = [];
  for (const [item, picture] of items.files.entries()) {
    const file = find(items.path(item));
    if (file < 0 || file === picture) without.push(items.path(item));
    else used.add(file);
  }
  // Only where partners are found is it known where others would lie.
  const folders = new Set([...used].map((file) => folderOf(index.paths[file] ?? "")));
  const endings = new Set([...used].map((file) => endingOf(index.paths[file] ?? "")));
  const tail = /\{stem\}([^/{]*)(\{suffix\})?(?=[./]|$)/.exec(partner.template)?.[1] ?? "";
  const alone = index.paths.flatMap((path, file) => {
    if (used.has(file) || own.has(file) || !folders.has(folderOf(path)) || !endings.has(endingOf(path))) return [];
    return path.slice(0, path.length - endingOf(path).length).endsWith(tail.replace(/\.[^.]*$/, "")) ? [file] : [];
  });
  const { labels } = recipe.data;
  // Where the recipe says what they show, nothing is missing.
  const needed = labels.kind === "mask" && labels.missing !== undefined ? [] : without;
  const more = morePictures({ index, tables, items, recipe }, find, new Set(alone));
  return [
    group(`Pictures without a ${partner.one}`, `Nothing lies at ${partner.template} for them.`, needed, [PREDICT]),
    group(
      `${partner.several} without a picture`,
      more.length > 0
        ? "Their pictures lie in another folder than the items."
        : "They belong to no picture here and do no harm; where you have their pictures, put them beside the others.",
      alone.map((file) => index.paths[file] ?? ""),
      more.length > 0 ? more : [CHOOSE],
    ),
  ];
}

/** Pictures whose path gives no label. */
async function ofPaths(context: Context): Promise<UnmatchedGroup[]> {
  const { labels } = context.recipe.data;
  if (labels.kind !== "regex" && labels.kind !== "ancestorFolder" && labels.kind !== "fileName") return [];
  const found = await labelItems(labels, { ...context, multi: false });
  if (!found.ok || found.value.answers.kind !== "labels") return [];
  const without = found.value.answers.of.flatMap((own, item) => (own === null ? [context.items.path(item)] : []));
  const mend: Mend = {
    label: "Label by the folder instead",
    action: { do: "setRecipe", path: "data.labels", value: { kind: "parentFolder" } },
  };
  const why = labels.kind === "regex" ? "The pattern does not fit their paths." : "Their paths are too short for it.";
  return [group("Pictures without a label", why, without, [mend])];
}

/** Every group that is not empty. */
export async function findUnmatched(index: FileIndex, tables: Tables, recipe: Recipe): Promise<UnmatchedGroup[]> {
  const items = await findItems(index, tables, recipe.data.items);
  if (!items.ok) return [];
  const context = { index, tables, recipe, items: items.value };
  const all = [
    ...ofNamedItems(context),
    ...(await ofLabelTable(context)),
    ...ofPartnerFiles(context),
    ...(await ofPaths(context)),
  ];
  return all.filter(({ names }) => names.length > 0);
}
