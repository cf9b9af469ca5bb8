// How the network learns: optimizer, loss, precision, callbacks, metrics and seed, all from the engine's own descriptions.
import { defaultsOf } from "../../../spec/params";
import { ChoiceList } from "../../forms/ChoiceList";
import { ParamForm } from "../../forms/ParamForm";
import { useProject, useSettings, useStatus, useStudio } from "../../hooks/useStudio";
import { Card, NumberField, Select } from "../../widgets";
import { CallbackFields, LossFields, PrecisionField } from "./LossFields";
import { MemoryField } from "./MemoryField";

/** `train`, but for its stages, `metrics` and `seed`. */
export function LearningCard() {
  const { project } = useStudio();
  const { optimizer, metrics, task, seed } = useProject(({ recipe }) => ({
    optimizer: recipe.train.optimizer,
    metrics: recipe.metrics,
    task: recipe.task,
    seed: recipe.seed,
  }));
  const catalog = useStatus((state) => state.catalog);
  const everything = useSettings((state) => state.everything);
  if (!catalog) return null;
  const entry = catalog.optimizers.find(({ id }) => id === optimizer.kind);
  return (
    <Card title="How it learns">
      <div className="space-y-5">
        <div className="space-y-2.5">
          <Select
            label="Optimizer"
            help={entry?.help}
            value={optimizer.kind}
            options={catalog.optimizers}
            onChange={(kind) => {
              const chosen = catalog.optimizers.find(({ id }) => id === kind);
              project.edit((draft) => {
                draft.train.optimizer = { ...defaultsOf(chosen?.params ?? []), kind };
              });
            }}
          />
          {entry && (
            <ParamForm
              params={entry.params}
              values={optimizer}
              everything={everything}
              onChange={(id, value) => project.setField(`train.optimizer.${id}`, value)}
            />
          )}
          <LossFields />
          <PrecisionField />
          <MemoryField />
          {everything && (
            <NumberField
              label="Seed"
              help="Every random choice follows from this number: the same recipe and data give the same losses on one computer."
              value={seed}
              step={1}
              min={0}
              max={0xffffffff}
              digits={0}
              onChange={(value) => project.setField("seed", value)}
            />
          )}
        </div>
        <CallbackFields />
        <ChoiceList
          label="Measured after each epoch"
          family={catalog.metrics.filter((metric) => metric.tasks.includes(task))}
          choices={metrics}
          everything={everything}
          onChange={(next, merge) =>
            project.edit((draft) => {
              draft.metrics = next;
            }, merge)
          }
        />
      </div>
    </Card>
  );
}
