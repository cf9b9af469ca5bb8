// What one training step costs the GPU, as counted by the engine.
import { formatBytes, formatCount, formatShort } from "../../../store/formatNumbers";
import { useStatus } from "../../hooks/useStudio";
import { Card, FactRow, Help } from "../../widgets";
import { useSlowRun } from "./useSlowRun";

/** Dispatches, submits, uploads and live tensors of a step. */
export function CostCard() {
  const run = useSlowRun();
  const gpuBytes = useStatus((state) => state.progress?.gpuBytes ?? null);
  if (!run || (run.counts === null && gpuBytes === null && run.parameters === 0)) return null;
  const { counts, parameters } = run;
  return (
    <Card>
      <p className="mb-2 flex items-center gap-0.5 text-s text-ink-3">
        What a step costs
        <Help
          term="What a step costs"
          text="A dispatch is one program that the GPU runs; a submit hands over a bundle of them. Uploads should be little more than the batch itself. The number of tensors must not grow from step to step."
        />
      </p>
      <div className="space-y-1">
        {counts && (
          <>
            <FactRow label="Dispatches">{formatCount(counts.dispatches)}</FactRow>
            <FactRow label="Submits">{formatCount(counts.submits)}</FactRow>
            <FactRow label="Uploaded">{formatBytes(counts.uploadBytes)}</FactRow>
            <FactRow label="Tensors">{formatCount(counts.tensors)}</FactRow>
          </>
        )}
        {gpuBytes !== null && <FactRow label="GPU memory">{formatBytes(gpuBytes)}</FactRow>}
        {parameters > 0 && <FactRow label="Parameters">{formatShort(parameters)}</FactRow>}
      </div>
    </Card>
  );
}
