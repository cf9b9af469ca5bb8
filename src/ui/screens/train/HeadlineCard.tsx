// The one number that matters, how it changed, and the best that any run has reached.
import { bestMetric, formatMetric, headline } from "../../../store/bestMetric";
import type { MetricInfo } from "../../../spec/catalog";
import { metricInfos } from "../../../store/runs";
import { useProject, useStatus } from "../../hooks/useStudio";
import { Card, Stat } from "../../widgets";
import { useSlowRun, useSlowRuns } from "./useSlowRun";

const LOSS: MetricInfo = { id: "validLoss", label: "Validation loss", unit: "", better: "lower" };

/** "+0.0079 since the last epoch". */
function change(info: MetricInfo, now: number, before: number): string {
  const percent = formatMetric(info, now).endsWith("%");
  const difference = (now - before) * (percent ? 100 : 1);
  const text = `${difference >= 0 ? "+" : "−"}${Math.abs(difference).toFixed(percent ? 1 : 4)}${percent ? " points" : ""}`;
  const word = difference === 0 ? "no change" : difference > 0 === (info.better === "higher") ? "better" : "worse";
  return `${text} since the last epoch (${word})`;
}

/** The headline metric of the current run. */
export function HeadlineCard() {
  const run = useSlowRun();
  const runs = useSlowRuns();
  const recipe = useProject((state) => state.recipe);
  const catalog = useStatus((state) => state.catalog);
  const metrics = run?.metrics ?? metricInfos(recipe, catalog);
  const at = headline(metrics);
  const info = metrics[at] ?? LOSS;
  const values = (run?.epochs ?? []).flatMap((row) => {
    const value = info === LOSS ? row.validLoss : (row.metrics[at] ?? null);
    return value === null ? [] : [value];
  });
  const now = values[values.length - 1];
  const before = values[values.length - 2];
  const bests = runs.flatMap((other) => {
    const best = info === LOSS ? bestMetric({ ...other, metrics: [] }) : bestMetric(other, info.id);
    return best && (info === LOSS || other.metrics.some(({ id }) => id === info.id))
      ? [{ name: other.name, value: best.value }]
      : [];
  });
  const top = bests.reduce<(typeof bests)[number] | null>(
    (best, one) =>
      best && (info.better === "higher" ? best.value >= one.value : best.value <= one.value) ? best : one,
    null,
  );
  return (
    <Card>
      <Stat
        label={info === LOSS ? info.label : `${info.label}, validation`}
        value={now === undefined ? "–" : formatLarge(info, now)}
        note={
          now === undefined ? (
            "Measured after the first epoch."
          ) : (
            <>
              {before !== undefined && <span className="block">{change(info, now, before)}</span>}
              {top && (
                <span className="block">
                  best run {formatMetric(info, top.value)}
                  {bests.length > 1 ? ` · ${top.name}` : ""}
                </span>
              )}
            </>
          )
        }
      />
    </Card>
  );
}

/** Four digits for plain numbers, so that small steps are seen. */
function formatLarge(info: MetricInfo, value: number): string {
  const text = formatMetric(info, value);
  return text.endsWith("%") || info.unit !== "" ? text : value.toFixed(4);
}
