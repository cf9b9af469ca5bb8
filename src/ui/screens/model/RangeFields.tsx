// The range that a number or a point must lie in: fastai's `y_range`.
import { POINT_RANGE } from "../../../spec/pointRange";
import { useDataset, useProject, useStudio } from "../../hooks/useStudio";
import { NumberField, Switch } from "../../widgets";

/** For numbers of which nothing is known. */
const ANY = [0, 100] as const;

/** `model.head.yRange`. */
export function RangeFields() {
  const { project } = useStudio();
  const { range, task } = useProject(({ recipe }) => ({ range: recipe.model.head.yRange ?? null, task: recipe.task }));
  const labels = useDataset(({ guesses }) => guesses.find(({ yRange }) => yRange !== undefined)?.yRange ?? null);
  const usual = task === "points" ? POINT_RANGE : (labels ?? ANY);
  const put = (next: readonly [number, number] | null, field: string): void =>
    project.edit((draft) => {
      if (next) draft.model.head.yRange = [...next];
      else delete draft.model.head.yRange;
    }, `model.head.yRange.${field}`);
  return (
    <>
      <Switch
        label="Keep answers in a range"
        help="Squeezes every answer between two numbers with a sigmoid (fastai's y_range), so that training cannot run off to impossible values."
        value={range !== null}
        onChange={(on) => put(on ? usual : null, "on")}
      />
      {range && (
        <div className="space-y-2.5">
          <NumberField
            label="Lowest answer"
            value={range[0]}
            max={range[1]}
            step={0.1}
            onChange={(low) => put([low, range[1]], "low")}
          />
          <NumberField
            label="Highest answer"
            value={range[1]}
            min={range[0]}
            step={0.1}
            onChange={(high) => put([range[0], high], "high")}
          />
        </div>
      )}
    </>
  );
}
