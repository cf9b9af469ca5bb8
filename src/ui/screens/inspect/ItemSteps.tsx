// From one item in full to the one before and after it: buttons, and the arrow keys.
import { ChevronLeft, ChevronRight } from "lucide-react";
import { useEffect } from "react";
import { IconButton } from "../../widgets";

export interface ItemStepsProps {
  /** "3 of 24". */
  readonly place: string;
  readonly onMove: (by: number) => void;
}

/** Listens as long as it is there. */
export function ItemSteps({ place, onMove }: ItemStepsProps) {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === "ArrowLeft") onMove(-1);
      if (event.key === "ArrowRight") onMove(1);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [onMove]);
  return (
    <div className="flex items-center gap-1">
      <IconButton label="The one before" onPress={() => onMove(-1)}>
        <ChevronLeft aria-hidden />
      </IconButton>
      <span className="text-s text-ink-3">{place}</span>
      <IconButton label="The next one" onPress={() => onMove(1)}>
        <ChevronRight aria-hidden />
      </IconButton>
    </div>
  );
}
