// The trained weights as one file that PyTorch reads.
import { Download } from "lucide-react";
import { useState } from "react";
import { formatBytes, formatShort } from "../../../store/formatNumbers";
import { useModel, useRuns, useStudio } from "../../hooks/useStudio";
import { Button, Card } from "../../widgets";
import { useWhyNoModel } from "./useWhyNoModel";

/** `.safetensors`. */
export function WeightsFileCard() {
  const { models } = useStudio();
  const whyNot = useWhyNoModel();
  const live = useRuns((state) => state.runs.find((run) => run.id === state.live) ?? null);
  const parameters = useModel((state) => state.summary?.parameters ?? live?.parameters ?? 0);
  const [busy, setBusy] = useState(false);
  const save = async (): Promise<void> => {
    setBusy(true);
    await models.exportWeights();
    setBusy(false);
  };
  return (
    <Card title="Weights" hint="One .safetensors file with PyTorch's names and layouts.">
      <p className="text-s text-ink-2">
        {whyNot ??
          `${formatShort(parameters)} parameters of “${live?.name ?? "the model"}”, about ${formatBytes(parameters * 4)}. Drop the file on this page later to start from it.`}
      </p>
      <div className="mt-4">
        <Button
          tone="primary"
          icon={<Download aria-hidden />}
          whyNot={whyNot ?? (busy ? "The file is being written." : null)}
          onPress={() => void save()}
        >
          {busy ? "Writing …" : "Download weights"}
        </Button>
      </div>
    </Card>
  );
}
