// What a training step takes of the GPU's memory, where its size is chosen.
import { MemoryStick } from "lucide-react";
import { memoryWords } from "../../store/memoryWords";
import { useModel, useProject } from "../hooks/useStudio";

/** Follows the model, the batch and the sizes of the stages; nothing while no model can be described. */
export function StepMemory() {
  const recipe = useProject((state) => state.recipe);
  const { summary, describing } = useModel(({ summary, describing }) => ({ summary, describing }));
  const sentences = memoryWords(recipe, summary);
  if (sentences.length === 0) return null;
  return (
    <div className="flex gap-2 text-xs text-ink-2" aria-busy={describing}>
      <MemoryStick aria-hidden className="mt-0.5 size-3.5 shrink-0 text-ink-3" />
      <ul className="min-w-0 space-y-1">
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </div>
  );
}
