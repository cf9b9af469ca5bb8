// Where the points lie: those of many items, faint, and their mean.
import type { LabelFacts } from "../../../../spec/dataLook";
import { formatPercent, plural } from "../../../../store/formatNumbers";
import { ChartFigure } from "../../../charts/ChartFigure";
import { ChartTitle } from "./ChartTitle";

type Points = Extract<LabelFacts, { kind: "points" }>;

const SIDE = 240;
const EDGE = 8;

/** In the proportions of the pictures' pixels. */
export function ShapeChart({ facts: { names, some, mean, aspect } }: { readonly facts: Points }) {
  const width = Math.min(SIDE * 1.6, Math.max(SIDE * 0.5, SIDE * aspect));
  const x = (share: number): number => EDGE + share * (width - 2 * EDGE);
  const y = (share: number): number => EDGE + share * (SIDE - 2 * EDGE);
  const dots = Array.from({ length: some.length / 2 }, (_, i) => [some[2 * i + 1] ?? 0, some[2 * i] ?? 0] as const);
  const own = Array.from({ length: mean.length / 2 }, (_, i) => [mean[2 * i + 1] ?? 0, mean[2 * i] ?? 0] as const);
  const shapes = some.length / Math.max(1, mean.length);
  return (
    <section aria-label="Points" className="min-w-0">
      <ChartTitle>Where the points lie</ChartTitle>
      <ChartFigure
        name={`${plural(names.length, "point")} on ${plural(shapes, "picture")}, and the mean of all`}
        sentence={`Blue: ${plural(shapes, "picture")}; orange: the mean, which a model must beat.${names.length > 2 ? " Each is laid around its own middle and brought to one size." : " All in pixels of their files, whatever their sizes."}`}
        table={{
          columns: ["point", "mean, from the left", "mean, from the top"],
          count: names.length,
          row: (k) => [names[k] ?? "", formatPercent(mean[2 * k + 1] ?? NaN), formatPercent(mean[2 * k] ?? NaN)],
        }}
      >
        <svg viewBox={`0 0 ${width} ${SIDE}`} aria-hidden className="block h-[250px] max-w-full rounded-md bg-sunk">
          {dots.map(([dx, dy], i) => (
            <circle key={i} cx={x(dx)} cy={y(dy)} r="1.8" fill="var(--s1)" fillOpacity={shapes > 40 ? 0.25 : 0.45} />
          ))}
          {own.map(([dx, dy], i) => (
            <circle
              key={i}
              cx={x(dx)}
              cy={y(dy)}
              r={own.length > 12 ? 3 : 5}
              fill="var(--s2)"
              stroke="var(--card)"
              strokeWidth="1.5"
            />
          ))}
        </svg>
      </ChartFigure>
    </section>
  );
}
