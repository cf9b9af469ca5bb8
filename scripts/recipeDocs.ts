// Writes `docs/recipe.md` from the schema of the recipe, so that the two never say different things.
import { z } from "zod";
import { recipeSchema } from "../src/spec/recipe";
import { RECIPE_HELP } from "../src/spec/recipeHelp";
import { RECIPES } from "../src/spec/recipes";

/** The part of JSON Schema that recipes use. */
interface Schema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly prefixItems?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly additionalProperties?: Schema | boolean;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly maxLength?: number;
  readonly maxItems?: number;
}

interface Field {
  readonly path: string;
  readonly value: string;
  readonly optional: boolean;
}

function range({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: Schema): string {
  const bounds = [
    minimum === undefined || minimum <= -Number.MAX_SAFE_INTEGER ? "" : `≥ ${minimum}`,
    exclusiveMinimum === undefined ? "" : `> ${exclusiveMinimum}`,
    maximum === undefined || maximum >= Number.MAX_SAFE_INTEGER ? "" : `≤ ${maximum}`,
    exclusiveMaximum === undefined ? "" : `< ${exclusiveMaximum}`,
  ].filter(Boolean);
  return bounds.length > 0 ? ` ${bounds.join(", ")}` : "";
}

/** What a value may be, in a few words. */
function valueText(schema: Schema): string {
  const variants = schema.anyOf ?? schema.oneOf;
  if (variants) return variants.map(valueText).join(" or ");
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.enum) return schema.enum.map((value) => `\`${JSON.stringify(value)}\``).join(" or ");
  if (schema.prefixItems) return `[${schema.prefixItems.map(valueText).join(", ")}]`;
  if (schema.type === "array")
    return `list of ${schema.items ? valueText(schema.items) : "values"}, at most ${schema.maxItems}`;
  if (schema.type === "integer" || schema.type === "number")
    return (schema.type === "integer" ? "whole number" : "number") + range(schema);
  if (schema.type === "string") return "text";
  if (schema.type === "boolean") return "true or false";
  if (schema.type !== "object") return schema.type ?? "any value";
  const fields = Object.entries(schema.properties ?? {}).map(([key, field]) => `${key}: ${valueText(field)}`);
  return `{ ${[...fields, ...(schema.additionalProperties ? ["…"] : [])].join(", ")} }`;
}

/** The value of the field that tells the variants of a union apart, e.g. "random" of `{kind: "random", …}`. */
function variantName(schema: Schema): string | null {
  const names = Object.values(schema.properties ?? {}).map((field) => field.const);
  const name = names.find((value) => typeof value === "string");
  return typeof name === "string" ? name : null;
}

/** Whether the schema has named fields to list one by one; `{kind, …}` of a registered family has not. */
const hasFields = (schema: Schema) => schema.type === "object" && schema.additionalProperties === false;

/** All fields below a schema, in order. */
export function fieldsOf(schema: Schema, path = ""): Field[] {
  const variants = (schema.oneOf ?? schema.anyOf ?? []).filter((variant) => variantName(variant) !== null);
  if (variants.length > 0)
    return variants.flatMap((variant) => {
      const at = `${path}[${variantName(variant)}]`;
      return [{ path: at, value: "", optional: false }, ...fieldsOf(variant, at)];
    });
  if (schema.type === "array" && schema.items) return fieldsOf(schema.items, path);
  if (!hasFields(schema)) return [];
  return Object.entries(schema.properties ?? {}).flatMap(([key, field]) => {
    if (typeof field.const === "string") return [];
    const at = path === "" ? key : `${path}.${key}`;
    const below = fieldsOf(field, at);
    const value = below.length > 0 ? "" : valueText(field);
    return [{ path: at, value, optional: !(schema.required ?? []).includes(key) }, ...below];
  });
}

/** The fields of the recipe. */
export const recipeFields = (): Field[] => fieldsOf(z.toJSONSchema(recipeSchema) as Schema);

function row({ path, value, optional }: Field): string {
  const name = `\`${path}\`${optional ? " (may be left out)" : ""}`;
  return `| ${name} | ${value.replaceAll("|", "\\|")} | ${RECIPE_HELP[path] ?? ""} |`;
}

/** The whole text of `docs/recipe.md`. */
export function recipeDocs(): string {
  const sections = ["data", "model", "train"];
  const fields = recipeFields();
  const table = (part: readonly Field[]) =>
    ["| field | value | meaning |", "| --- | --- | --- |", ...part.map(row)].join("\n");
  const inSection = (name: string) =>
    fields.filter(({ path }) => path.startsWith(`${name}.`) || path.startsWith(`${name}[`));
  const top = fields.filter(({ path }) => !/[.[]/.test(path));
  return `# The recipe

One JSON document says everything that affects a result. The page edits it, the engine runs it, a link carries it
and the headless runner replays it. It is read strictly: a field that is unknown or does not fit is named and nothing
is changed. This page is written from the schema (\`npm run docs\`).

In the tables, \`[name]\` stands for a variant: \`data.split[random].seed\` is the field \`seed\` of \`data.split\` when its
\`kind\` is \`"random"\`, and \`train.stages[fit]\` is a stage whose \`do\` is \`"fit"\`.

## The document

${table(top)}

${sections.map((name) => `## \`${name}\`\n\n${table(inSection(name))}`).join("\n\n")}

## Built-in recipes

${Object.entries(RECIPES)
  .map(([name, recipe]) => `- \`${name}\`: ${recipe.title}`)
  .join("\n")}

This is \`planet\` (\`npx glasshouse recipe planet\`):

\`\`\`json
${JSON.stringify(RECIPES["planet"], null, 2)}
\`\`\`
`;
}
