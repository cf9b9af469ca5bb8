// Names the classes of masks where no file does: one a line, in the order of the masks' numbers.
import { useId, useState } from "react";
import type { LabelsOf } from "../../../spec/labelsSpec";
import { useProject, useStudio } from "../../hooks/useStudio";
import { Help } from "../../widgets";

const HELP =
  "One name a line: the first is of number 0 in the masks, the next of number 1. A class called Void, of which nobody knows what is there, can be left out of the scores under Train.";

/** Only where no file of names is given, or where names were given here. */
export function MaskNames({ labels }: { readonly labels: LabelsOf<"mask"> }) {
  const { project } = useStudio();
  const id = useId();
  const task = useProject((state) => state.recipe.task);
  const given = (labels.classes ?? []).join("\n");
  const [typed, setTyped] = useState({ of: given, text: given });
  if (task !== "segmentation" || (labels.codes !== "" && given === "")) return null;
  const text = typed.of === given ? typed.text : given;
  const keep = (): void => {
    const names = text.split("\n").flatMap((line) => line.trim() || []);
    if (names.join("\n") === given) return;
    project.edit((draft) => {
      if (draft.data.labels.kind !== "mask") return;
      if (names.length > 0) draft.data.labels.classes = names;
      else delete draft.data.labels.classes;
    });
  };
  return (
    <div className="space-y-1">
      <span className="flex items-center gap-0.5">
        <label htmlFor={id} className="text-s text-ink-2">
          Names of the classes
        </label>
        <Help term="Names of the classes" text={HELP} />
      </span>
      <textarea
        id={id}
        rows={Math.max(3, Math.min(10, text.split("\n").length))}
        value={text}
        onChange={({ target }) => setTyped({ of: given, text: target.value })}
        onBlur={keep}
        spellCheck={false}
        className="w-full rounded-sm border border-edge bg-paper px-2.5 py-1.5 font-mono text-[12px]"
      />
    </div>
  );
}
