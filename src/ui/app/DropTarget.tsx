// The whole window is a drop zone; while something is dragged over it, it says what would happen.
import { FolderDown } from "lucide-react";
import { useEffect, useState } from "react";
import { useStudio } from "../hooks/useStudio";
import { carriesFiles, readDrop } from "./readDrop";

/** Listens on the window; draws a full-screen target during a drag. */
export function DropTarget() {
  const { data, session } = useStudio();
  const [over, setOver] = useState(false);

  useEffect(() => {
    // Enter and leave come for every element on the way: the window is left when all are.
    let depth = 0;
    // Wells say themselves what is dropped into them.
    const wells = (): boolean => document.querySelector("[data-well]") !== null;
    const leave = (): void => {
      depth = 0;
      setOver(false);
    };
    const handlers = {
      dragenter(event: DragEvent) {
        if (!carriesFiles(event.dataTransfer)) return;
        event.preventDefault();
        depth += 1;
        setOver(!wells());
      },
      dragover(event: DragEvent) {
        if (!carriesFiles(event.dataTransfer)) return;
        event.preventDefault();
        if (event.dataTransfer) event.dataTransfer.dropEffect = "copy";
      },
      dragleave(event: DragEvent) {
        if (!carriesFiles(event.dataTransfer)) return;
        depth -= 1;
        if (depth <= 0) leave();
      },
      drop(event: DragEvent) {
        if (!event.dataTransfer || !carriesFiles(event.dataTransfer)) return;
        event.preventDefault();
        leave();
        if (event.target instanceof Element && event.target.closest("[data-well]")) return;
        void readDrop(event.dataTransfer, data.scanning).then((dropped) => session.take(dropped));
      },
    };
    const stop = new AbortController();
    for (const [type, handler] of Object.entries(handlers))
      window.addEventListener(type, handler as EventListener, { signal: stop.signal });
    return () => stop.abort();
  }, [data, session]);

  if (!over) return null;
  return (
    <div
      aria-hidden
      className="pointer-events-none fixed inset-0 z-50 grid place-items-center bg-paper/85 p-6 backdrop-blur-sm"
    >
      <div className="grid h-full w-full place-items-center rounded-lg border-2 border-dashed border-accent bg-accent-soft/60">
        <div className="text-center">
          <FolderDown className="mx-auto mb-4 size-14 stroke-[1.2] text-accent" />
          <p className="text-xl font-[650] tracking-[-0.015em]">Drop it anywhere</p>
          <p className="mt-1 text-ink-2">A folder, pictures or an archive to train on · a recipe · weights</p>
          <p className="mt-4 text-s text-ink-3">Nothing is uploaded.</p>
        </div>
      </div>
    </div>
  );
}
