// The one primary button: trains, pauses, goes on; when it cannot, it says why.
import { Pause, Play } from "lucide-react";
import { useStatus, useStudio, useWhyNotTrain } from "../hooks/useStudio";
import { Button } from "../widgets";

/** ▶ Train. */
export function TrainButton() {
  const { runs } = useStudio();
  const runState = useStatus((state) => state.runState);
  const whyNot = useWhyNotTrain();
  if (runState === "running")
    return (
      <Button tone="primary" icon={<Pause aria-hidden />} onPress={() => void runs.control("pause")} tip="Space">
        Pause
      </Button>
    );
  if (runState === "paused")
    return (
      <Button tone="primary" icon={<Play aria-hidden />} onPress={() => void runs.control("resume")} tip="Space">
        Go on
      </Button>
    );
  return (
    <Button
      tone="primary"
      icon={<Play aria-hidden className="fill-current" />}
      whyNot={runState === "stopping" ? "The run is being stopped and kept." : whyNot}
      onPress={() => void runs.train()}
      tip="Space"
    >
      Train
    </Button>
  );
}
