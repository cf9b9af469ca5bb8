// The range that a number or a point must lie in: fastai's `y_range`.
import { useProject, useStudio } from "../../hooks/useStudio";
import { NumberField, Switch } from "../../widgets";

/** Points are scaled to −1 … 1; a little more lets the sigmoid reach the border. */
const USUAL = { points: [-1.1, 1.1], regression: [0, 100] } as const;

/** `model.head.yRange`. */
export function RangeFields() {
  const { project } = useStudio();
  const { range, task } = useProject(({ recipe }) => ({ range: recipe.model.head.yRange ?? null, task: recipe.task }));
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
        onChange={(on) => put(on ? (task === "points" ? USUAL.points : USUAL.regression) : null, "on")}
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
