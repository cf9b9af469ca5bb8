// A model's names and shapes as the reference lists them.
import type { Module } from "../src/nn/module";
import { stateShapes } from "../src/nn/stateDict";
import type { Quantity } from "./parityCase";
import { exact } from "./tolerances";

const isCounter = (name: string): boolean => name.endsWith("num_batches_tracked");
const line = ([name, shape]: readonly [string, readonly number[]]): string => `${name} [${shape.join(", ")}]`;

/** State dict against a list of names and shapes, order included; counters count only where the list has any. */
export function namesAndShapes(model: Module, expected: Readonly<Record<string, readonly number[]>>): Quantity {
  const counters = Object.keys(expected).some(isCounter);
  const actual = [...stateShapes(model)].filter(([name]) => counters || !isCounter(name));
  return {
    quantity: "names and shapes",
    actual: actual.map(line),
    expected: Object.entries(expected).map(line),
    tolerance: exact,
  };
}
