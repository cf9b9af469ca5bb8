// One metric of all runs that are shown, epoch by epoch.
import { memo, useMemo, useState } from "react";
import type { MetricInfo } from "../../../spec/catalog";
import { headline } from "../../../store/bestMetric";
import type { Run } from "../../../store/runs";
import { MetricChart, type RunLine } from "../../charts/MetricChart";
import { Card, Select } from "../../widgets";
import { useSlowRun, useSlowRuns } from "./useSlowRun";

/** Values of a metric per epoch, in order of steps; empty where the run does not measure it. */
function valuesOf(run: Run, id: string): (number | null)[] {
  const at = run.metrics.findIndex((metric) => metric.id === id);
  return at < 0 ? [] : run.epochs.map((row) => row.metrics[at] ?? null);
}

/** Comparing runs. */
export function MetricCard() {
  const current = useSlowRun();
  const runs = useSlowRuns();
  const [chosen, setChosen] = useState<string | null>(null);
  const currentId = current?.id;
  const metrics = current?.metrics ?? [];
  const info = metrics.find(({ id }) => id === chosen) ?? metrics[headline(metrics)];
  const id = info?.id;
  const lines = useMemo(() => {
    if (id === undefined) return [];
    const shown = runs.filter((run) => run.id === currentId || !run.hidden || run.pinned);
    return [...shown.filter((run) => run.id === currentId), ...shown.filter((run) => run.id !== currentId)].flatMap(
      (run): RunLine[] => {
        const values = valuesOf(run, id);
        return values.length === 0
          ? []
          : [{ id: run.id, name: run.name, color: run.color, pinned: run.pinned, values }];
      },
    );
  }, [runs, currentId, id]);
  if (!info || lines.length === 0) return null;
  return (
    <Card
      title={info.label}
      hint={lines.length > 1 ? "All runs that are shown" : "Per epoch"}
      aside={metrics.length > 1 && <MetricChoice metrics={metrics} value={info.id} onChange={setChosen} />}
    >
      <MetricChart info={info} lines={lines} />
    </Card>
  );
}

interface MetricChoiceProps {
  readonly metrics: readonly MetricInfo[];
  readonly value: string;
  readonly onChange: (id: string) => void;
}

/** Apart from the chart, which every epoch changes. */
const MetricChoice = memo(function MetricChoice({ metrics, value, onChange }: MetricChoiceProps) {
  return (
    <Select
      bare
      label="Metric"
      value={value}
      options={metrics.map(({ id, label }) => ({ id, label }))}
      onChange={onChange}
    />
  );
});
