// The parts of a cross-validation side by side, each with its count: one validates, the others train.
import type { SplitSpec } from "../../../spec/recipe";
import { formatCount } from "../../../store/formatNumbers";
import { foldSize } from "../../../store/foldSize";
import { useDataset, useProject, useStudio } from "../../hooks/useStudio";
import { cx, Help } from "../../widgets";

const HELP =
  "Train once for each part, and leave another one out each time. The mean of the scores says more than one score, and their spread says how far to trust it.";

/** A button for each part. */
export function FoldPicker({ split }: { readonly split: Extract<SplitSpec, { kind: "kFold" }> }) {
  const { project } = useStudio();
  const items = useDataset((state) => state.report?.items ?? 0);
  const limit = useProject((state) => state.recipe.data.limit);
  const count = limit === null ? items : Math.min(items, limit);
  const chosen = split.fold % split.folds;
  return (
    <div>
      <p className="mb-1 flex items-center gap-0.5 text-s text-ink-2">
        Part that validates
        <Help term="Part that validates" text={HELP} />
      </p>
      <div role="radiogroup" aria-label="Part that validates" className="flex flex-wrap gap-1">
        {Array.from({ length: split.folds }, (_, fold) => (
          <label
            key={fold}
            className={cx(
              "hit min-w-12 flex-1 cursor-pointer rounded-sm border px-1.5 py-1 text-center text-s has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent",
              fold === chosen
                ? "border-accent bg-accent-soft font-semibold text-ink"
                : "border-line text-ink-2 hover:bg-sunk",
            )}
          >
            <input
              type="radio"
              name="fold"
              className="sr-only"
              checked={fold === chosen}
              onChange={() => project.setField("data.split", { ...split, fold })}
              aria-label={`Part ${fold + 1}`}
            />
            {fold + 1}
            <span className="block font-mono text-[10.5px] font-normal text-ink-3">
              {formatCount(foldSize(count, split.folds, fold))}
            </span>
          </label>
        ))}
      </div>
    </div>
  );
}
