// How much each class counts: all alike, by rarity, or a number for each by its name.
import { BALANCED, weightsOf, type ClassWeightsParam } from "../../spec/params";
import { useDataset } from "../hooks/useStudio";
import { NumberField, Select, TextField } from "../widgets";
import type { FieldOf } from "./fieldOf";

const MODES = [
  { id: "alike", label: "all alike" },
  { id: "rarity", label: "by rarity" },
  { id: "own", label: "a number for each" },
] as const;

/** A menu, and under "a number for each" one field a class. */
export function ClassWeightsField({ param, value, onChange }: FieldOf<ClassWeightsParam>) {
  const vocab = useDataset((state) => state.report?.vocab ?? null) ?? [];
  const text = typeof value === "string" ? value : param.default;
  const mode = text === "" ? "alike" : text === BALANCED ? "rarity" : "own";
  const given = weightsOf(text) ?? [];
  const weights = vocab.map((_name, i) => given[i] ?? 1);
  const ones = vocab.length > 0 ? vocab.map(() => 1).join(", ") : "1";
  return (
    <div className="space-y-2.5">
      <Select
        label={param.label}
        help={param.help}
        value={mode}
        options={MODES}
        onChange={(next) => onChange(next === "alike" ? "" : next === "rarity" ? BALANCED : ones)}
      />
      {mode === "own" && vocab.length === 0 && (
        <TextField label="Weights in order" value={text} onChange={onChange} placeholder="1, 1, 2" />
      )}
      {mode === "own" && vocab.length > 0 && (
        <div className="max-h-72 space-y-2 overflow-auto border-l-2 border-line pl-3">
          {vocab.map((name, i) => (
            <NumberField
              key={name}
              label={name}
              value={weights[i] ?? 1}
              min={0}
              max={1000}
              step={0.1}
              digits={4}
              onChange={(weight) => onChange(weights.map((old, at) => (at === i ? weight : old)).join(", "))}
            />
          ))}
        </div>
      )}
    </div>
  );
}
