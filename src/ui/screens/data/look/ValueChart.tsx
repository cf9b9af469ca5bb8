// How the numbers to be learned are spread, in training and in validation; a bar leads to its items.
import { useMemo, useState } from "react";
import type { LabelFacts } from "../../../../spec/dataLook";
import { formatCount } from "../../../../store/formatNumbers";
import { spreadOf } from "../../../../store/valueSpread";
import { useStudio } from "../../../hooks/useStudio";
import { Select } from "../../../widgets";
import { ChartTitle } from "./ChartTitle";

type Values = Extract<LabelFacts, { kind: "values" }>;

const BINS = 24;
const short = (value: number): string => String(Number(value.toPrecision(4)));

/** One number at a time. */
export function ValueChart({ facts }: { readonly facts: Values }) {
  const { explorer } = useStudio();
  const [at, setAt] = useState(0);
  const { bins, mean, std, low, high } = useMemo(() => spreadOf(facts, at, BINS), [facts, at]);
  const most = Math.max(1, ...bins.map(({ train, valid }) => train + valid));
  const name = facts.names[at] ?? "";
  return (
    <section aria-label="Numbers to be learned" className="min-w-0">
      <ChartTitle
        aside={
          facts.names.length > 1 && (
            <Select
              bare
              label="Number"
              value={String(at)}
              options={facts.names.map((label, i) => ({ id: String(i), label }))}
              onChange={(id) => setAt(Number(id))}
            />
          )
        }
      >
        {name}
      </ChartTitle>
      <ul aria-label={`How ${name} is spread`} className="flex h-40 items-end gap-px border-b border-line-strong">
        {bins.map(({ from, to, train, valid }, i) => (
          <li key={from} className="h-full min-w-0 flex-1">
            <button
              type="button"
              disabled={train + valid === 0}
              aria-label={`${short(from)} to ${short(to)}: ${train} in training, ${valid} in validation`}
              title={`${short(from)} to ${short(to)}: ${train} + ${valid}`}
              onClick={() =>
                void explorer.show(
                  { value: { at, from, to, last: i === bins.length - 1 } },
                  `${name} from ${short(from)} to ${short(to)}`,
                )
              }
              className="flex size-full flex-col justify-end rounded-t-[2px] hover:bg-sunk"
            >
              <span className="block w-full rounded-t-[2px] bg-s6" style={{ height: `${(100 * valid) / most}%` }} />
              <span className="block w-full bg-s1" style={{ height: `${(100 * train) / most}%` }} />
            </button>
          </li>
        ))}
      </ul>
      <p className="mt-1 flex justify-between font-mono text-[11px] text-ink-3">
        <span>{short(low)}</span>
        <span>{short(high)}</span>
      </p>
      <p className="mt-1 text-xs text-ink-3">
        {`${formatCount(bins.reduce((sum, { train, valid }) => sum + train + valid, 0))} items; mean ${short(mean)}, spread ${short(std)}. A model that always answers the mean is off by ${short(std)} (root mean square).`}
      </p>
    </section>
  );
}
