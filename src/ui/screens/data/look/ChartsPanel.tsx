// What the data are like: classes, sizes, labels that go together, numbers, points; whatever is pressed is shown as items.
import { useDataset, useExplorer, useStudio } from "../../../hooks/useStudio";
import { AreaChart } from "./AreaChart";
import { ClassChart } from "./ClassChart";
import { ShapeChart } from "./ShapeChart";
import { SizeChart } from "./SizeChart";
import { TogetherChart } from "./TogetherChart";
import { ValueChart } from "./ValueChart";
import { useAsk } from "./useAsk";

/** Only the charts that say something about these data. */
export function ChartsPanel() {
  const { explorer } = useStudio();
  const facts = useExplorer((state) => state.labels);
  const report = useDataset((state) => state.report);
  const ask = facts === null && report !== null;
  useAsk(ask, explorer.factsOfLabels);
  if (report === null) return null;
  return (
    <div className="grid gap-x-8 gap-y-7 lg:grid-cols-2">
      {report.histogram.length > 0 && <ClassChart />}
      {facts?.kind === "areas" && <AreaChart facts={facts} />}
      {facts?.kind === "values" && <ValueChart facts={facts} />}
      {facts?.kind === "points" && <ShapeChart facts={facts} />}
      <SizeChart />
      {facts?.kind === "together" && facts.labels.length > 1 && (
        <div className="min-w-0 lg:col-span-2">
          <TogetherChart facts={facts} />
        </div>
      )}
    </div>
  );
}
