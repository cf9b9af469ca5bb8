// What is made small, in which number format, and what else happens in every fit: all from the engine's own descriptions.
import { defaultsOf } from "../../../spec/params";
import { ChoiceList } from "../../forms/ChoiceList";
import { ParamForm } from "../../forms/ParamForm";
import { useProject, useSettings, useStatus, useStudio } from "../../hooks/useStudio";
import { Select } from "../../widgets";

const PRECISIONS = [
  { id: "f32", label: "Full (32 bits)" },
  { id: "f16", label: "Mixed (16 and 32 bits)" },
] as const;

/** `train.loss`: the task's usual one until another is chosen. */
export function LossFields() {
  const { project } = useStudio();
  const { loss, task } = useProject(({ recipe }) => ({ loss: recipe.train.loss, task: recipe.task }));
  const losses = useStatus((state) => state.catalog?.losses);
  const everything = useSettings((state) => state.everything);
  const fitting = (losses ?? []).filter(({ tasks }) => tasks.includes(task));
  const entry = fitting.find(({ id }) => id === loss?.kind) ?? fitting[0];
  if (!entry) return null;
  const values = { ...defaultsOf(entry.params), ...loss, kind: entry.id };
  return (
    <div className="space-y-2.5">
      <Select
        label="Loss"
        help={entry.help}
        value={entry.id}
        options={fitting}
        onChange={(kind) => {
          const chosen = fitting.find(({ id }) => id === kind);
          project.edit((draft) => {
            draft.train.loss = { ...defaultsOf(chosen?.params ?? []), kind };
          });
        }}
      />
      <ParamForm
        params={entry.params}
        values={values}
        everything={everything}
        onChange={(id, value) =>
          project.edit((draft) => {
            draft.train.loss = { ...values, [id]: value };
          }, `train.loss.${id}`)
        }
      />
    </div>
  );
}

/** `train.precision`. */
export function PrecisionField() {
  const { project } = useStudio();
  const precision = useProject(({ recipe }) => recipe.train.precision);
  return (
    <Select
      label="Precision"
      help="Mixed keeps the activations of the network as 16-bit numbers, in half the memory, so that larger batches or pictures fit. Weights, norms and the loss stay at 32 bits; the loss is scaled up so that small gradients survive. It saves memory, not time."
      value={precision}
      options={PRECISIONS}
      onChange={(next) => project.setField("train.precision", next)}
    />
  );
}

/** `train.callbacks`. */
export function CallbackFields() {
  const { project } = useStudio();
  const callbacks = useProject(({ recipe }) => recipe.train.callbacks);
  const family = useStatus((state) => state.catalog?.callbacks);
  const everything = useSettings((state) => state.everything);
  if (!family || family.length === 0) return null;
  return (
    <ChoiceList
      label="During every fit"
      family={family}
      choices={callbacks ?? []}
      everything={everything}
      onChange={(next, merge) =>
        project.edit((draft) => {
          if (next.length > 0) draft.train.callbacks = next;
          else delete draft.train.callbacks;
        }, merge)
      }
    />
  );
}
