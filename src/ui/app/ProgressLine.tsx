// The line at the bottom: how the run goes, read out at most every 20 seconds, with Pause and Stop.
import { Pause, Play, Square } from "lucide-react";
import { memo } from "react";
import { doneShare, progressParts } from "../../store/progressText";
import { countItems } from "../../store/itemWords";
import { loadingLine } from "../../store/loadingLine";
import { useDataset, useProject, useRuns, useStatus, useStudio } from "../hooks/useStudio";
import { Button, Progress } from "../widgets";

/** What is said while no run is going. */
function useRestingLine(): { readonly text: string; readonly share: number | null | undefined } {
  const { opening, preparing, loading, report } = useDataset(({ opening, preparing, loading, report }) => ({
    opening,
    preparing,
    loading,
    report,
  }));
  const phase = useStatus((state) => state.phase);
  const recipe = useProject((state) => state.recipe);
  const trained = useRuns(({ runs, current }) => {
    const run = runs.find(({ id }) => id === current);
    return run?.status === "finished" ? run.name : null;
  });
  if (phase === "starting") return { text: "Starting the engine …", share: null };
  if (loading && (opening || preparing)) {
    return loadingLine(loading);
  }
  if (opening) return { text: "Reading your files …", share: null };
  if (preparing) return { text: "Preparing the data …", share: null };
  if (trained !== null)
    return { text: `${trained} is trained. See what it gets wrong under Inspect.`, share: undefined };
  if (report?.ready === true)
    return {
      text: `Ready: ${countItems(report.train, recipe)} to train on, ${countItems(report.valid, recipe)} to check.`,
      share: undefined,
    };
  return { text: "Drop a folder of pictures anywhere on this page.", share: undefined };
}

/** The footer of every screen. */
export function ProgressLine() {
  const { progress, runState } = useStatus((state) => ({ progress: state.progress, runState: state.runState }));
  const resting = useRestingLine();
  const going = runState !== "idle";
  const parts = going && progress ? progressParts(progress) : null;
  const share = parts && progress ? doneShare(progress) : going ? null : resting.share;
  return (
    <footer
      aria-label="Progress"
      className="flex min-h-11 items-center gap-x-4.5 gap-y-1 max-2xl:gap-x-3.5 max-md:flex-wrap border-t border-line px-5 py-1 text-s text-ink-2 max-md:px-3"
    >
      {share !== undefined && (
        <Progress label="Progress of the run" share={share} className="w-45 shrink-0 max-2xl:w-24 max-md:w-full" />
      )}
      {parts ? (
        <span className="flex min-w-0 gap-[inherit] overflow-hidden whitespace-nowrap">
          <span>{parts.place}</span>
          <span className="max-sm:hidden">{parts.time}</span>
          {parts.numbers.map((text) => (
            <span key={text.split(" ")[0]} className="font-mono text-[11.5px] leading-[18px] max-md:hidden">
              {text}
            </span>
          ))}
        </span>
      ) : (
        <span className="min-w-0">
          {going ? (runState === "stopping" ? "Stopping; everything is kept …" : "Compiling shaders …") : resting.text}
        </span>
      )}
      {going && <RunControls />}
      <Announcement />
    </footer>
  );
}

const RunControls = memo(function RunControls() {
  const { runs } = useStudio();
  const runState = useStatus((state) => state.runState);
  return (
    <span className="ml-auto flex shrink-0 gap-2">
      {runState === "paused" ? (
        <Button icon={<Play aria-hidden />} onPress={() => void runs.control("resume")}>
          Go on
        </Button>
      ) : (
        <Button
          icon={<Pause aria-hidden />}
          whyNot={runState === "stopping" ? "The run is being stopped." : null}
          onPress={() => void runs.control("pause")}
        >
          Pause
        </Button>
      )}
      <Button
        icon={<Square aria-hidden />}
        whyNot={runState === "stopping" ? "The run is being stopped." : null}
        onPress={() => void runs.control("stop")}
      >
        Stop and keep
      </Button>
    </span>
  );
});

/** What a screen reader hears. */
function Announcement() {
  const spoken = useStatus((state) => state.spoken);
  return (
    <output aria-live="polite" className="sr-only">
      {spoken}
    </output>
  );
}
