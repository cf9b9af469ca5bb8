// What the engine is doing just now, by name, and the buttons that hold it.
import { Pause, Play, Square, StepForward } from "lucide-react";
import { memo } from "react";
import type { Progress as RunProgress } from "../../../spec/run";
import type { EngineStatusState } from "../../../store/engineStatus";
import { formatDuration } from "../../../store/formatNumbers";
import { useStatus, useStudio } from "../../hooks/useStudio";
import { Button, Card, cx, FactRow } from "../../widgets";
import { useSlowRun } from "./useSlowRun";

const PHASES: readonly { readonly id: RunProgress["phase"]; readonly label: string }[] = [
  { id: "decoding", label: "decoding" },
  { id: "compiling shaders", label: "compiling" },
  { id: "finding lr", label: "finding lr" },
  { id: "training", label: "training" },
  { id: "validating", label: "validating" },
  { id: "saving", label: "saving" },
];

const STATUS_WORDS = {
  running: "Running",
  paused: "Paused",
  stopping: "Stopping; everything is kept",
  finished: "Finished",
  stopped: "Stopped; the model is kept",
  failed: "Ended with a problem",
  interrupted: "Interrupted",
} as const;

/** Phase, time and controls. */
export function PhaseCard() {
  const run = useSlowRun();
  const { progress, runState } = useStatus((state) => ({ progress: state.progress, runState: state.runState }));
  const going = runState !== "idle";
  return (
    <Card>
      <p className="text-s text-ink-3">Now</p>
      <p className="text-m font-[620]">
        {going ? STATUS_WORDS[runState] : run ? STATUS_WORDS[run.status] : "Nothing runs yet"}
      </p>
      {going && (
        <ul className="mt-2 flex flex-wrap gap-1" aria-label="Phases">
          {PHASES.map(({ id, label }) => {
            const now = progress?.phase === id;
            return (
              <li
                key={id}
                aria-current={now ? "step" : undefined}
                className={cx(
                  "rounded-full px-2 py-px text-xs",
                  now ? "bg-accent text-accent-ink" : "bg-sunk text-ink-3",
                )}
              >
                {label}
              </li>
            );
          })}
        </ul>
      )}
      {(progress ?? run) && (
        <div className="mt-2 space-y-1">
          {progress ? (
            <>
              <FactRow label="Elapsed">{formatDuration(progress.elapsed)}</FactRow>
              {progress.left !== null && <FactRow label="Left">~{formatDuration(progress.left)}</FactRow>}
              {progress.itemsPerSecond !== null && (
                <FactRow label="Speed">{progress.itemsPerSecond.toFixed(0)} img/s</FactRow>
              )}
              {typeof progress.lossScale === "number" && (
                <FactRow label="Loss scale">
                  2<sup>{Math.log2(progress.lossScale).toFixed(0)}</sup>
                </FactRow>
              )}
            </>
          ) : (
            run && run.seconds > 0 && <FactRow label="Time">{formatDuration(run.seconds * 1000)}</FactRow>
          )}
        </div>
      )}
      {going && <Controls runState={runState} />}
    </Card>
  );
}

interface ControlsProps {
  readonly runState: EngineStatusState["runState"];
}

/** Apart from the numbers above, which change four times a second. */
const Controls = memo(function Controls({ runState }: ControlsProps) {
  const { runs } = useStudio();
  const paused = runState === "paused";
  const stopping = runState === "stopping" ? "The run is being stopped." : null;
  return (
    <div className="mt-3 flex flex-wrap gap-2">
      {paused ? (
        <Button icon={<Play aria-hidden />} onPress={() => void runs.control("resume")}>
          Go on
        </Button>
      ) : (
        <Button icon={<Pause aria-hidden />} whyNot={stopping} onPress={() => void runs.control("pause")}>
          Pause
        </Button>
      )}
      <Button
        icon={<StepForward aria-hidden />}
        whyNot={stopping}
        onPress={() => void runs.control("step")}
        tip="One batch, then pause (.)"
      >
        Step
      </Button>
      <Button icon={<Square aria-hidden />} whyNot={stopping} onPress={() => void runs.control("stop")}>
        Stop and keep
      </Button>
    </div>
  );
});
