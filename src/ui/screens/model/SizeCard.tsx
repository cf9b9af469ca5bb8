// How large the model is: parameters, work and memory.
import { formatBytes, formatCount, formatPercent, formatShort } from "../../../store/formatNumbers";
import { useModel, useProject, useStatus } from "../../hooks/useStudio";
import { Card, Stat } from "../../widgets";

/** Four numbers; they follow every change of the model at once. */
export function SizeCard() {
  const { summary, describing } = useModel(({ summary, describing }) => ({ summary, describing }));
  const batchSize = useProject((state) => state.recipe.data.batchSize);
  const largest = useStatus((state) => state.device?.limits["maxBufferSize"] ?? null);
  if (!summary) return null;
  const { parameters, trainableFrozen, macs, memoryBytes } = summary;
  return (
    <Card>
      <div className="grid gap-x-6 gap-y-5 sm:grid-cols-2 xl:grid-cols-4" aria-busy={describing}>
        <Stat
          label="Parameters"
          value={formatShort(parameters)}
          note={`${formatCount(parameters)} numbers, ${formatBytes(parameters * 4)}`}
        />
        <Stat
          label="Trained while frozen"
          value={formatShort(trainableFrozen)}
          note={`${formatPercent(parameters === 0 ? 0 : trainableFrozen / parameters)}: the head and batch-norm`}
        />
        <Stat
          label="Multiply-adds"
          value={formatShort(macs)}
          note="for one picture, forwards; training takes three times that"
        />
        <Stat
          label={`Memory at batch ${batchSize}`}
          value={formatBytes(memoryBytes)}
          note={largest === null ? "a rough estimate" : `a rough estimate; one buffer holds ${formatBytes(largest)}`}
        />
      </div>
    </Card>
  );
}
