// Progressive resizing as a ladder: small pictures first, then larger ones with what was learned.
import { Plus, X } from "lucide-react";
import { addRung, ladderOf, removeRung } from "../../../store/sizeLadder";
import { useProject, useStudio } from "../../hooks/useStudio";
import { Button, Help, IconButton } from "../../widgets";

const LARGEST = 1024;

/** "96 px", "96 × 128 px". */
const pixels = (height: number, width: number): string =>
  height === width ? `${height} px` : `${height} × ${width} px`;

/** "4 ×", "1 ×". */
const times = (cost: number): string => `${cost >= 10 ? Math.round(cost) : Number(cost.toFixed(1))} ×`;

/** The sizes that the plan goes through, each with what a step costs. */
export function SizeLadder() {
  const { project } = useStudio();
  const recipe = useProject((state) => state.recipe);
  const rungs = ladderOf(recipe);
  const last = rungs.at(-1);
  if (!last) return null;
  const next = Math.min(LARGEST, last.size * 2);
  return (
    <section aria-label="Size ladder">
      <header className="mb-1.5 flex items-center gap-0.5">
        <h3 className="text-s font-semibold">Size ladder</h3>
        <Help
          term="Size ladder"
          text="Progressive resizing: a model that has learned on small pictures goes on with larger ones, on the same split. Small steps are quick, and the change of size works against overfitting. Each rung is part of the plan under Train."
        />
      </header>
      <ol className="flex flex-wrap items-end gap-2">
        {rungs.map(({ size, width, cost, stage }, index) => (
          <li
            key={`${size}-${index}`}
            className="flex items-center gap-1.5 rounded-md border border-line bg-sunk py-1.5 pr-1.5 pl-2.5"
          >
            <span className="text-s">
              <span className="block font-semibold">{pixels(size, width)}</span>
              <span className="block text-xs text-ink-3">{index === 0 ? "first" : `${times(cost)} the work`}</span>
            </span>
            {stage === null ? (
              <span className="w-1" />
            ) : (
              <IconButton
                label={`Leave ${size} pixels out`}
                className="size-7"
                onPress={() => project.edit((draft) => removeRung(draft, stage), "")}
              >
                <X aria-hidden />
              </IconButton>
            )}
          </li>
        ))}
        <li>
          <Button
            icon={<Plus aria-hidden />}
            whyNot={last.size >= LARGEST ? `Pictures are at most ${LARGEST} pixels.` : null}
            onPress={() => project.edit(addRung, "")}
          >
            {`Then ${pixels(next, Math.round((last.width * next) / last.size))}`}
          </Button>
        </li>
      </ol>
    </section>
  );
}
