// The title of the browser's tab shows how far training is.
import { useEffect } from "react";
import { doneShare } from "../../store/progressText";
import { useProject, useStatus } from "./useStudio";

/** "▶ 41 % · Amazon from space · Glasshouse". */
export function useDocumentTitle(): void {
  const title = useProject((state) => state.recipe.title);
  const going = useStatus(({ runState, progress }) => {
    if (runState === "idle") return "";
    const percent = progress ? `${Math.floor(doneShare(progress) * 100)} %` : "…";
    return `${runState === "paused" ? "⏸" : "▶"} ${percent} · `;
  });
  useEffect(() => {
    document.title = `${going}${title} · Glasshouse`;
  }, [going, title]);
}
