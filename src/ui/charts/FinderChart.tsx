// The learning-rate search: loss against the rate, four suggestions, and a handle to choose one's own.
import { memo, useCallback, useMemo, useState, type ReactNode } from "react";
import type { LrFindResult, LrSuggestion } from "../../spec/run";
import { formatLoss, formatRate } from "../../store/formatNumbers";
import { Button, cx } from "../widgets";
import { ChartFigure } from "./ChartFigure";
import { LinePlot } from "./LinePlot";
import type { PlotAxis } from "./plotArea";
import type { PlotArea } from "./plotArea";
import { RateHandle } from "./RateHandle";
import { finderSentence } from "./sentences";
import type { Series } from "./series";

interface FinderPoint {
  readonly lr: number;
  readonly loss: number;
}

const RULES: {
  readonly [K in LrSuggestion["id"]]: { readonly letter: string; readonly label: string; readonly about: string };
} = {
  valley: { letter: "V", label: "valley", about: "in the middle of the longest fall: the usual choice" },
  steep: { letter: "S", label: "steep", about: "where the loss falls fastest" },
  minimum: { letter: "M", label: "minimum", about: "a tenth of the rate with the lowest loss" },
  slide: { letter: "L", label: "slide", about: "just before the fall ends: bold" },
};

const series: readonly Series<FinderPoint>[] = [
  {
    id: "loss",
    label: "loss, smoothed",
    of: (point) => point.loss,
    color: "var(--s1)",
    width: 2.25,
    format: (value) => formatLoss(value, 4),
  },
];
const xOf = (point: FinderPoint): number => point.lr;
const xAxis: PlotAxis = { label: "rate", log: true, format: formatRate };

export interface FinderChartProps {
  readonly result: LrFindResult;
  /** The rate that the plan holds now, or null without a fit to tune. */
  readonly planned: number | null;
  readonly onUse: (rate: number) => void;
  /** Names the stage that gets the rate. */
  readonly target: string;
}

/** The finder's curve with its choice. */
export const FinderChart = memo(function FinderChart({ result, planned, onUse, target }: FinderChartProps) {
  const { lrs, losses, suggestions } = result;
  const usual = suggestions.find(({ id }) => id === "valley")?.lr ?? planned ?? lrs[Math.floor(lrs.length / 2)] ?? 1e-3;
  const [chosen, setChosen] = useState<{ readonly of: LrFindResult; readonly rate: number } | null>(null);
  const rate = chosen?.of === result ? chosen.rate : usual;
  const choose = useCallback((next: number) => setChosen({ of: result, rate: next }), [result]);

  const points = useMemo(() => lrs.map((lr, i): FinderPoint => ({ lr, loss: losses[i] ?? NaN })), [lrs, losses]);
  const yAxis = useMemo((): PlotAxis => {
    // What explodes at the end would flatten all the rest.
    const low = Math.min(...losses.filter(Number.isFinite));
    const start = Math.max(...losses.slice(0, Math.max(1, Math.floor(losses.length / 3))).filter(Number.isFinite));
    const air = (start - low || Math.abs(start) || 1) * 0.12;
    return {
      label: "loss",
      format: (value) => String(Number(value.toPrecision(3))),
      ...(Number.isFinite(low) && Number.isFinite(start) ? { span: { low: low - air, high: start + 2.5 * air } } : {}),
    };
  }, [losses]);
  const [low, high] = [lrs[0] ?? 1e-7, lrs[lrs.length - 1] ?? 10];

  const overlay = useCallback(
    (area: PlotArea): ReactNode => (
      <>
        <svg aria-hidden className="pointer-events-none absolute inset-0 size-full">
          {suggestions.map(({ id, lr, loss }) => (
            <g key={id} transform={`translate(${area.toX(lr)} ${Math.max(area.top, area.toY(loss))})`}>
              <circle r="8.5" fill="var(--card)" stroke="var(--s2)" strokeWidth="1.5" />
              <text textAnchor="middle" dy="3.5" fontSize="10" fontWeight="600" fill="var(--ink)">
                {RULES[id].letter}
              </text>
            </g>
          ))}
        </svg>
        <RateHandle area={area} rate={rate} low={low} high={high} onChange={choose} />
      </>
    ),
    [suggestions, rate, low, high, choose],
  );

  return (
    <div className="grid gap-3">
      <ChartFigure
        name="Loss against learning rate"
        sentence={finderSentence(result)}
        legend={series}
        table={{
          columns: ["lr", "loss"],
          count: points.length,
          row: (index) => {
            const point = points[index];
            return point ? [point.lr.toExponential(2), formatLoss(point.loss, 4)] : [];
          },
        }}
      >
        <LinePlot
          points={points}
          x={xOf}
          series={series}
          xAxis={xAxis}
          yAxis={yAxis}
          height={230}
          tip={false}
          overlay={overlay}
        />
      </ChartFigure>
      <div className="flex flex-wrap items-center gap-2">
        {suggestions.map(({ id, lr }) => (
          <Button
            key={id}
            tip={`${RULES[id].label}: ${RULES[id].about}`}
            aria-pressed={lr === rate}
            onPress={() => choose(lr)}
            className={cx(lr === rate && "border-accent! bg-accent-soft! text-accent!")}
          >
            <span
              className="grid size-4 place-items-center rounded-full border border-current text-[9px] font-semibold"
              aria-hidden
            >
              {RULES[id].letter}
            </span>
            {RULES[id].label} <span className="font-mono">{formatRate(lr)}</span>
          </Button>
        ))}
        <span className="ml-auto flex flex-wrap items-center gap-2">
          {planned !== null && (
            <span className="text-xs text-ink-3">
              {target} has {formatRate(planned)}
            </span>
          )}
          <Button
            tone="primary"
            whyNot={planned === rate ? "This rate is already in the plan." : null}
            onPress={() => onUse(rate)}
          >
            Use {formatRate(rate)}
          </Button>
        </span>
      </div>
    </div>
  );
});
