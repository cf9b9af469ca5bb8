// The page of the parity suite: fetches the reference, runs the chosen cases one after the other, tells what comes out.
import { engine } from "@tensorflow/tfjs-core";
import { openDevice } from "../src/tensor/device";
import type { Device } from "../src/tensor/device";
import { planOf } from "./cases/index";
import { compare, fold } from "./compare";
import type { Verdict } from "./compare";
import type { ParityCase } from "./parityCase";
import { Reference } from "./reference";

interface Options {
  readonly backend: "webgpu" | "cpu";
  /** Pattern of the names to run; "" for all. */
  readonly only: string;
  /** Leaves out what takes long; on a slow adapter everything that is not light. */
  readonly quick: boolean;
}

type Tell = (event: Readonly<Record<string, unknown>>) => Promise<void>;

async function fetchReference(): Promise<Reference> {
  const names = (await (await fetch("/reference/")).json()) as string[];
  const files = await Promise.all(
    names.map(async (name): Promise<[string, Uint8Array<ArrayBuffer>]> => {
      const response = await fetch(`/reference/${name.split("/").map(encodeURIComponent).join("/")}`);
      if (!response.ok) throw new Error(`${name}: ${response.status}`);
      return [name, new Uint8Array(await response.arrayBuffer())];
    }),
  );
  return await Reference.open(new Map(files));
}

/** All lines of one case; an exception is a failure with its words. */
async function runCase(one: ParityCase, device: Device, reference: Reference, problems: string[]) {
  const lines = new Map<string, Verdict>();
  const started = performance.now();
  let message = "";
  engine().startScope(one.name);
  try {
    for await (const quantity of one.run({ device, reference })) {
      lines.set(quantity.quantity, fold(lines.get(quantity.quantity), compare(quantity)));
    }
    if (lines.size === 0) message = "nothing was compared";
  } catch (error) {
    message = error instanceof Error ? `${error.message}\n${error.stack ?? ""}` : String(error);
  } finally {
    engine().endScope();
  }
  if (problems.length > 0) message += ` ${problems.splice(0).join("; ")}`;
  const verdicts = [...lines.values()];
  const ok = message === "" && verdicts.every((verdict) => verdict.ok);
  return { kind: "case", name: one.name, ok, message, verdicts, seconds: (performance.now() - started) / 1000 };
}

async function runParity(options: Options): Promise<void> {
  const tell = (globalThis as unknown as { tell: Tell }).tell;
  const reference = await fetchReference();
  const problems: string[] = [];
  const onProblem = ({ title, debug }: { title: string; debug?: string }) =>
    void problems.push(`${title} ${debug ?? ""}`);
  const device = await openDevice({ prefer: options.backend, onProblem });
  if (device.opened.backend !== options.backend) throw new Error(`There is no ${options.backend} here.`);
  const { adapter } = device.opened;
  // A software GPU with half floats is one made for tests; the usual one takes several times as long.
  const slow = options.backend === "webgpu" && adapter.software && !device.opened.features.includes("shader-f16");
  const plan = planOf(reference);
  await tell({ kind: "device", backend: options.backend, adapter: adapter.description || adapter.vendor, slow });
  for (const [kind, entries] of Object.entries({ unknown: plan.unknown, trend: plan.trend })) {
    if (entries.length > 0 && (kind === "unknown" || options.only === "")) await tell({ kind, entries });
  }
  for (const { family, message } of plan.broken) {
    await tell({ kind: "case", name: `${family}/`, ok: false, message, verdicts: [], seconds: 0 });
  }
  const pattern = new RegExp(options.only);
  const quick = new Set(slow ? ["light"] : ["light", "middling"]);
  for (const one of plan.cases.filter(({ name }) => pattern.test(name))) {
    if (options.quick && !quick.has(one.cost))
      await tell({ kind: "skipped", name: one.name, why: `${one.cost}, in the full suite` }); // prettier-ignore
    else await tell(await runCase(one, device, reference, problems));
  }
  device.close();
}

Object.assign(globalThis, { runParity });
