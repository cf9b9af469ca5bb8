// Opens the comparison of runs; its charts come in a file of their own.
import { Suspense, useState } from "react";
import { useRuns, useSettings, useStudio } from "../hooks/useStudio";
import { Dialog } from "../widgets";
import { CompareRuns } from "./lazyScreens";

/** All runs that are shown in charts and have at least one epoch, as they are now. */
export function CompareDialog() {
  const { stores } = useStudio();
  const isOpen = useSettings((state) => state.overlay === "compare");
  return (
    <Dialog wide title="Compare runs" isOpen={isOpen} onClose={() => stores.settings.setState({ overlay: null })}>
      <Suspense fallback={<p className="py-12 text-center text-ink-3">One moment …</p>}>
        <Snapshot />
      </Suspense>
    </Dialog>
  );
}

function Snapshot() {
  const { stores } = useStudio();
  // A run that goes on does not draw the comparison anew at every step; it is as of the moment of opening.
  const [runs] = useState(() => stores.runs.getState().runs.filter((run) => !run.hidden && run.epochs.length > 0));
  const going = useRuns((state) => state.runs.some(({ status }) => status === "running"));
  return (
    <>
      {going && <p className="mb-3 text-s text-ink-2">A run is going: this is how it stood when you opened this.</p>}
      <CompareRuns runs={runs} />
    </>
  );
}
