// Predicted against true numbers: on the diagonal where both agree.
import {
  CartesianGrid,
  ReferenceLine,
  ResponsiveContainer,
  Scatter,
  ScatterChart,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";

export interface Agreement {
  readonly truth: number;
  readonly answer: number;
}

interface AgreementPlotProps {
  readonly points: readonly Agreement[];
  /** Draws answer − truth instead of the answer. */
  readonly residuals: boolean;
  readonly unit: string;
}

const tick = { fill: "var(--ink-3)", fontSize: 11 };
const short = (value: number): string => String(Number(value.toPrecision(3)));
/** More dots than this cannot be told apart and make the page slow. */
const MOST = 1500;

/** Every so many of a long list. */
function thinned<T>(list: readonly T[]): readonly T[] {
  const every = Math.ceil(list.length / MOST);
  return every <= 1 ? list : list.filter((_, i) => i % every === 0);
}

export function AgreementPlot({ points, residuals, unit }: AgreementPlotProps) {
  const drawn = thinned(points).map(({ truth, answer }) => ({ truth, shown: residuals ? answer - truth : answer }));
  const lows = points.map(({ truth, answer }) => Math.min(truth, answer));
  const highs = points.map(({ truth, answer }) => Math.max(truth, answer));
  const [low, high] = [Math.min(...lows), Math.max(...highs)];
  const line = [
    { x: low, y: residuals ? 0 : low },
    { x: high, y: residuals ? 0 : high },
  ] as const;
  return (
    <ResponsiveContainer width="100%" height={260}>
      <ScatterChart margin={{ top: 8, right: 12, bottom: 4, left: 0 }}>
        <CartesianGrid stroke="var(--line)" />
        <XAxis
          dataKey="truth"
          type="number"
          name="truth"
          unit={unit}
          domain={["auto", "auto"]}
          tickFormatter={short}
          tick={tick}
          stroke="var(--line-strong)"
        />
        <YAxis
          dataKey="shown"
          type="number"
          name={residuals ? "error" : "model"}
          unit={unit}
          domain={["auto", "auto"]}
          tickFormatter={short}
          tick={tick}
          stroke="var(--line-strong)"
          width={56}
        />
        <Tooltip
          formatter={(value) => short(Number(value))}
          contentStyle={{ background: "var(--card)", borderColor: "var(--line)", borderRadius: 8, fontSize: 12 }}
        />
        <ReferenceLine segment={line} stroke="var(--ink-3)" strokeDasharray="6 4" ifOverflow="hidden" />
        <Scatter data={drawn} fill="var(--s1)" fillOpacity={0.65} isAnimationActive={false} />
      </ScatterChart>
    </ResponsiveContainer>
  );
}
