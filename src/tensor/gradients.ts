// Reverse-mode gradients over tfjs's tape that free each activation and gradient at its last use.
import { add, engine, ones } from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";
import { isOurs } from "./kernel";

interface TapeNode {
  readonly kernelName: string;
  readonly inputs: Readonly<Record<string, Tensor>>;
  readonly outputs: readonly Tensor[];
  readonly saved?: readonly Tensor[];
  readonly gradient?: (dys: (Tensor | null)[]) => Readonly<Record<string, () => Tensor>>;
}

/** The engine's TypeScript-private tape; tfjs 4.22.0 is pinned. */
interface TapedEngine {
  readonly state: { activeTape: TapeNode[] | null; gradientDepth: number };
  startTape(): void;
  endTape(): void;
}

interface Step {
  readonly node: TapeNode;
  /** The inputs that depend on what is differentiated. */
  readonly inputs: readonly (readonly [string, Tensor])[];
}

/** The part of the tape that leads from xs to y, in order. */
function relevantSteps(tape: readonly TapeNode[], xs: readonly Tensor[], y: Tensor): Step[] {
  const fromX = new Set(xs.map((x) => x.id));
  const steps: Step[] = [];
  for (const node of tape) {
    const inputs = Object.entries(node.inputs).filter(([, tensor]) => fromX.has(tensor.id));
    if (inputs.length === 0) continue;
    for (const output of node.outputs) fromX.add(output.id);
    steps.push({ node, inputs });
  }
  const toY = new Set([y.id]);
  const relevant: Step[] = [];
  for (const step of steps.reverse()) {
    if (!step.node.outputs.some((output) => toY.has(output.id))) continue;
    for (const [, tensor] of step.inputs) toY.add(tensor.id);
    relevant.push(step);
  }
  return relevant.reverse();
}

function gradientsOf({ node }: Step, found: ReadonlyMap<number, Tensor>): Readonly<Record<string, () => Tensor>> {
  if (!node.gradient) throw new Error(`${node.kernelName} has no gradient`);
  const dys = node.outputs.map((output) => found.get(output.id) ?? null);
  if (!isOurs(node.kernelName)) return node.gradient(dys);
  // tfjs would build zeros of full size on the host for outputs that nobody differentiates; ours ignore them.
  const main = dys[0] ?? null;
  return node.gradient(dys.map((dy) => dy ?? main));
}

function walkBack(steps: readonly Step[], kept: ReadonlySet<number>, found: Map<number, Tensor>): void {
  // A gradient function may hand one tensor on twice: it goes when nobody holds it any more.
  const release = (tensor: Tensor): void => {
    if (![...found.values()].includes(tensor)) tensor.dispose();
  };
  for (const step of [...steps].reverse()) {
    const thunks = gradientsOf(step, found);
    for (const [name, x] of step.inputs) {
      const thunk = thunks[name];
      if (!thunk) throw new Error(`${step.node.kernelName} has no gradient for ${name}`);
      const dx = engine().tidy(thunk);
      const before = found.get(x.id);
      if (before) {
        found.set(x.id, add(before, dx));
        release(before);
        release(dx);
      } else found.set(x.id, dx);
    }
    disposeSaved([step.node]);
    for (const output of step.node.outputs) {
      const dy = found.get(output.id);
      if (!dy || kept.has(output.id)) continue;
      found.delete(output.id);
      release(dy);
    }
  }
}

function disposeSaved(nodes: readonly TapeNode[]): void {
  for (const node of nodes) for (const tensor of node.saved ?? []) tensor.dispose();
}

/**
 * f() and its gradients by xs (null where f does not depend on one). Like `engine().gradients`, with the same numbers,
 * but memory falls as the walk goes back instead of growing until its end. `dy` defaults to ones; f returns one tensor.
 */
export function valueAndGradients(
  f: () => Tensor,
  xs: readonly Tensor[],
  dy?: Tensor,
): { value: Tensor; grads: (Tensor | null)[] } {
  const core = engine() as unknown as TapedEngine;
  if (core.state.gradientDepth > 0) throw new Error("valueAndGradients: gradients of gradients are not supported");
  let recorded: readonly TapeNode[] = [];
  core.startTape();
  let value: Tensor | undefined;
  try {
    value = engine().tidy("forward", f);
  } finally {
    core.endTape();
    const tape = core.state.activeTape ?? [];
    core.state.activeTape = null;
    recorded = tape;
    // Forward failed: what it saved for a gradient would stay for ever.
    if (!value) disposeSaved(tape);
  }
  const steps = relevantSteps(recorded, xs, value);
  const needed = new Set(steps.map(({ node }) => node));
  disposeSaved(recorded.filter((node) => !needed.has(node)));
  const kept = new Set([...xs.map((x) => x.id), ...(dy ? [value.id] : [])]);
  const result = value;
  const grads = engine().tidy("backward", () => {
    const found = new Map([[result.id, dy ?? ones(result.shape)]]);
    walkBack(steps, kept, found);
    // tidy keeps what is in a list; null is nothing to keep.
    return xs.map((x) => found.get(x.id) ?? null) as Tensor[];
  });
  return { value, grads: grads as (Tensor | null)[] };
}
