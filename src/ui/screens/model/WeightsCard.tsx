// What the network starts from: random numbers, or weights from a file that is checked against the model first.
import { Check, FileUp, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { DropZone, FileTrigger } from "react-aria-components";
import type { WeightsReport } from "../../../spec/run";
import { formatCount, plural } from "../../../store/formatNumbers";
import { useModel, useProject, useStatus, useStudio } from "../../hooks/useStudio";
import { Button, Card, cx } from "../../widgets";

/** `model.weights`. */
export function WeightsCard() {
  const { models, project, stores } = useStudio();
  const weights = useProject((state) => state.recipe.model.weights);
  const report = useModel((state) => state.weights);
  const busyRun = useStatus((state) => state.runState !== "idle");
  const [reading, setReading] = useState(false);
  const take = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    setReading(true);
    await models.importWeights(file);
    setReading(false);
  };
  const whyNot = busyRun ? "A run is going." : reading ? "The file is being read." : null;
  return (
    <Card title="Starting weights" hint="Weights of PyTorch's names and layouts fit as they are, torchvision's too.">
      <DropZone
        aria-label="Drop a .safetensors file"
        getDropOperation={() => (whyNot === null ? "copy" : "cancel")}
        onDrop={(event) => {
          const item = event.items.find((entry) => entry.kind === "file");
          if (item?.kind === "file") void item.getFile().then(take);
        }}
        className="rounded-md border border-dashed border-line-strong px-4 py-5 text-center targeted:border-accent targeted:bg-accent-soft"
      >
        <FileUp className="mx-auto size-6 stroke-[1.5] text-ink-3" aria-hidden />
        <p className="mt-1.5 text-s text-ink-2">
          {weights.kind === "file" ? (
            <>
              Starts from <span className="font-mono">{weights.name}</span>
            </>
          ) : (
            "Starts from random numbers. Drop a .safetensors file to start from trained weights."
          )}
        </p>
        <div className="mt-3 flex flex-wrap justify-center gap-2">
          <FileTrigger acceptedFileTypes={[".safetensors"]} onSelect={(files) => void take(files?.[0])}>
            <Button whyNot={whyNot}>{reading ? "Reading …" : "Choose a file"}</Button>
          </FileTrigger>
          {weights.kind === "file" && (
            <Button
              tone="quiet"
              onPress={() => {
                project.setField("model.weights", { kind: "none" });
                stores.model.setState({ weights: null });
              }}
            >
              Start from random numbers
            </Button>
          )}
        </div>
      </DropZone>
      {weights.kind === "file" && (report ? <Report report={report} /> : <NotAtHand name={weights.name} />)}
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

const shape = (lengths: readonly number[]): string => `[${lengths.join(", ")}]`;

function Report({ report }: { readonly report: WeightsReport }) {
  const { matched, missing, extra, misshapen } = report;
  const fits = missing.length + extra.length + misshapen.length === 0;
  return (
    <div className="mt-4 space-y-3">
      <output className={cx("flex items-start gap-2 text-s", fits ? "text-good" : "text-ink-2")}>
        {fits ? (
          <Check className="mt-0.5 size-4 shrink-0" aria-hidden />
        ) : (
          <TriangleAlert className="mt-0.5 size-4 shrink-0 text-warn" aria-hidden />
        )}
        {fits
          ? `All ${formatCount(matched)} tensors fit.`
          : `${plural(matched, "tensor")} fit; ${formatCount(missing.length)} of the model's start from random numbers.`}
      </output>
      <Names title="Missing in the file" names={missing} />
      <Names title="Not in the model, left out" names={extra} />
      <Names
        title="Of another shape, left out"
        names={misshapen.map(({ name, expected, found }) => `${name}: ${shape(found)} instead of ${shape(expected)}`)}
      />
    </div>
  );
}

function Names({ title, names }: { readonly title: string; readonly names: readonly string[] }) {
  if (names.length === 0) return null;
  return (
    <details className="rounded-sm border border-line px-3 py-2">
      <summary className="cursor-pointer text-s">
        {title} <span className="font-mono text-ink-3">{formatCount(names.length)}</span>
      </summary>
      <ul className="mt-2 max-h-48 space-y-0.5 overflow-auto font-mono text-xs text-ink-2">
        {names.slice(0, 500).map((name) => (
          <li key={name} className="break-all">
            {name}
          </li>
        ))}
        {names.length > 500 && <li className="font-sans text-ink-3">and {formatCount(names.length - 500)} more</li>}
      </ul>
    </details>
  );
}
