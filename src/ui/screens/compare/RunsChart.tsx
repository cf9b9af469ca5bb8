// One measure of several runs, drawn once when the comparison is opened: never while steps come in.
import { CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import type { MetricInfo } from "../../../spec/catalog";
import { formatMetric } from "../../../store/bestMetric";
import { formatDuration } from "../../../store/formatNumbers";
import type { MeasuredRun } from "../../../store/runComparison";
import { seriesDash, seriesStroke } from "../../charts/series";

export type Against = "epoch" | "seconds";

interface RunsChartProps {
  readonly info: MetricInfo;
  readonly measured: readonly MeasuredRun[];
  readonly against: Against;
}

const tick = { fill: "var(--ink-3)", fontSize: 11 };
const inSeconds = (value: number): string => formatDuration(value * 1000);
const short = (value: number): string => String(Number(value.toPrecision(3)));

/** Lines by epoch, or by training time. */
export function RunsChart({ info, measured, against }: RunsChartProps) {
  const along = (value: number): string => (against === "epoch" ? `epoch ${value}` : inSeconds(value));
  return (
    <ResponsiveContainer width="100%" height={260}>
      <LineChart margin={{ top: 8, right: 12, bottom: 4, left: 0 }}>
        <CartesianGrid stroke="var(--line)" vertical={false} />
        <XAxis
          dataKey={against}
          type="number"
          domain={against === "epoch" ? ["dataMin", "dataMax"] : [0, "dataMax"]}
          allowDuplicatedCategory={false}
          allowDecimals={against === "seconds"}
          tickFormatter={against === "epoch" ? String : inSeconds}
          tick={tick}
          stroke="var(--line-strong)"
        />
        <YAxis domain={["auto", "auto"]} tickFormatter={short} tick={tick} stroke="var(--line-strong)" width={52} />
        <Tooltip
          labelFormatter={(value) => along(Number(value))}
          formatter={(value) => formatMetric(info, Number(value))}
          contentStyle={{ background: "var(--card)", borderColor: "var(--line)", borderRadius: 8, fontSize: 12 }}
        />
        {measured.map(({ run, points }) => (
          <Line
            key={run.id}
            data={[...points]}
            dataKey="value"
            name={run.name}
            stroke={seriesStroke(run.color)}
            strokeDasharray={seriesDash(run.color) ?? "0"}
            strokeWidth={run.pinned ? 3 : 2}
            dot={points.length < 20 ? { clipDot: false } : false}
            isAnimationActive={false}
          />
        ))}
      </LineChart>
    </ResponsiveContainer>
  );
}
