// One form for everything that describes its own fields.
import { isMeant, isShown, labelOf, misfit, type ParamSpec, type ParamValue } from "../../spec/params";
import { NumberField, Select, Slider, Switch, TextField } from "../widgets";
import { ClassField, ClassNumberField } from "./ClassField";
import { ClassWeightsField } from "./ClassWeightsField";
import type { FieldOf } from "./fieldOf";
import { MetricField } from "./MetricField";

export interface ParamFormProps {
  readonly params: readonly ParamSpec[];
  /** Values by field id; a field that is missing stands at its default. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly onChange: (id: string, value: ParamValue) => void;
  /** Also the advanced fields that nobody has set. */
  readonly everything: boolean;
}

/** Fields in the order they are described. */
export function ParamForm({ params, values, onChange, everything }: ParamFormProps) {
  const shown = params.filter((param) => isMeant(param, values) && isShown(param, values[param.id], everything));
  return (
    <div className="space-y-2.5">
      {shown.map((param) => (
        <ParamField
          key={param.id}
          param={{ ...param, label: labelOf(param, values) }}
          value={values[param.id]}
          onChange={(value) => onChange(param.id, value)}
        />
      ))}
    </div>
  );
}

/** Digits after the point that a step needs. */
function digitsOf(step: number): number {
  return Math.max(0, Math.min(10, Math.ceil(-Math.log10(step))));
}

/** A slider where both ends are known and near, a number field otherwise; a value that does not fit is named. */
export function ParamField({ param, value, onChange }: FieldOf<ParamSpec>) {
  const problem = value === undefined ? null : misfit(param, value);
  const field = (): React.ReactNode => {
    switch (param.kind) {
      case "number": {
        const number = typeof value === "number" ? value : param.default;
        const steps = (param.max - param.min) / param.step;
        const unit = param.unit === undefined || param.unit === "" ? "" : ` ${param.unit}`;
        // A whole number over a wide range is typed exactly, not hit with a slider.
        if (param.log !== true && steps > (param.integer === true ? 100 : 1000))
          return (
            <NumberField
              label={param.label}
              help={param.help}
              value={number}
              onChange={onChange}
              min={param.min}
              max={param.max}
              unit={param.unit}
              digits={param.integer === true ? 0 : 6}
            />
          );
        return (
          <Slider
            label={param.label}
            help={param.help}
            value={number}
            min={param.min}
            max={param.max}
            step={param.step}
            {...(param.log === true ? { log: true } : {})}
            format={(shown) =>
              param.percent === true
                ? `${Math.round(100 * shown)} %`
                : `${param.log === true ? String(shown) : shown.toFixed(digitsOf(param.step))}${unit}`
            }
            onChange={(next) => onChange(param.integer === true ? Math.round(next) : next)}
          />
        );
      }
      case "boolean":
        return (
          <Switch
            label={param.label}
            help={param.help}
            value={typeof value === "boolean" ? value : param.default}
            onChange={onChange}
          />
        );
      case "choice":
        return (
          <Select
            label={param.label}
            help={param.help}
            value={typeof value === "string" ? value : param.default}
            options={param.options}
            onChange={onChange}
          />
        );
      case "class":
        return <ClassField param={param} value={value} onChange={onChange} />;
      case "classNumber":
        return <ClassNumberField param={param} value={value} onChange={onChange} />;
      case "classWeights":
        return <ClassWeightsField param={param} value={value} onChange={onChange} />;
      case "metric":
        return <MetricField param={param} value={value} onChange={onChange} />;
      case "text":
        return (
          <TextField
            label={param.label}
            help={param.help}
            value={typeof value === "string" ? value : param.default}
            onChange={onChange}
          />
        );
    }
  };
  return (
    <div>
      {field()}
      {problem !== null && <p className="mt-0.5 text-s text-bad">{`${param.label} ${problem}.`}</p>}
    </div>
  );
}
