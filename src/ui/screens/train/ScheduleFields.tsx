// The fields of the fits that follow another schedule than one cycle.
import { defaultsOf } from "../../../spec/params";
import type { Stage } from "../../../spec/recipe";
import { SCHEDULES } from "../../../spec/schedules/kinds";
import { ParamForm } from "../../forms/ParamForm";
import { useSettings } from "../../hooks/useStudio";
import { NumberField, Select, Slider } from "../../widgets";
import { RateField } from "./RateField";

type Of<K extends Stage["do"]> = Extract<Stage, { do: K }>;

export interface FieldsProps<S extends Stage> {
  readonly stage: S;
  readonly put: (stage: Stage, field: string) => void;
}

/** Where the flat part ends, and how low the rate falls. */
export function FlatCosFields({ stage, put }: FieldsProps<Of<"fitFlatCos">>) {
  const everything = useSettings((state) => state.everything);
  return (
    <>
      <Slider
        label="Flat part"
        help="The part of the way that is trained at the full rate. fastai takes 0.75."
        value={stage.pctStart ?? 0.75}
        min={0.05}
        max={0.95}
        step={0.05}
        format={(value) => value.toFixed(2)}
        onChange={(pctStart) => put({ ...stage, pctStart }, "pctStart")}
      />
      {everything && (
        <NumberField
          label="End divisor"
          help="The fit ends at the rate divided by this."
          value={stage.divFinal ?? 1e5}
          min={1}
          max={1e9}
          onChange={(divFinal) => put({ ...stage, divFinal }, "divFinal")}
        />
      )}
    </>
  );
}

/** How many cycles, how long, and the rate each begins at. */
export function SgdrFields({ stage, put }: FieldsProps<Of<"fitSgdr">>) {
  return (
    <div className="space-y-2.5">
      <NumberField
        label="Cycles"
        help="How often the rate falls to nothing."
        value={stage.cycles}
        step={1}
        min={1}
        max={20}
        digits={0}
        onChange={(cycles) => put({ ...stage, cycles }, "cycles")}
      />
      <NumberField
        label="Epochs of the first cycle"
        value={stage.cycleLen}
        step={1}
        min={1}
        max={1000}
        digits={0}
        onChange={(cycleLen) => put({ ...stage, cycleLen }, "cycleLen")}
      />
      <NumberField
        label="Each cycle longer by"
        help="With 2, each cycle takes twice as many epochs as the one before; with 1 all are alike."
        value={stage.cycleMult ?? 2}
        step={1}
        min={1}
        max={10}
        digits={0}
        onChange={(cycleMult) => put({ ...stage, cycleMult }, "cycleMult")}
      />
      <RateField lr={stage.lr} onChange={(lr, field) => put({ ...stage, lr }, `lr.${field}`)} />
    </div>
  );
}

/** Which schedule, and its own fields. */
export function KindFields({ stage, put }: FieldsProps<Of<"fitSchedule">>) {
  const everything = useSettings((state) => state.everything);
  const { schedule } = stage;
  const kind = SCHEDULES.find(({ id }) => id === schedule.kind);
  return (
    <>
      <Select
        label="Schedule"
        help={kind?.help}
        value={schedule.kind}
        options={SCHEDULES}
        onChange={(id) => {
          const chosen = SCHEDULES.find((one) => one.id === id);
          put({ ...stage, schedule: { ...defaultsOf(chosen?.params ?? []), kind: id } }, "schedule");
        }}
      />
      {kind && (
        <ParamForm
          params={kind.params}
          values={schedule}
          everything={everything}
          onChange={(id, value) => put({ ...stage, schedule: { ...schedule, [id]: value } }, `schedule.${id}`)}
        />
      )}
    </>
  );
}
