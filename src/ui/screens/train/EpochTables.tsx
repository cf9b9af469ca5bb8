// The fastai table: one line an epoch, one table a fit.
import { Download } from "lucide-react";
import { memo, useMemo } from "react";
import type { MetricInfo } from "../../../spec/catalog";
import type { EpochRow } from "../../../spec/run";
import { formatDuration } from "../../../store/formatNumbers";
import { columnName, historyCsv } from "../../../store/historyCsv";
import { stageWords } from "../../../store/stages";
import { VirtualTable } from "../../charts/VirtualTable";
import { useStudio } from "../../hooks/useStudio";
import { Button, Card } from "../../widgets";
import { useSlowRun } from "./useSlowRun";

const show = (value: number | null): string =>
  value === null ? "–" : Number.isFinite(value) ? value.toFixed(6) : "nan";

/** Tables of the current run, in the order of its stages. */
export function EpochTables() {
  const { page } = useStudio();
  const run = useSlowRun();
  const epochs = run?.epochs;
  const fits = useMemo(() => {
    const byStage = new Map<number, EpochRow[]>();
    for (const row of epochs ?? []) byStage.set(row.stage, [...(byStage.get(row.stage) ?? []), row]);
    return [...byStage];
  }, [epochs]);
  if (!run || fits.length === 0) return null;
  return (
    <Card
      title="Epochs"
      bare
      className="overflow-hidden"
      aside={
        <Button
          tone="quiet"
          icon={<Download aria-hidden />}
          onPress={() =>
            page.download("history.csv", new Blob([historyCsv(run.epochs, run.metrics)], { type: "text/csv" }))
          }
        >
          history.csv
        </Button>
      }
    >
      <div className="mt-3 grid grid-cols-[minmax(0,1fr)] gap-3">
        {fits.map(([stage, rows]) => {
          const planned = run.recipe.train.stages[stage];
          return (
            <div key={stage}>
              {fits.length > 1 && (
                <h3 className="px-4.5 pb-1 text-xs font-semibold text-ink-3">
                  Stage {stage + 1}
                  {planned ? ` · ${stageWords(planned).title} · ${stageWords(planned).detail}` : ""}
                </h3>
              )}
              <EpochTable
                rows={rows}
                metrics={run.metrics}
                name={fits.length > 1 ? `Epochs of stage ${stage + 1}` : "Table of epochs"}
              />
            </div>
          );
        })}
      </div>
    </Card>
  );
}

const EpochTable = memo(function EpochTable({
  rows,
  metrics,
  name,
}: {
  readonly rows: readonly EpochRow[];
  readonly metrics: readonly MetricInfo[];
  readonly name: string;
}) {
  return (
    <VirtualTable
      caption={name}
      className="max-h-96 rounded-none! border-x-0! border-b-0!"
      columns={["epoch", "train_loss", "valid_loss", ...metrics.map(({ id }) => columnName(id)), "time"]}
      count={rows.length}
      row={(index) => {
        const row = rows[index];
        if (!row) return [];
        return [
          String(row.epoch),
          show(row.trainLoss),
          show(row.validLoss),
          ...metrics.map((_, at) => show(row.metrics[at] ?? null)),
          formatDuration(row.seconds * 1000),
        ];
      }}
    />
  );
});
