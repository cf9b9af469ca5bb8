// Reads a recipe from text or JSON: strict, bounded, migrated, and never more than data.
import type { z } from "zod";
import type { Problem } from "../base/problem";
import { err, ok, type Result } from "../base/result";
import { problem } from "./problems";
import { recipeSchema, type Recipe } from "./recipe";

export const RECIPE_VERSION = 1;
const MAX_BYTES = 256 * 1024;
const MAX_DEPTH = 32;

function fieldName(issue: z.core.$ZodIssue): string {
  const path = issue.path.map(String).join(".") || "recipe";
  if (issue.code === "unrecognized_keys") return `${path}: unknown ${issue.keys.join(", ")}`;
  return `${path}: ${issue.message}`;
}

/** True when brackets nest deeper than any recipe does; scans without recursion. */
function tooDeep(text: string): boolean {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i += 1) {
    const char = text[i];
    if (inString) {
      if (char === "\\") i += 1;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === "{" || char === "[") {
      depth += 1;
      if (depth > MAX_DEPTH) return true;
    } else if (char === "}" || char === "]") depth -= 1;
  }
  return false;
}

/** A recipe from an unknown value; every field that does not fit is named. */
export function checkRecipe(value: unknown): Result<Recipe, Problem> {
  const version = typeof value === "object" && value !== null && "version" in value ? value.version : undefined;
  if (typeof version === "number" && version > RECIPE_VERSION) return err(problem("RECIPE_NEWER"));
  const parsed = recipeSchema.safeParse(value);
  if (parsed.success) return ok(parsed.data);
  const fields = parsed.error.issues.map(fieldName);
  return err(
    problem("RECIPE_FIELDS", { detail: `${fields[0] ?? "Unknown field"}. Nothing was changed.`, items: fields }),
  );
}

/** A recipe from JSON text. */
export function parseRecipe(text: string): Result<Recipe, Problem> {
  if (text.length > MAX_BYTES) return err(problem("RECIPE_TOO_LARGE"));
  if (tooDeep(text))
    return err(problem("RECIPE_JSON", { detail: "It nests deeper than any recipe does. Nothing was changed." }));
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return err(
      problem("RECIPE_JSON", {
        detail: `${error instanceof Error ? error.message : "Unreadable"}. Nothing was changed.`,
      }),
    );
  }
  return checkRecipe(value);
}
