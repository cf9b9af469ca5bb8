// Reverse-mode gradients over tfjs's tape that free each activation and gradient at its last use.
import { add, engine, ones } from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";
import type { HalfTape } from "./halfTape";
import { gradientParts } from "./kernel";

interface TapeNode {
  readonly kernelName: string;
  readonly inputs: Readonly<Record<string, Tensor>>;
  readonly outputs: readonly Tensor[];
  readonly saved?: Tensor[];
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

/** Gradients found so far by tensor id: one tensor, or two that nobody has added yet. */
class FoundGradients {
  readonly #parts = new Map<number, readonly Tensor[]>();
  /** A gradient function may hand one tensor on twice: it goes when nobody holds it any more. */
  #release(tensor: Tensor): void {
    for (const parts of this.#parts.values()) if (parts.includes(tensor)) return;
    tensor.dispose();
  }

  put(id: number, dx: Tensor): void {
    const before = this.#parts.get(id) ?? [];
    if (before.length < 2) this.#parts.set(id, [...before, dx]);
    else this.#parts.set(id, [this.sum(id) as Tensor, dx]);
  }

  /** All of it in one tensor. */
  sum(id: number): Tensor | null {
    const [first, second] = this.#parts.get(id) ?? [];
    if (!first || !second) return first ?? null;
    const both = add(first, second);
    this.#parts.set(id, [both]);
    this.#release(first);
    this.#release(second);
    return both;
  }

  parts(id: number): readonly Tensor[] {
    return this.#parts.get(id) ?? [];
  }

  drop(id: number): void {
    const parts = this.parts(id);
    this.#parts.delete(id);
    for (const part of parts) this.#release(part);
  }
}

function gradientsOf({ node }: Step, found: FoundGradients): Readonly<Record<string, () => Tensor>> {
  if (!node.gradient) throw new Error(`${node.kernelName} has no gradient`);
  const accepted = gradientParts(node.kernelName);
  if (accepted === 0) return node.gradient(node.outputs.map((output) => found.sum(output.id)));
  // Only the first output of ours is differentiated. For the others tfjs would build zeros of full size on the host,
  // so they are not mentioned.
  const id = (node.outputs[0] as Tensor).id;
  if (found.parts(id).length === 0) throw new Error(`${node.kernelName}: only its first output has a gradient`);
  return node.gradient(accepted === 2 ? [...found.parts(id)] : [found.sum(id)]);
}

function walkBack(steps: readonly Step[], kept: ReadonlySet<number>, found: FoundGradients, half?: HalfTape): void {
  for (const step of [...steps].reverse()) {
    half?.unpack(step.node);
    const thunks = gradientsOf(step, found);
    for (const [name, x] of step.inputs) {
      const thunk = thunks[name];
      if (!thunk) throw new Error(`${step.node.kernelName} has no gradient for ${name}`);
      const dx = engine().tidy(thunk);
      half?.round(x.id, dx);
      found.put(x.id, dx);
    }
    disposeSaved([step.node]);
    for (const output of step.node.outputs) if (!kept.has(output.id)) found.drop(output.id);
  }
}

function disposeSaved(nodes: readonly TapeNode[]): void {
  for (const node of nodes) for (const tensor of node.saved ?? []) tensor.dispose();
}

/**
 * f() and its gradients by xs (null where f does not depend on one). Like `engine().gradients`, with the same numbers,
 * but memory falls as the walk goes back instead of growing until its end. `dy` defaults to ones; f returns one tensor.
 * `half`: the tape of a mixed-precision step, on which f has recorded its forward pass.
 */
export function valueAndGradients(
  f: () => Tensor,
  xs: readonly Tensor[],
  dy?: Tensor,
  half?: HalfTape,
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
    const found = new FoundGradients();
    found.put(result.id, dy ?? ones(result.shape));
    walkBack(steps, kept, found, half);
    // tidy keeps what is in a list; null is nothing to keep.
    return xs.map((x) => found.sum(x.id)) as Tensor[];
  });
  return { value, grads: grads as (Tensor | null)[] };
}

/** x as a constant: the same values in the same memory, through which no gradient flows (PyTorch's `detach`). */
export function detach<T extends Tensor>(x: T): T {
  const { state } = engine() as unknown as TapedEngine;
  const depth = state.gradientDepth;
  state.gradientDepth = 0;
  try {
    return x.clone() as T;
  } finally {
    state.gradientDepth = depth;
  }
}
