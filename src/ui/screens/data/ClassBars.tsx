// How many items each class has, in training and in validation.
import { useState } from "react";
import { formatCount } from "../../../store/formatNumbers";
import { useDataset, useStudio } from "../../hooks/useStudio";
import { BarList, Button } from "../../widgets";

const FEW = 8;
const MANY = 200;

/** The largest classes first; all of them on demand. */
export function ClassBars() {
  const { explorer } = useStudio();
  const histogram = useDataset((state) => state.report?.histogram ?? []);
  const [all, setAll] = useState(false);
  const sorted = [...histogram].sort((a, b) => b.train + b.valid - (a.train + a.valid));
  const shown = sorted.slice(0, all ? MANY : FEW);
  return (
    <section>
      <h3 className="mb-1.5 flex items-center justify-between text-s font-semibold">
        Classes
        <span className="flex items-center gap-2.5 text-xs font-normal text-ink-3">
          <span className="flex items-center gap-1">
            <span className="size-2 rounded-[2px] bg-s1" aria-hidden /> train
          </span>
          <span className="flex items-center gap-1">
            <span className="size-2 rounded-[2px] bg-s6" aria-hidden /> valid
          </span>
        </span>
      </h3>
      <div className={all ? "max-h-96 overflow-auto" : ""}>
        <BarList
          caption="Items of each class"
          parts={["training", "validation"]}
          bars={shown.map(({ label, train, valid }) => ({ label, parts: [train, valid] }))}
          onPress={(label) => void explorer.show({ labels: [label] }, `items of ${label}`)}
        />
      </div>
      {sorted.length > FEW && (
        <Button tone="quiet" className="mt-1 -ml-3" onPress={() => setAll(!all)}>
          {all ? "Show fewer" : `Show all ${formatCount(sorted.length)}`}
        </Button>
      )}
      {all && sorted.length > MANY && <p className="text-xs text-ink-3">The {MANY} largest are shown.</p>}
    </section>
  );
}
