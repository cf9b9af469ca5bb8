// Test-time augmentation, on or off, above what the model says.
import { useInspection, useStudio } from "../../hooks/useStudio";
import { Switch } from "../../widgets";

/** Asks the model again, each picture nine times or once. */
export function TestTimeSwitch() {
  const { runs } = useStudio();
  const { tta, busy } = useInspection((state) => ({ tta: state.tta, busy: state.busy }));
  return (
    <div className="mb-4 flex flex-wrap items-center justify-end gap-x-3 gap-y-1">
      {tta && !busy && (
        <span className="text-xs text-ink-3">Answers are averaged over nine views of each picture.</span>
      )}
      <Switch
        label="Look nine times"
        help="Test-time augmentation (TTA): the model sees each picture as it is, then zoomed into its four corners, plain and mirrored, and its answers are averaged: 40 % plain, 60 % the eight views. Often a little more exact, and nine times slower."
        value={tta}
        onChange={(value) => void runs.setTta(value)}
      />
    </div>
  );
}
