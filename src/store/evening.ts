// How training evens out the classes, as the recipe's callbacks say it.
import type { Recipe } from "../spec/recipe";

export const EVENINGS = [
  { id: "none", label: "As they are" },
  { id: "over", label: "Repeat rare" },
  { id: "under", label: "Thin common" },
] as const;

export type Evening = (typeof EVENINGS)[number]["id"];

/** What the recipe says. */
export function evenedOut(callbacks: Recipe["train"]["callbacks"]): Evening {
  const own = callbacks?.find(({ kind }) => kind === "overSampling");
  if (own === undefined) return "none";
  return own["to"] === "smallest" ? "under" : "over";
}
