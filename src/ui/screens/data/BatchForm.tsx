// The Batch slot: how many pictures a step takes, and how their values are scaled.
import { useDataset, useProject, useStatus, useStudio } from "../../hooks/useStudio";
import { StepMemory } from "../../forms/StepMemory";
import { FactRow, Select } from "../../widgets";
import { NormalizationFacts } from "./NormalizationFacts";

const SIZES = [4, 8, 16, 32, 64, 128, 256];

/** `data.batchSize` and `data.normalize`. */
export function BatchForm() {
  const { project } = useStudio();
  const { batchSize, normalize } = useProject((state) => ({
    batchSize: state.recipe.data.batchSize,
    normalize: state.recipe.data.normalize,
  }));
  const catalog = useStatus((state) => state.catalog);
  const report = useDataset((state) => state.report);
  const sizes = [...new Set([...SIZES, batchSize])].sort((a, b) => a - b);
  return (
    <div className="space-y-2.5">
      <Select
        label="Pictures a step"
        help="A larger batch uses the graphics card better and needs more of its memory. What does not fit at once is computed in parts."
        value={String(batchSize)}
        options={sizes.map((size) => ({ id: String(size), label: String(size) }))}
        onChange={(size) => project.setField("data.batchSize", Number(size))}
      />
      <StepMemory />
      <Select
        label="Scaling"
        help="Pixel values are shifted and scaled, so that they lie around zero. A model that was trained before needs the numbers it was trained with."
        value={normalize}
        options={(catalog?.normalizations ?? []).map(({ id, label, help }) => ({ id, label, help }))}
        onChange={(id) => project.setField("data.normalize", id)}
      />
      {report && <FactRow label="One picture">{report.inputShape.join(" × ")}</FactRow>}
      <NormalizationFacts
        normalize={normalize}
        channels={report?.inputShape[2] ?? 3}
        measured={report?.stats ?? null}
      />
    </div>
  );
}
