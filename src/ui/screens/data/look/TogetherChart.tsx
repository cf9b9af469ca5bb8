// Which tags occur together: a heat map of counts that can be walked with the arrow keys; a cell leads to its items.
import { memo, useState } from "react";
import type { LabelFacts } from "../../../../spec/dataLook";
import { formatCount } from "../../../../store/formatNumbers";
import { useStudio } from "../../../hooks/useStudio";
import { cellLook } from "../../../charts/cellLook";
import { useCellWalk } from "../../../charts/useCellWalk";
import { Button, Help } from "../../../widgets";
import { ChartTitle } from "./ChartTitle";

type Together = Extract<LabelFacts, { kind: "together" }>;

const FEW = 17;
const HELP =
  "Each row is a tag. A cell counts the pictures that have its column’s tag too, and is the darker the larger their share of the row. Tags that never occur together, or always do, are worth a look.";

/** The pair that occurs together most often, in words. */
function sentence({ labels, counts }: Together): string {
  let [best, pair] = [0, ""];
  for (let a = 0; a < labels.length; a += 1)
    for (let b = 0; b < a; b += 1) {
      const count = counts[a * labels.length + b] ?? 0;
      if (count > best) [best, pair] = [count, `${labels[b] ?? ""} with ${labels[a] ?? ""}`];
    }
  return best === 0 ? "No two tags occur together." : `Most often together: ${pair}, on ${formatCount(best)} pictures.`;
}

/** A table with a button in every cell. */
export const TogetherChart = memo(function TogetherChart({ facts }: { readonly facts: Together }) {
  const { explorer } = useStudio();
  const { labels, counts } = facts;
  const [all, setAll] = useState(false);
  const shown = labels.slice(0, all ? labels.length : FEW);
  const walk = useCellWalk(shown.length);
  const count = (a: number, b: number): number => counts[a * labels.length + b] ?? 0;
  return (
    <section aria-label="Tags together">
      <ChartTitle aside={<Help term="Tags together" text={HELP} />}>Tags together</ChartTitle>
      <div className="overflow-auto pb-1">
        <table
          {...walk.table}
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- a grid on a table is the ARIA pattern for cells that act
          role="grid"
          aria-label="How many pictures have both tags"
          className="border-separate border-spacing-[2px]"
        >
          <thead>
            <tr>
              <th scope="col">
                <span className="sr-only">tag</span>
              </th>
              {shown.map((label) => (
                <th key={label} scope="col" title={label} className="align-bottom text-xs font-normal text-ink-2">
                  <span className="mx-auto block max-h-28 truncate [writing-mode:sideways-lr]">{label}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((label, row) => (
              <tr key={label}>
                <th
                  scope="row"
                  title={label}
                  className="sticky left-0 z-10 max-w-36 truncate bg-card pr-2 text-right text-xs font-normal text-ink-2"
                >
                  {label}
                </th>
                {shown.map((other, column) => {
                  const both = count(row, column);
                  const share = both / Math.max(1, count(row, row));
                  const words = row === column ? label : `${label} with ${other}`;
                  return (
                    <td key={other} className="p-0">
                      <button
                        type="button"
                        {...walk.cell(row, column)}
                        aria-label={`${words}: ${both}`}
                        title={`${words}: ${both}, ${Math.round(100 * share)} % of ${label}`}
                        onClick={() => void explorer.show({ labels: row === column ? [label] : [label, other] }, words)}
                        style={cellLook(row === column ? 0.25 : share * 0.69, true, both)}
                        className="h-7 w-full min-w-8 rounded-[4px] font-mono text-[10.5px]"
                      >
                        {both || ""}
                      </button>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="mt-1 text-xs text-ink-3">{sentence(facts)}</p>
      {labels.length > FEW && (
        <Button tone="quiet" className="-ml-3" onPress={() => setAll(!all)}>
          {all ? "Show fewer" : `Show ${facts.all > labels.length ? "the commonest" : "all"} ${labels.length}`}
        </Button>
      )}
    </section>
  );
});
