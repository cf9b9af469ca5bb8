// Predictions on pictures without labels, as a table in the layout of a Kaggle submission.
import { FileArchive, FolderOpen } from "lucide-react";
import { useRef, useState } from "react";
import type { Problem } from "../../../base/problem";
import { plural } from "../../../store/formatNumbers";
import { thresholdsOf } from "../../../store/inspection";
import { fileName } from "../../../store/modelActions";
import { thresholdOf } from "../../../store/scoring/threshold";
import { submissionCsv } from "../../../store/submissionCsv";
import { useInspection, useStudio } from "../../hooks/useStudio";
import { Button, Card, ProblemCard } from "../../widgets";
import { useWhyNoModel } from "./useWhyNoModel";

/** Chooses a folder, files or an archive, predicts, and downloads `submission.csv`. */
export function TestSetCard() {
  const { engine, page, session } = useStudio();
  const whyNot = useWhyNoModel();
  const { interpretation, chosen } = useInspection((state) => state);
  const folder = useRef<HTMLInputElement>(null);
  const files = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);

  const predict = async (list: FileList | null): Promise<void> => {
    if (!list || list.length === 0) return;
    const given = Array.from(list, (file) => ({ path: file.webkitRelativePath || file.name, file }));
    setBusy(true);
    setSaid(null);
    setProblem(null);
    const answer = await engine
      .predictTest([{ kind: "files", name: "test", files: given }])
      .finally(() => setBusy(false));
    if (!answer.ok) return setProblem(answer.error);
    const { recipe, ...predictions } = answer.value;
    const usual = thresholdOf(recipe);
    const own = thresholdsOf({ interpretation, chosen }, usual);
    const thresholds =
      own.length === predictions.vocab.length ? own : new Float32Array(predictions.vocab.length).fill(usual);
    const text = submissionCsv(predictions, recipe, thresholds);
    page.download(`${fileName(recipe.title)}.submission.csv`, new Blob([text], { type: "text/csv" }));
    const left = predictions.skipped.length;
    setSaid(`${plural(predictions.paths.length, "picture")} predicted${left > 0 ? `, ${left} could not be read` : ""}. The file is in your downloads.`); // prettier-ignore
  };

  const why = whyNot ?? (busy ? "The model is looking at the pictures." : null);
  return (
    <Card
      title="Test set"
      hint="Pictures without labels: the model says what they are, and you download submission.csv as Kaggle takes it."
    >
      <p className="text-s text-ink-2" aria-live="polite">
        {busy ? "Predicting …" : (said ?? whyNot ?? "Nothing has been predicted yet.")}
      </p>
      {problem && (
        <ProblemCard
          problem={problem}
          className="mt-3 shadow-none!"
          onMend={(mend) => session.mend(mend.action, { id: -1, problem, retry: () => setProblem(null) })}
        />
      )}
      <div className="mt-4 flex flex-wrap gap-2">
        <Button icon={<FolderOpen aria-hidden />} whyNot={why} onPress={() => folder.current?.click()}>
          Choose a test folder
        </Button>
        <Button icon={<FileArchive aria-hidden />} whyNot={why} onPress={() => files.current?.click()}>
          Choose files or an archive
        </Button>
      </div>
      <input
        ref={folder}
        type="file"
        hidden
        aria-label="Folder of test pictures"
        onChange={(event) => void predict(event.target.files)}
        {...{ webkitdirectory: "" }}
      />
      <input
        ref={files}
        type="file"
        hidden
        multiple
        aria-label="Test pictures"
        onChange={(event) => void predict(event.target.files)}
      />
    </Card>
  );
}
