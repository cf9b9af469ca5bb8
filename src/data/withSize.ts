// Progressive resizing: the same recipe for pictures of another size.
import type { Choice, Recipe } from "../spec/recipe";

const numberOf = (choice: Choice | undefined, id: string): number => {
  const value = choice?.[id];
  return typeof value === "number" ? value : 0;
};

/**
 * The same items, the same split, pictures of `size` (the height where they are not square) as the model gets them;
 * widths, and sizes that pictures pass through on the way, keep their proportions.
 */
export function withSize(recipe: Recipe, size: number): Recipe {
  const { transforms, augment } = recipe.data;
  const last = augment.findLast((one) => numberOf(one, "height") > 0);
  const now = last
    ? numberOf(last, "height")
    : numberOf(
        transforms.findLast(({ kind }) => kind === "resize"),
        "size",
      );
  const factor = now > 0 ? size / now : 1;
  const scaled = (choice: Choice, ids: readonly string[]): Choice => {
    const sides = ids.filter((id) => numberOf(choice, id) > 0);
    return { ...choice, ...Object.fromEntries(sides.map((id) => [id, Math.round(numberOf(choice, id) * factor)])) };
  };
  const resized = transforms.map((one) => {
    if (one.kind !== "resize") return one;
    return scaled(now > 0 ? one : { ...one, size }, ["size", "width"]);
  });
  const cropped = augment.map((one) => (numberOf(one, "height") > 0 ? scaled(one, ["height", "width"]) : one));
  return { ...recipe, data: { ...recipe.data, transforms: resized, augment: cropped } };
}
