// The project's name, edited in place.
import { useState } from "react";
import { useProject, useStudio } from "../hooks/useStudio";

/** A text that becomes a field when it is clicked or focused. */
export function ProjectName() {
  const studio = useStudio();
  const title = useProject((state) => state.recipe.title);
  const [draft, setDraft] = useState<string | null>(null);
  const finish = (): void => {
    const text = draft?.trim() ?? "";
    if (text !== "" && text !== title) studio.project.setField("title", text.slice(0, 200));
    setDraft(null);
  };
  return (
    <input
      aria-label="Project name"
      value={draft ?? title}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={finish}
      onKeyDown={(event) => {
        if (event.key === "Enter") event.currentTarget.blur();
        if (event.key === "Escape") setDraft(null);
      }}
      spellCheck={false}
      className="hit w-full min-w-0 truncate rounded-sm bg-transparent px-1 py-0.5 text-s font-semibold hover:bg-sunk focus:bg-card"
    />
  );
}
