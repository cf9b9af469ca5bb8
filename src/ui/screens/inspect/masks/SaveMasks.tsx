// Every predicted mask of the validation set as a file of class numbers.
import { Download } from "lucide-react";
import { useState } from "react";
import { useStudio } from "../../../hooks/useStudio";
import { Button } from "../../../widgets";

/** The button, and what comes out of it. */
export function SaveMasks() {
  const { models } = useStudio();
  const [busy, setBusy] = useState(false);
  const save = async (): Promise<void> => {
    setBusy(true);
    await models.exportMasks().finally(() => setBusy(false));
  };
  return (
    <div className="mt-4 flex flex-wrap items-center gap-x-3 gap-y-1.5 border-t border-line pt-4">
      <Button
        icon={<Download aria-hidden />}
        whyNot={busy ? "The masks are being written." : null}
        onPress={() => void save()}
      >
        {busy ? "Writing …" : "Save the predicted masks"}
      </Button>
      <span className="text-xs text-ink-3">
        A zip of PNGs as large as your pictures; each pixel holds the number of its class, as codes.txt beside them
        lists it.
      </span>
    </div>
  );
}
