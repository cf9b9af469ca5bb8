// What a recipe measures after every epoch, as a menu.
import type { MetricParam } from "../../spec/params";
import { useProject, useStatus } from "../hooks/useStudio";
import { Select } from "../widgets";
import type { FieldOf } from "./fieldOf";

const VALID_LOSS = "Loss, validation";

/** The loss or one of the recipe's metrics. */
export function MetricField({ param, value, onChange }: FieldOf<MetricParam>) {
  const chosen = useProject((state) => state.recipe.metrics);
  const known = useStatus((state) => state.catalog?.metrics ?? null);
  const name = typeof value === "string" ? value : param.default;
  const ids = ["validLoss", ...chosen.map(({ kind }) => kind)];
  const options = (ids.includes(name) ? ids : [...ids, name]).map((id) => ({
    id,
    label: id === "validLoss" ? VALID_LOSS : (known?.find((metric) => metric.id === id)?.label ?? id),
  }));
  return <Select label={param.label} help={param.help} value={name} options={options} onChange={onChange} />;
}
