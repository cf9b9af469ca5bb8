// Checks every choice of a recipe against what the chosen thing says about its own fields.
import type { Problem } from "../base/problem";
import { misfit, type Described, type ParamValue } from "../spec/params";
import { problem } from "../spec/problems";
import type { Choice, Recipe } from "../spec/recipe";
import { catalog } from "./catalog";

/** What does not fit about one choice, each with its path. */
function complaints(
  path: string,
  kind: string,
  fields: Record<string, ParamValue>,
  all: readonly Described[],
): string[] {
  const entry = all.find(({ id }) => id === kind);
  if (!entry) return [`${path}: "${kind}" is none of ${all.map(({ id }) => id).join(", ")}`];
  return Object.entries(fields).flatMap(([id, value]) => {
    if (id === "kind") return [];
    const param = entry.params.find((one) => one.id === id);
    if (!param) return [`${path}.${id} is not a field of ${entry.label}`];
    const why = misfit(param, value);
    return why === null ? [] : [`${path}.${id} ${why}`];
  });
}

/** What a callback watches must be measured. */
function callbackComplaints(i: number, one: Choice, metrics: Recipe["metrics"], all: readonly Described[]): string[] {
  const { monitor } = one;
  const names = ["validLoss", ...metrics.map(({ kind }) => kind)];
  const unknown = typeof monitor === "string" && !names.includes(monitor);
  return [
    ...complaints(`train.callbacks.${i}`, one.kind, one, all),
    ...(unknown ? [`train.callbacks.${i}.monitor: "${monitor}" is none of ${names.join(", ")}`] : []),
  ];
}

/** RECIPE_FIELDS naming every field that does not fit, or null. */
export function checkChoices({ data, model, train, metrics, task }: Recipe): Problem | null {
  const known = catalog();
  const decoder = task === "segmentation" ? known.unet : [];
  const networks = known.architectures.map((entry) => ({ ...entry, params: [...entry.params, ...decoder] }));
  const losses = known.losses.filter((loss) => loss.tasks.includes(task));
  const found = [
    ...data.transforms.flatMap((one, i) => complaints(`data.transforms.${i}`, one.kind, one, known.transforms)),
    ...data.augment.flatMap((one, i) => complaints(`data.augment.${i}`, one.kind, one, known.augments)),
    ...complaints("data.normalize", data.normalize, {}, known.normalizations),
    ...complaints("model.options", model.arch, model.options, networks),
    ...complaints("train.optimizer", train.optimizer.kind, train.optimizer, known.optimizers),
    ...train.stages.flatMap((stage, i) =>
      stage.do === "fitSchedule"
        ? complaints(`train.stages.${i}.schedule`, stage.schedule.kind, stage.schedule, known.schedules)
        : [],
    ),
    ...(train.callbacks ?? []).flatMap((one, i) => callbackComplaints(i, one, metrics, known.callbacks)),
    ...(train.callbacks ?? []).flatMap(({ kind }, i, all) =>
      all.findIndex((one) => one.kind === kind) < i ? [`train.callbacks.${i}: "${kind}" is there twice`] : [],
    ),
    ...(train.loss ? complaints("train.loss", train.loss.kind, train.loss, losses) : []),
    ...metrics.flatMap((one, i) => complaints(`metrics.${i}`, one.kind, one, known.metrics)),
    ...metrics.flatMap((one, i) => {
      const entry = known.metrics.find(({ id }) => id === one.kind);
      const fits = !entry || entry.tasks.includes(task);
      return fits ? [] : [`metrics.${i}: ${entry.label} does not measure this task`];
    }),
  ];
  if (found.length === 0) return null;
  return problem("RECIPE_FIELDS", { detail: `${found[0]}. Nothing was changed.`, items: found });
}

/** A choice's fields with the defaults filled in; for choices that `checkChoices` has passed. */
export function fieldsOf(entry: Described, choice: Readonly<Record<string, ParamValue>>): Record<string, ParamValue> {
  return Object.fromEntries(entry.params.map(({ id, default: value }) => [id, choice[id] ?? value]));
}
