// How much of the GPU's memory a step may take, and what it does take.
import { USUAL_MEMORY_GB } from "../../../spec/stepMemory";
import { StepMemory } from "../../forms/StepMemory";
import { useProject, useStudio } from "../../hooks/useStudio";
import { Select } from "../../widgets";

const SIZES = [1, 2, 3, 4, 6, 8, 12, 16, 24, 48];
const USUAL = "usual";

/** `train.memory`. */
export function MemoryField() {
  const { project } = useStudio();
  const memory = useProject(({ recipe }) => recipe.train.memory);
  const sizes = [...new Set([...SIZES, ...(memory === undefined ? [] : [memory])])].sort((a, b) => a - b);
  return (
    <div className="space-y-1.5">
      <Select
        label="Memory for a step"
        help="A browser cannot say how much memory the graphics card has, so you can. A batch that needs more is computed in parts whose gradients are added up: the step is the same, but for batch norms, which see one part at a time. If memory runs out all the same, half as many pictures are taken at once."
        value={memory === undefined ? USUAL : String(memory)}
        options={[
          { id: USUAL, label: `Usual (${USUAL_MEMORY_GB} GB)` },
          ...sizes.map((size) => ({ id: String(size), label: `${size} GB` })),
        ]}
        onChange={(chosen) =>
          project.edit((draft) => {
            if (chosen === USUAL) delete draft.train.memory;
            else draft.train.memory = Number(chosen);
          })
        }
      />
      <StepMemory />
    </div>
  );
}
