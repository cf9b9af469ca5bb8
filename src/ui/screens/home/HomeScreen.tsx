// What a first-time visitor sees: what this is, where to drop a folder, and samples to try.
import { FolderDown } from "lucide-react";
import { OpenButtons } from "../../app/OpenButtons";
import { OpeningPanel } from "../../app/OpeningPanel";
import { useDataset, useStatus } from "../../hooks/useStudio";
import { SampleCards } from "./SampleCards";

/** The way in. */
export function HomeScreen() {
  const opening = useDataset((state) => state.opening);
  const phase = useStatus((state) => state.phase);
  return (
    <div className="mx-auto flex max-w-4xl flex-col gap-8 py-[min(6dvh,56px)] max-md:gap-6 max-md:py-3">
      <header className="text-center">
        <h1 className="text-[30px] leading-tight font-[660] tracking-[-0.025em] text-balance max-md:text-[24px]">
          Teach this computer to see what you see
        </h1>
        <p className="mx-auto mt-3 max-w-2xl text-[16px] text-pretty text-ink-2 max-md:text-m">
          Glasshouse trains a deep-learning model on your own pictures, on your own graphics card, in this page. Nothing
          is installed, and nothing is uploaded.
        </p>
      </header>
      <section
        aria-label="Your pictures"
        className="flex flex-col items-center gap-4 rounded-lg border-[1.5px] border-dashed border-line-strong bg-card px-6 py-10 text-center shadow-card max-md:py-7"
      >
        {opening ? (
          <OpeningPanel />
        ) : (
          <>
            <FolderDown className="size-12 stroke-[1.2] text-accent" aria-hidden />
            <div>
              <p className="text-xl font-[640] tracking-[-0.015em]">Drop a folder of pictures</p>
              <p className="mt-1 text-ink-2">
                One subfolder for each class, a table of labels, masks, points or rows of numbers. The studio works out
                which.
              </p>
            </div>
            <div className="flex flex-wrap justify-center gap-2">
              <OpenButtons />
            </div>
          </>
        )}
      </section>
      <section aria-label="Samples">
        <h2 className="mb-3 text-center text-s text-ink-3">
          {phase === "starting"
            ? "Looking for your graphics card …"
            : "No pictures at hand? Try a sample, drawn on the spot."}
        </h2>
        <SampleCards />
      </section>
    </div>
  );
}
