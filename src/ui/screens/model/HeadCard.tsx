// The head: the few layers that turn what the body saw into classes.
import { useState } from "react";
import { useProject, useStudio } from "../../hooks/useStudio";
import { Card, Slider, TextField } from "../../widgets";
import { parseWidths } from "./parseWidths";

/** `model.head`. */
export function HeadCard() {
  const { project } = useStudio();
  const head = useProject((state) => state.recipe.model.head);
  const written = head.lin.join(", ");
  const [draft, setDraft] = useState<{ readonly text: string; readonly of: string } | null>(null);
  const text = draft !== null && draft.of === written ? draft.text : written;
  return (
    <Card
      title="Head"
      hint="Pooling by average and maximum, then linear layers with batch-norm and dropout, as in fastai."
    >
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
      </div>
    </Card>
  );
}
