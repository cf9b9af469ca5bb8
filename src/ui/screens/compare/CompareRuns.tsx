// Runs compared: one measure of all of them, what each ended with, and in what their recipes differ.
import { useMemo, useState } from "react";
import { formatMetric } from "../../../store/bestMetric";
import { formatDuration, formatShort } from "../../../store/formatNumbers";
import { recipeDifferences } from "../../../store/recipeDifferences";
import { measureRuns, measuresOf, VALID_LOSS } from "../../../store/runComparison";
import type { Run } from "../../../store/runs";
import { ChartFigure } from "../../charts/ChartFigure";
import { metricSentence } from "../../charts/sentences";
import { seriesDash, seriesStroke } from "../../charts/series";
import { Help, RunDot, Segmented, Select } from "../../widgets";
import { RunsChart, type Against } from "./RunsChart";

const AGAINST = [
  { id: "epoch", label: "By epoch" },
  { id: "seconds", label: "By time" },
] as const satisfies readonly { readonly id: Against; readonly label: string }[];

/** `runs` as they were when the comparison was opened. */
export function CompareRuns({ runs }: { readonly runs: readonly Run[] }) {
  const measures = useMemo(() => measuresOf(runs), [runs]);
  const [chosen, setChosen] = useState(measures[1]?.id ?? VALID_LOSS.id);
  const [against, setAgainst] = useState<Against>("epoch");
  const info = measures.find(({ id }) => id === chosen) ?? VALID_LOSS;
  const measured = useMemo(() => measureRuns(runs, info), [runs, info]);
  const drawn = measured.filter(({ points }) => points.length > 0);
  const lines = drawn.map(({ run, points }) => ({ name: run.name, values: points.map(({ value }) => value) }));
  const longest = Math.max(0, ...lines.map(({ values }) => values.length));
  return (
    <div className="space-y-6">
      <ChartFigure
        name={`${info.label} of the runs`}
        sentence={metricSentence(info, lines)}
        legend={drawn.map(({ run }) => ({
          id: run.id,
          label: run.name,
          color: seriesStroke(run.color),
          dash: seriesDash(run.color),
        }))}
        table={{
          columns: ["epoch", ...lines.map(({ name }) => name)],
          count: longest,
          row: (index) => [
            String(index),
            ...lines.map(({ values }) => (values[index] === undefined ? "–" : values[index].toFixed(4))),
          ],
        }}
        controls={
          <>
            <Select
              bare
              label="Measure"
              value={info.id}
              options={measures.map(({ id, label }) => ({ id, label }))}
              onChange={setChosen}
            />
            <Segmented label="Along" value={against} options={AGAINST} onChange={setAgainst} />
          </>
        }
      >
        <RunsChart info={info} measured={drawn} against={against} />
      </ChartFigure>
      <Ends
        runs={runs}
        best={new Map(measured.map(({ run, best }) => [run.id, best === null ? "–" : formatMetric(info, best)]))}
        measure={info.label}
      />
      <Differences runs={runs} />
    </div>
  );
}

const head = "border-b border-line px-2 py-1.5 text-left text-xs font-semibold text-ink-3 whitespace-nowrap";
const cell = "border-b border-line px-2 py-1.5 align-top";

interface EndsProps {
  readonly runs: readonly Run[];
  readonly best: ReadonlyMap<string, string>;
  readonly measure: string;
}

function Ends({ runs, best, measure }: EndsProps) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
    <section aria-label="How the runs ended" tabIndex={0} className="overflow-x-auto">
      <table className="w-full border-collapse text-s">
        <thead>
          <tr>
            {["Run", `Best ${measure.toLowerCase()}`, "Epochs", "Time", "Parameters"].map((label) => (
              <th key={label} scope="col" className={head}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <tr key={run.id}>
              <th scope="row" className={`${cell} text-left font-normal`}>
                <span className="inline-flex items-center gap-2">
                  <RunDot color={run.color} going={false} />
                  {run.name}
                </span>
              </th>
              <td className={`${cell} font-mono`}>{best.get(run.id)}</td>
              <td className={`${cell} font-mono`}>{run.epochs.length}</td>
              <td className={`${cell} font-mono`}>{formatDuration(run.seconds * 1000)}</td>
              <td className={`${cell} font-mono`}>{formatShort(run.parameters)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Differences({ runs }: { readonly runs: readonly Run[] }) {
  const differences = useMemo(() => recipeDifferences(runs.map(({ recipe }) => recipe)), [runs]);
  return (
    <section aria-label="What differs" className="space-y-2">
      <h3 className="flex items-center gap-1.5 font-semibold">
        What differs
        <Help
          term="What differs"
          text="The fields of the recipe that are not the same in all of these runs. Whatever is not listed was the same, so it cannot be the reason for a difference."
        />
      </h3>
      {differences.length === 0 ? (
        <p className="text-s text-ink-2">
          Nothing: these runs followed the same recipe, so as far as both went they give the same numbers.
        </p>
      ) : (
        <section
          aria-label="Fields that differ"
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
          tabIndex={0}
          className="max-h-64 overflow-auto rounded-md border border-line"
        >
          <table className="w-full border-collapse text-s">
            <thead className="sticky top-0 bg-card">
              <tr>
                <th scope="col" className={head}>
                  Field
                </th>
                {runs.map((run) => (
                  <th key={run.id} scope="col" className={head}>
                    {run.name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {differences.map(({ path, values }) => (
                <tr key={path}>
                  <th scope="row" className={`${cell} text-left font-mono text-[12px] font-normal`}>
                    {path}
                  </th>
                  {runs.map((run, index) => (
                    <td key={run.id} className={`${cell} font-mono text-[12px]`}>
                      {values[index] ?? "–"}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </section>
  );
}
