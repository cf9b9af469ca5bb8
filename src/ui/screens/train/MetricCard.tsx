// One metric of all runs that are shown, epoch by epoch.
import { useMemo, useState } from "react";
import { headline } from "../../../store/bestMetric";
import type { Run } from "../../../store/runs";
import { MetricChart, type RunLine } from "../../charts/MetricChart";
import { useCurrentRun, useRuns } from "../../hooks/useStudio";
import { Card, Select } from "../../widgets";

/** Values of a metric per epoch, in order of steps; empty where the run does not measure it. */
function valuesOf(run: Run, id: string): (number | null)[] {
  const at = run.metrics.findIndex((metric) => metric.id === id);
  return at < 0 ? [] : run.epochs.map((row) => row.metrics[at] ?? null);
}

/** Comparing runs. */
export function MetricCard() {
  const current = useCurrentRun();
  const runs = useRuns((state) => state.runs);
  const [chosen, setChosen] = useState<string | null>(null);
  const metrics = current?.metrics ?? [];
  const info = metrics.find(({ id }) => id === chosen) ?? metrics[headline(metrics)];
  const id = info?.id;
  // Epochs change once an epoch; steps, which change all the time, do not matter here.
  const key = runs.map((run) => `${run.id}:${run.epochs.length}:${run.hidden}:${run.pinned}:${run.name}`).join("|");
  const lines = useMemo(() => {
    if (!current || id === undefined) return [];
    const others = runs.filter((run) => run.id !== current.id && (!run.hidden || run.pinned));
    return [current, ...others].flatMap((run): RunLine[] => {
      const values = valuesOf(run, id);
      return values.length === 0 ? [] : [{ id: run.id, name: run.name, color: run.color, pinned: run.pinned, values }];
    });
    // oxlint-disable-next-line react/exhaustive-deps -- `key` holds all of `runs` and `current` that the lines show
  }, [key, current?.id, id]);
  if (!info || lines.length === 0) return null;
  return (
    <Card
      title={info.label}
      hint={lines.length > 1 ? "All runs that are shown" : "Per epoch"}
      aside={
        metrics.length > 1 && (
          <Select
            bare
            label="Metric"
            value={info.id}
            options={metrics.map(({ id, label }) => ({ id, label }))}
            onChange={setChosen}
          />
        )
      }
    >
      <MetricChart info={info} lines={lines} />
    </Card>
  );
}
