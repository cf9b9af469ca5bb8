// Black and white of pictures that hold measurements: each picture's own, or the same two numbers for all.
import { useProject, useStudio } from "../../hooks/useStudio";
import { NumberField, Switch } from "../../widgets";

/** What twelve bits hold: a usual sensor. */
const USUAL = [0, 4095] as const;

/** `data.range`. */
export function LevelFields() {
  const { project } = useStudio();
  const range = useProject(({ recipe }) => recipe.data.range ?? null);
  const put = (next: readonly [number, number] | null, field: string): void =>
    project.edit((draft) => {
      if (next) draft.data.range = [...next];
      else delete draft.data.range;
    }, `data.range.${field}`);
  return (
    <div className="space-y-2.5">
      <Switch
        label="Same black and white for all"
        help="TIFF files, arrays and matrices can hold measurements, such as a height or a temperature. Each picture then goes from its own smallest to its own largest value, unless two numbers for all of them are given here."
        value={range !== null}
        onChange={(on) => put(on ? USUAL : null, "on")}
      />
      {range && (
        <>
          <NumberField label="Black" value={range[0]} max={range[1]} onChange={(low) => put([low, range[1]], "low")} />
          <NumberField
            label="White"
            value={range[1]}
            min={range[0]}
            onChange={(high) => put([range[0], high], "high")}
          />
        </>
      )}
    </div>
  );
}
