// Reads the fields of a recipe's choice, such as `{kind: "rotate", max: 10}`, by the description of what was chosen.
import type { Registry } from "../base/registry";
import { defaultsOf, misfit, type Described, type ParamValue } from "../spec/params";
import type { Choice } from "../spec/recipe";

export interface Fields {
  number(id: string): number;
  flag(id: string): boolean;
  text(id: string): string;
}

/** The fields with defaults filled in, or the names of those that do not fit. */
export function readChoice(described: Described, choice: Choice): Fields | readonly string[] {
  const values = new Map<string, ParamValue>(Object.entries(defaultsOf(described.params)));
  const wrong: string[] = [];
  for (const [id, value] of Object.entries(choice)) {
    if (id === "kind") continue;
    const param = described.params.find((one) => one.id === id);
    const fault = param === undefined ? "is unknown" : misfit(param, value);
    if (fault !== null) wrong.push(`${described.id}.${id} ${fault}`);
    else values.set(id, value);
  }
  if (wrong.length > 0) return wrong;
  return {
    number: (id) => Number(values.get(id)),
    flag: (id) => values.get(id) === true,
    text: (id) => String(values.get(id)),
  };
}

/** What choices of a family are called, in the middle of a sentence. */
export function namesOf(family: Registry<Described>, choices: readonly Choice[]): string[] {
  return choices.map(({ kind }) => family.get(kind)?.label.replace(/^[A-Z](?=[a-z])/, (c) => c.toLowerCase()) ?? kind);
}
