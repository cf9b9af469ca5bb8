// The fields of one stage; every change goes into the recipe.
import type { Stage } from "../../../spec/recipe";
import { useProject, useSettings, useStudio } from "../../hooks/useStudio";
import { NumberField, Slider } from "../../widgets";
import { RateField, RateInput } from "./RateField";
import { FlatCosFields, KindFields, SgdrFields, type FieldsProps } from "./ScheduleFields";

type Of<K extends Stage["do"]> = Extract<Stage, { do: K }>;

/** The form of a stage. */
export function StageEditor({ index, stage }: { readonly index: number; readonly stage: Stage }) {
  const { project } = useStudio();
  const put = (next: Stage, field: string): void =>
    project.edit((draft) => {
      draft.train.stages[index] = next;
    }, `train.stages.${index}.${field}`);
  switch (stage.do) {
    case "freeze":
    case "unfreeze":
      return <p className="text-s text-ink-3">Nothing to set.</p>;
    case "freezeTo":
      return (
        <NumberField
          label="First group"
          help="Counted from 0, the layers nearest to the picture; −1 is the head."
          value={stage.group}
          step={1}
          min={-8}
          max={8}
          digits={0}
          onChange={(group) => put({ ...stage, group }, "group")}
        />
      );
    case "setSize":
      return (
        <NumberField
          label="Side"
          unit="px"
          value={stage.size}
          step={1}
          min={8}
          max={1024}
          digits={0}
          onChange={(size) => put({ ...stage, size }, "size")}
        />
      );
    case "lrFind":
      return <FinderFields stage={stage} put={put} />;
    case "fit":
      return <FitFields stage={stage} put={put} />;
    case "fitFlatCos":
      return (
        <div className="space-y-2.5">
          <FitFields stage={stage} put={put} />
          <FlatCosFields stage={stage} put={put} />
        </div>
      );
    case "fitSgdr":
      return <SgdrFields stage={stage} put={put} />;
    case "fitSchedule":
      return (
        <div className="space-y-2.5">
          <FitFields stage={stage} put={put} />
          <KindFields stage={stage} put={put} />
        </div>
      );
    case "fitOneCycle":
      return (
        <div className="space-y-2.5">
          <FitFields stage={stage} put={put} />
          <CycleFields stage={stage} put={put} />
        </div>
      );
  }
}

function FitFields({ stage, put }: FieldsProps<Of<"fit"> | Of<"fitOneCycle"> | Of<"fitFlatCos"> | Of<"fitSchedule">>) {
  return (
    <div className="space-y-2.5">
      <NumberField
        label="Epochs"
        help="How often every training picture is seen. More is slower and, at some point, learns by heart."
        value={stage.epochs}
        step={1}
        min={1}
        max={1000}
        digits={0}
        onChange={(epochs) => put({ ...stage, epochs }, "epochs")}
      />
      <RateField lr={stage.lr} onChange={(lr, field) => put({ ...stage, lr }, `lr.${field}`)} />
    </div>
  );
}

function CycleFields({ stage, put }: FieldsProps<Of<"fitOneCycle">>) {
  const everything = useSettings((state) => state.everything);
  if (!everything) return null;
  const [high, low] = stage.moms ?? [0.95, 0.85];
  return (
    <div className="space-y-2.5">
      <Slider
        label="Rising part"
        help="The part of the cycle in which the learning rate rises. fastai takes 0.3; with 0.8 it rises nearly all the time, as in the CamVid lesson."
        value={stage.pctStart ?? 0.3}
        min={0.05}
        max={0.95}
        step={0.05}
        format={(value) => value.toFixed(2)}
        onChange={(pctStart) => put({ ...stage, pctStart }, "pctStart")}
      />
      <NumberField
        label="Start divisor"
        help="The cycle begins at the top rate divided by this."
        value={stage.div ?? 25}
        min={1}
        max={10_000}
        onChange={(div) => put({ ...stage, div }, "div")}
      />
      <NumberField
        label="End divisor"
        help="The cycle ends at the top rate divided by this."
        value={stage.divFinal ?? (stage.div ?? 25) * 1e4}
        min={1}
        max={1e9}
        onChange={(divFinal) => put({ ...stage, divFinal }, "divFinal")}
      />
      <NumberField
        label="Highest momentum"
        help="At both ends of the cycle, where the rate is small."
        value={high}
        min={0}
        max={0.999}
        onChange={(value) => put({ ...stage, moms: [value, low] }, "moms")}
      />
      <NumberField
        label="Lowest momentum"
        help="In the middle of the cycle, where the rate is highest."
        value={low}
        min={0}
        max={0.999}
        onChange={(value) => put({ ...stage, moms: [high, value] }, "moms")}
      />
    </div>
  );
}

function FinderFields({ stage, put }: FieldsProps<Of<"lrFind">>) {
  const everything = useSettings((state) => state.everything);
  const planned = useProject((state) => state.recipe.data.batchSize);
  return (
    <div className="space-y-2.5">
      <NumberField
        label="Steps"
        help={`How many batches of ${planned} it takes at most. It stops earlier when the loss explodes.`}
        value={stage.steps ?? 100}
        step={1}
        min={6}
        max={2000}
        digits={0}
        onChange={(steps) => put({ ...stage, steps }, "steps")}
      />
      {everything && (
        <>
          <RateInput
            label="First rate"
            value={stage.start ?? 1e-7}
            onChange={(start) => put({ ...stage, start }, "start")}
          />
          <RateInput label="Last rate" value={stage.end ?? 10} onChange={(end) => put({ ...stage, end }, "end")} />
        </>
      )}
    </div>
  );
}
