// What the network starts from: random numbers, or weights from a file that is checked against the model first.
import { Check, FileUp, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { DropZone, FileTrigger } from "react-aria-components";
import type { WeightsPreprocessing } from "../../../spec/run";
import { useModel, useProject, useStatus, useStudio } from "../../hooks/useStudio";
import { Button, Card, cx } from "../../widgets";

/** `model.weights`. */
export function WeightsCard() {
  const { models } = useStudio();
  const weights = useProject((state) => state.recipe.model.weights);
  const report = useModel((state) => state.weights);
  const busyRun = useStatus((state) => state.runState !== "idle");
  const name = weights.kind === "none" ? null : weights.kind === "hub" ? weights.id : weights.name;
  const [reading, setReading] = useState(false);
  const take = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    setReading(true);
    await models.importWeights(file);
    setReading(false);
  };
  const whyNot = busyRun ? "A run is going." : reading ? "The file is being read." : null;
  return (
    <Card
      title="Starting weights"
      hint="Files of PyTorch, torchvision, timm and fastai fit as they are. They are only read, never run."
    >
      <DropZone
        aria-label="Drop a weight file"
        getDropOperation={() => (whyNot === null ? "copy" : "cancel")}
        onDrop={(event) => {
          const item = event.items.find((entry) => entry.kind === "file");
          if (item?.kind === "file") void item.getFile().then(take);
        }}
        className="rounded-md border border-dashed border-line-strong px-4 py-5 text-center targeted:border-accent targeted:bg-accent-soft"
      >
        <FileUp className="mx-auto size-6 stroke-[1.5] text-ink-3" aria-hidden />
        <p className="mt-1.5 text-s text-ink-2">
          {name !== null ? (
            <>
              Starts from <span className="font-mono break-all">{name}</span>
            </>
          ) : (
            "Starts from random numbers. Drop a .safetensors, .pth or .pt file to start from trained weights."
          )}
        </p>
        <div className="mt-3 flex flex-wrap justify-center gap-2">
          <FileTrigger
            acceptedFileTypes={[".safetensors", ".pth", ".pt", ".th", ".bin", ".npz"]}
            onSelect={(files) => void take(files?.[0])}
          >
            <Button whyNot={whyNot}>{reading ? "Reading …" : "Choose a file"}</Button>
          </FileTrigger>
          {weights.kind === "file" && (
            <Button tone="quiet" onPress={models.dropWeights}>
              Start from random numbers
            </Button>
          )}
        </div>
      </DropZone>
      {weights.kind === "file" && report?.name !== name && <NotAtHand name={weights.name} />}
      {name !== null && report?.name === name && report.preprocessing && (
        <Preprocessing expected={report.preprocessing} />
      )}
    </Card>
  );
}

function NotAtHand({ name }: { readonly name: string }) {
  return (
    <p className="mt-3 flex gap-2 text-s text-warn">
      <TriangleAlert className="mt-0.5 size-4 shrink-0" aria-hidden />
      The recipe names {name}; choose the file again, since the page keeps no copy of it.
    </p>
  );
}

/** What the weights have seen, and whether the recipe's pictures look the same. */
function Preprocessing({ expected }: { readonly expected: WeightsPreprocessing }) {
  const { project } = useStudio();
  const normalize = useProject((state) => state.recipe.data.normalize);
  const known = useStatus((state) => state.catalog?.normalizations ?? []);
  const labelOf = (id: string): string => known.find((entry) => entry.id === id)?.label ?? id;
  const same = normalize === expected.normalize;
  const Icon = same ? Check : TriangleAlert;
  return (
    <div className="mt-3 flex gap-2 text-s text-ink-2">
      <Icon className={cx("mt-0.5 size-4 shrink-0", same ? "text-good" : "text-warn")} aria-hidden />
      <div>
        <p>
          {expected.source === "stated" ? "Trained" : "Probably trained"} on pictures normalised as{" "}
          <b className="font-semibold text-ink">{labelOf(expected.normalize)}</b>
          {same ? ", and so are yours." : `; yours are normalised as ${labelOf(normalize)}.`}
        </p>
        {!same && known.some(({ id }) => id === expected.normalize) && (
          <Button className="mt-1.5" onPress={() => project.setField("data.normalize", expected.normalize)}>
            Normalise as the weights expect
          </Button>
        )}
      </div>
    </div>
  );
}
