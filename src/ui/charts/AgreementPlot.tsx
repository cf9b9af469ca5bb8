// Predicted against true numbers: on the diagonal where both agree, or their difference, on the line at zero.
import { useMemo } from "react";
import { PlotAxes, type Tick } from "./PlotAxes";
import { plotArea, type PlotArea } from "./plotArea";
import { linearTicks, spanOf, type Span } from "./ticks";
import { useBox } from "./useBox";

export interface Agreement {
  readonly truth: number;
  readonly answer: number;
  /** What the dot is called. */
  readonly name: string;
}

export interface AgreementPlotProps {
  readonly points: readonly Agreement[];
  /** Draws answer − truth instead of the answer. */
  readonly residuals: boolean;
  /** "px", or nothing. */
  readonly unit: string;
  /** The place of the dot that was pressed in `points`. */
  readonly onOpen: (index: number) => void;
}

const HEIGHT = 280;
const LEFT = 54;
const RIGHT = 14;
const TOP = 26;
const BOTTOM = 40;
const DOT = 3.5;
/** More dots than this cannot be told apart and make the page slow. */
const MOST = 1500;
/** On each side of the data, so that no dot lies on an axis. */
const AIR = 0.05;

const titleLook = { fontSize: 11, fill: "var(--ink-2)" };
const short = (value: number): string => String(Number(value.toPrecision(3)));

function withAir({ low, high }: Span): Span {
  const air = (high - low || Math.abs(high) || 1) * AIR;
  return { low: low - air, high: high + air };
}

/** Both axes alike for answers, so that the diagonal is one; zero is always in sight for errors. */
export function agreementSpans(
  points: readonly Pick<Agreement, "truth" | "answer">[],
  residuals: boolean,
): { readonly x: Span; readonly y: Span } {
  const nothing = { low: 0, high: 1 };
  const truths = points.map(({ truth }) => truth);
  if (!residuals) {
    const both = withAir(spanOf([...truths, ...points.map(({ answer }) => answer)]) ?? nothing);
    return { x: both, y: both };
  }
  const errors = points.map(({ truth, answer }) => answer - truth);
  return { x: withAir(spanOf(truths) ?? nothing), y: withAir(spanOf([0, ...errors]) ?? nothing) };
}

const ticksOf = ({ low, high }: Span, room: number): Tick[] =>
  linearTicks(low, high, Math.max(2, Math.round(room))).map((at) => ({ at, text: short(at) }));

export function AgreementPlot({ points, residuals, unit, onOpen }: AgreementPlotProps) {
  const { ref, width } = useBox();
  const { area, x, y } = useMemo(() => {
    const box = { left: LEFT, top: TOP, width: Math.max(1, width - LEFT - RIGHT), height: HEIGHT - TOP - BOTTOM };
    const spans = agreementSpans(points, residuals);
    return {
      area: plotArea(box, { ...spans.x, log: false }, { ...spans.y, log: false }),
      x: ticksOf(spans.x, box.width / 80),
      y: ticksOf(spans.y, box.height / 44),
    };
  }, [points, residuals, width]);
  const named = (axis: string): string => (unit === "" ? axis : `${axis} (${unit})`);
  const every = Math.max(1, Math.ceil(points.length / MOST));
  return (
    <div ref={ref} style={{ height: HEIGHT }}>
      {width > 0 && (
        <svg aria-hidden width={width} height={HEIGHT} className="block overflow-visible">
          <text {...titleLook} x={0} y={12}>
            {named(residuals ? "model − truth" : "model")}
          </text>
          <text {...titleLook} x={area.left + area.width} y={HEIGHT - 6} textAnchor="end">
            {named("truth")}
          </text>
          <PlotAxes area={area} x={x} y={y} right={[]} marks={[]} />
          <Right area={area} residuals={residuals} />
          {points.map(({ truth, answer, name }, index) =>
            index % every !== 0 ? null : (
              <circle
                key={index}
                cx={area.toX(truth)}
                cy={area.toY(residuals ? answer - truth : answer)}
                r={DOT}
                fill="var(--s1)"
                fillOpacity={0.6}
                className="cursor-pointer hover:fill-(--s2)"
                onClick={() => onOpen(index)}
              >
                <title>{`${name}: model ${short(answer)}, truth ${short(truth)} ${unit}`}</title>
              </circle>
            ),
          )}
        </svg>
      )}
    </div>
  );
}

/** Where every right answer lies. */
function Right({ area, residuals }: { readonly area: PlotArea; readonly residuals: boolean }) {
  const [start, end] = [area.left, area.left + area.width];
  const at = (pixel: number): number => area.toY(residuals ? 0 : area.fromX(pixel));
  return <line x1={start} y1={at(start)} x2={end} y2={at(end)} stroke="var(--ink-3)" strokeDasharray="6 4" />;
}
