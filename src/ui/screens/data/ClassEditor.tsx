// Classes renamed, merged and left out; every change can be taken back here or undone.
import { useState } from "react";
import { excludeClass, renameClass, restoreClass, type ClassEdits } from "../../../store/classEdits";
import { useDataset, useProject, useStudio } from "../../hooks/useStudio";
import { Button, Select, TextField } from "../../widgets";

/** Only for labels that are names. */
export function ClassEditor() {
  const { project } = useStudio();
  const histogram = useDataset((state) => state.report?.histogram ?? []);
  const edits = useProject((state) => state.recipe.data.classes);
  const [chosen, setChosen] = useState<string | null>(null);
  const [name, setName] = useState("");
  const labels = histogram.map(({ label }) => label);
  const label = chosen !== null && labels.includes(chosen) ? chosen : null;
  const to = name.trim();
  const change = (next: ClassEdits | undefined): void =>
    project.edit((draft) => {
      if (next === undefined) delete draft.data.classes;
      else draft.data.classes = next;
    });
  const merges = to !== label && labels.includes(to);
  return (
    <details className="rounded-md border border-line">
      <summary className="cursor-pointer px-3 py-2 text-s font-semibold">Change classes</summary>
      <div className="space-y-2.5 border-t border-line p-3">
        <Select
          label="Class"
          value={label}
          options={labels.map((id) => ({ id, label: id }))}
          onChange={(id) => {
            setChosen(id);
            setName(id);
          }}
        />
        <TextField
          label="New name"
          help="The name of another class merges the two."
          value={name}
          onChange={setName}
          suggestions={labels}
        />
        <div className="flex flex-wrap gap-2">
          <Button
            whyNot={label === null ? "Choose a class first." : to === "" || to === label ? "Type another name." : null}
            onPress={() => label !== null && change(renameClass(edits, label, to))}
          >
            {merges ? "Merge" : "Rename"}
          </Button>
          <Button
            whyNot={label === null ? "Choose a class first." : labels.length <= 2 ? "Two classes must remain." : null}
            onPress={() => label !== null && change(excludeClass(edits, label))}
          >
            Leave out
          </Button>
        </div>
        {edits && (
          <ul aria-label="Changes" className="space-y-1 text-xs">
            {edits.rename.map(({ from, to: shown }) => (
              <Change key={from} words={`${from} → ${shown}`} onRestore={() => change(restoreClass(edits, from))} />
            ))}
            {edits.exclude.map((one) => (
              <Change key={one} words={`${one} left out`} onRestore={() => change(restoreClass(edits, one))} />
            ))}
          </ul>
        )}
      </div>
    </details>
  );
}

function Change({ words, onRestore }: { readonly words: string; readonly onRestore: () => void }) {
  return (
    <li className="flex items-center justify-between gap-2">
      <span className="min-w-0 font-mono wrap-anywhere">{words}</span>
      <Button tone="quiet" aria-label={`Take back: ${words}`} onPress={onRestore}>
        Take back
      </Button>
    </li>
  );
}
