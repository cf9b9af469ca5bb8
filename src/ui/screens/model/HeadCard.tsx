// The head: the few layers that turn what the body saw into the answer.
import { useState } from "react";
import { useModel, useProject, useSettings, useStudio } from "../../hooks/useStudio";
import { Button, Card, Select, Slider, Switch, TextField } from "../../widgets";
import { parseWidths } from "./parseWidths";
import { RangeFields } from "./RangeFields";

const GRIDS = [
  { id: "1", label: "the whole picture" },
  ...[2, 3, 4].map((n) => ({ id: String(n), label: `${n} × ${n} places` })),
] as const;

/** `model.head`; a U-Net has none of its own but the range of its answers. */
export function HeadCard() {
  const { project } = useStudio();
  const { head, task } = useProject(({ recipe }) => ({ head: recipe.model.head, task: recipe.task }));
  // Without batch-norm in the body, features that are nearly always 0 reach the head as they are.
  const bare = useModel(
    ({ summary }) => summary !== null && summary.layers.every(({ kind }) => kind !== "BatchNorm2d"),
  );
  const everything = useSettings((state) => state.everything);
  const written = head.lin.join(", ");
  const [draft, setDraft] = useState<{ readonly text: string; readonly of: string } | null>(null);
  const text = draft !== null && draft.of === written ? draft.text : written;
  if (task === "segmentation") return null;
  const pooling = head.concatPool === false ? "average" : "average and maximum";
  return (
    <Card title="Head" hint={`Pooling by ${pooling}, then linear layers with batch-norm and dropout, as in fastai.`}>
      <div className="space-y-2.5">
        <div>
          <TextField
            label="Hidden layers"
            help="Widths of the linear layers before the last one, separated by commas. fastai takes one of 512; empty goes straight to the classes."
            value={text}
            placeholder="none"
            onChange={(next) => {
              const widths = parseWidths(next);
              setDraft({ text: next, of: widths?.join(", ") ?? written });
              if (widths && widths.join(", ") !== written) project.setField("model.head.lin", widths);
            }}
          />
          {parseWidths(text) === null && (
            <p className="mt-0.5 text-xs text-bad">Whole numbers above 0, separated by commas: for example 512, 128.</p>
          )}
        </div>
        <Select
          label="Pool over"
          help="A class can be anywhere, so its features are pooled over the whole picture. For points it matters where a feature lies: pooling over a few places keeps that, at the cost of a larger head."
          value={String(head.grid ?? 1)}
          options={GRIDS}
          onChange={(id) => project.setField("model.head.grid", Number(id))}
        />
        {bare && (head.grid ?? 1) > 1 && head.bnFirst !== false && (
          <div className="rounded-md bg-warn-soft px-3.5 py-2.5 text-s">
            <p className="mb-2">
              This body has no batch-norm, and many of its features are nearly always 0. Pooled over several places, the
              head’s batch-norm may blow them up on new pictures.
            </p>
            <Button onPress={() => project.setField("model.head.bnFirst", false)}>Take them as they are</Button>
          </div>
        )}
        <Slider
          label="Dropout"
          help="Switches off this part of the head's inputs at random in every step, so that it cannot rely on any single one. Half of it is used before the earlier layers."
          value={head.dropout}
          min={0}
          max={0.9}
          step={0.05}
          format={(value) => value.toFixed(2)}
          onChange={(value) => project.setField("model.head.dropout", value)}
        />
        {(task === "points" || task === "regression") && <RangeFields />}
        {everything && (
          <>
            <Switch
              label="Pool by maximum too"
              help="Each channel of the last layer gives its average and its maximum (fastai's concat_pool). Off: its average alone, as in torchvision."
              value={head.concatPool !== false}
              onChange={(value) => project.setField("model.head.concatPool", value)}
            />
            <Switch
              label="Batch-norm of the features"
              help="Brings the pooled features to a common scale before the linear layers (fastai's first_bn). Off for a network without batch-norm on few pictures: features that are nearly always 0 would be blown up where they are not."
              value={head.bnFirst !== false}
              onChange={(value) => project.setField("model.head.bnFirst", value)}
            />
            <Switch
              label="Batch-norm at the end"
              help="A slow batch norm after the last layer (fastai's bn_final), which keeps the answers at a common scale."
              value={head.bnFinal === true}
              onChange={(value) => project.setField("model.head.bnFinal", value)}
            />
          </>
        )}
      </div>
    </Card>
  );
}
