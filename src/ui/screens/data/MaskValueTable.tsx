// Says what the values or colours of the masks stand for, one by one.
import { useState } from "react";
import type { LabelsOf } from "../../../spec/labelsSpec";
import { useDataset, useProject, useStudio } from "../../hooks/useStudio";
import { Button, Select } from "../../widgets";

const UNSAID = "unsaid";
const NONE = "-1";
const FEW = 12;

/** Only where masks hold values without a class, or where the recipe names values already. */
export function MaskValueTable({ labels }: { readonly labels: LabelsOf<"mask"> }) {
  const { project } = useStudio();
  const found = useDataset((state) => state.report?.maskValues ?? []);
  const codes = useDataset((state) => state.report?.vocab ?? []);
  const task = useProject((state) => state.recipe.task);
  const [all, setAll] = useState(false);
  const said = labels.values ?? [];
  const values = [...new Set([...said.map(({ from }) => String(from)), ...found.map(({ value }) => value)])];
  if (values.length === 0 || task !== "segmentation") return null;
  const options = [
    { id: UNSAID, label: "not said yet" },
    { id: NONE, label: "does not count" },
    ...codes.map((label, i) => ({ id: String(i), label })),
  ];
  const change = (value: string, id: string): void =>
    project.edit((draft) => {
      if (draft.data.labels.kind !== "mask") return;
      const from = value.startsWith("#") ? value : Number(value);
      // Numbers that were classes of themselves stay so.
      const start = said.length > 0 || typeof from === "string" ? said : codes.map((_, i) => ({ from: i, to: i }));
      const others = start.filter((one) => one.from !== from);
      draft.data.labels.values = id === UNSAID ? others : [...others, { from, to: Number(id) }];
    });
  return (
    <section aria-label="Values of the masks" className="space-y-1.5">
      <h3 className="text-s font-semibold">What the values mean</h3>
      {values.slice(0, all ? values.length : FEW).map((value) => (
        <div key={value} className="flex items-center gap-2">
          <span
            aria-hidden
            className="size-4 shrink-0 rounded-sm border border-line"
            style={{ background: value.startsWith("#") ? value : `rgb(${value} ${value} ${value})` }}
          />
          <Select
            label={value}
            value={String(said.find(({ from }) => String(from) === value)?.to ?? UNSAID)}
            options={options}
            onChange={(id) => change(value, id)}
            className="flex-1"
          />
        </div>
      ))}
      {values.length > FEW && (
        <Button tone="quiet" className="-ml-3" onPress={() => setAll(!all)}>
          {all ? "Show fewer" : `Show all ${values.length}`}
        </Button>
      )}
    </section>
  );
}
