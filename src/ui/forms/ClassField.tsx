// One of the data's classes as a menu, by its name or by its number; where there are none yet, it is typed.
import type { ClassNumberParam, ClassParam } from "../../spec/params";
import { useDataset } from "../hooks/useStudio";
import { NumberField, Select, TextField } from "../widgets";
import type { FieldOf } from "./fieldOf";

const NONE = "-1";

/** A class by its name. */
export function ClassField({ param, value, onChange }: FieldOf<ClassParam>) {
  const vocab = useDataset((state) => state.report?.vocab ?? null);
  const { label, help, none } = param;
  const name = typeof value === "string" ? value : param.default;
  if (!vocab?.length) return <TextField label={label} help={help} value={name} onChange={onChange} />;
  const names = name === "" || vocab.includes(name) ? vocab : [name, ...vocab];
  const options = [{ id: "", label: none }, ...names.map((id) => ({ id, label: id }))];
  return <Select label={label} help={help} value={name} options={options} onChange={onChange} />;
}

/** A class by its number in the list of classes. */
export function ClassNumberField({ param, value, onChange }: FieldOf<ClassNumberParam>) {
  const vocab = useDataset((state) => state.report?.vocab ?? null);
  const { label, help, none, min, max } = param;
  const id = typeof value === "number" ? value : param.default;
  if (!vocab?.length || id >= vocab.length)
    return <NumberField label={label} help={help} value={id} min={min} max={max} digits={0} onChange={onChange} />;
  const options = [{ id: NONE, label: none }, ...vocab.map((name, i) => ({ id: String(i), label: name }))];
  const choose = (next: string): void => onChange(Number(next));
  return <Select label={label} help={help} value={String(id)} options={options} onChange={choose} />;
}
