// Width and height of the pictures on disk, from their headers; what is far out of the way is named.
import { memo, useMemo } from "react";
import { commonSizes, sizeOutliers, sizeSentence } from "../../../../store/pictureSizes";
import { formatCount, plural } from "../../../../store/formatNumbers";
import { ChartFigure } from "../../../charts/ChartFigure";
import { PlotAxes } from "../../../charts/PlotAxes";
import { plotArea } from "../../../charts/plotArea";
import { useBox } from "../../../charts/useBox";
import { useDataset, useExplorer, useProject, useStudio } from "../../../hooks/useStudio";
import { Button } from "../../../widgets";
import { ChartTitle } from "./ChartTitle";
import { useAsk } from "./useAsk";

const HEIGHT = 250;
const SIDES = [8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384];
const FEW = 4;
/** Rarer sizes than this share have no button. */
const COMMON = 0.05;

/** Begins to read when it comes into sight. */
export const SizeChart = memo(function SizeChart() {
  const { explorer } = useStudio();
  const measured = useExplorer((state) => state.measured);
  const series = useProject(
    ({ recipe }) => recipe.data.items.kind === "series" || recipe.data.items.kind.startsWith("text"),
  );
  const input = useDataset((state) => state.report?.inputShape ?? null);
  const { ref, width, visible } = useBox();
  const ask = visible && width > 0 && measured === null && !series;
  useAsk(ask, explorer.measure);
  const sizes = useMemo(() => (measured === null ? [] : commonSizes(measured)), [measured]);
  const outliers = useMemo(() => sizeOutliers(sizes, input?.[0] ?? 0), [sizes, input]);
  if (series) return null;
  const sides = sizes.flatMap(({ width: w, height: h }) => [w, h]).concat(input ? [input[0]] : []);
  const low = Math.max(1, Math.min(...sides, 512) / 1.4);
  const high = Math.max(...sides, 64) * 1.4;
  const scale = { low, high, log: true };
  const area = plotArea({ left: 46, top: 8, width: Math.max(1, width - 58), height: HEIGHT - 34 }, scale, scale);
  const ticks = SIDES.filter((side) => side >= low && side <= high).map((at) => ({ at, text: formatCount(at) }));
  const read = sizes.reduce((sum, { items }) => sum + items.length, 0);
  const common = sizes.length < 2 ? [] : sizes.filter(({ items }) => items.length > COMMON * read).slice(0, FEW);
  const open = (items: readonly number[], reason: string) => void explorer.show({ only: items }, reason);
  const busy = measured !== null && measured.done < measured.items.length;
  return (
    <section aria-label="Sizes" className="min-w-0">
      <ChartTitle>Sizes on disk</ChartTitle>
      <div ref={ref}>
        <ChartFigure
          name="Sizes on disk"
          sentence={
            busy
              ? `Reading headers: ${formatCount(measured.done)} of ${formatCount(measured.items.length)}`
              : sizeSentence(sizes, measured?.items.length ?? 0)
          }
          table={{
            columns: ["size", "pictures", "width : height"],
            count: sizes.length,
            row: (at) => {
              const one = sizes[at];
              return one
                ? [`${one.width} × ${one.height}`, formatCount(one.items.length), (one.width / one.height).toFixed(2)]
                : [];
            },
          }}
        >
          <svg width={Math.max(1, width)} height={HEIGHT} aria-hidden className="block">
            <PlotAxes area={area} x={ticks} y={ticks} right={[]} marks={[]} />
            <line
              x1={area.toX(low)}
              y1={area.toY(low)}
              x2={area.toX(high)}
              y2={area.toY(high)}
              stroke="var(--line-strong)"
              strokeDasharray="2 4"
            />
            {input && (
              <path
                d={`M ${area.toX(input[1])} ${area.toY(low)} V ${area.toY(input[0])} H ${area.toX(low)}`}
                fill="none"
                stroke="var(--accent)"
                strokeDasharray="5 3"
              />
            )}
            {input && (
              <text x={area.toX(input[1]) + 4} y={area.toY(low) - 5} fontSize={11} fill="var(--accent)">
                model
              </text>
            )}
            {sizes.map(({ width: w, height: h, items }) => (
              <circle
                key={`${w}×${h}`}
                cx={area.toX(w)}
                cy={area.toY(h)}
                r={3 + 8 * Math.sqrt(items.length / read)}
                fill="var(--s1)"
                fillOpacity="0.55"
                stroke="var(--card)"
                className="cursor-pointer"
                onClick={() => open(items, `pictures of ${w} × ${h}`)}
              >
                <title>{`${w} × ${h}: ${plural(items.length, "picture")}`}</title>
              </circle>
            ))}
          </svg>
        </ChartFigure>
      </div>
      {outliers.length + common.length > 0 && (
        <ul aria-label="Common and odd sizes" className="mt-2 flex flex-wrap gap-1.5">
          {outliers.map(({ label, items }) => (
            <li key={label}>
              <Button className="border-warn! text-warn!" onPress={() => open(items, label)}>
                {`${formatCount(items.length)} ${label}`}
              </Button>
            </li>
          ))}
          {common.map(({ width: w, height: h, items }) => (
            <li key={`${w}×${h}`}>
              <Button
                onPress={() => open(items, `pictures of ${w} × ${h}`)}
              >{`${w} × ${h}: ${formatCount(items.length)}`}</Button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
});
