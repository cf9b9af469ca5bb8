// Predictions on pictures or series without labels: looked at, then saved in the layout of a Kaggle submission.
import { Download, FileArchive, FolderOpen } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import type { Problem } from "../../../base/problem";
import type { PreviewItem } from "../../../spec/dataReport";
import { plural } from "../../../store/formatNumbers";
import { thresholdsOf } from "../../../store/inspection";
import { fileName } from "../../../store/modelActions";
import { thresholdOf } from "../../../store/scoring/threshold";
import { maskRows, submissionRows, submissionText } from "../../../store/submissionCsv";
import { useInspection, useStudio } from "../../hooks/useStudio";
import { Button, Card, ProblemCard } from "../../widgets";
import { SubmissionHead } from "./SubmissionHead";
import { TestPictures } from "./TestPictures";
import { useWhyNoModel } from "./useWhyNoModel";

interface Submission {
  readonly name: string;
  /** The titles first. */
  readonly rows: readonly (readonly string[])[];
  /** Names of files that could not be read, with the reason. */
  readonly skipped: readonly string[];
  /** In place of a table. */
  readonly masks: Blob | null;
  readonly pictures: readonly PreviewItem[];
  readonly vocab: readonly string[];
}

/** Chooses a folder, files or an archive, predicts, and offers `submission.csv`. */
export function TestSetCard() {
  const { engine, page, session } = useStudio();
  const whyNot = useWhyNoModel();
  const { interpretation, chosen } = useInspection((state) => state);
  const folder = useRef<HTMLInputElement>(null);
  const files = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [made, setMade] = useState<Submission | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  useEffect(() => () => made?.pictures.forEach(({ image }) => image.close()), [made]);

  const predict = async (list: FileList | null): Promise<void> => {
    if (!list || list.length === 0) return;
    const given = Array.from(list, (file) => ({ path: file.webkitRelativePath || file.name, file }));
    setBusy(true);
    setMade(null);
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
    const { masks } = predictions;
    setMade({
      name: `${fileName(recipe.title)}.${masks ? "masks.zip" : "submission.csv"}`,
      rows: masks ? maskRows(predictions) : submissionRows(predictions, recipe, thresholds),
      masks,
      pictures: predictions.pictures,
      vocab: predictions.vocab,
      skipped: predictions.skipped.map(({ path, reason }) => `${path}: ${reason}`),
    });
  };
  const said = (): string => {
    if (busy) return "Predicting …";
    if (made === null) return whyNot ?? "Nothing has been predicted yet.";
    const left = made.skipped.length;
    return `${plural(made.rows.length - 1, "item")} predicted${left > 0 ? `, ${left} could not be read` : ""}.`;
  };

  const why = whyNot ?? (busy ? "The model is looking at them." : null);
  return (
    <Card
      title="Test set"
      className={made ? "md:col-span-2" : ""}
      hint="Pictures or series without labels: the model says what they are, and you save submission.csv as Kaggle takes it, or a zip of masks."
    >
      <p className="text-s text-ink-2" aria-live="polite">
        {said()}
      </p>
      {problem && (
        <ProblemCard
          problem={problem}
          className="mt-3 shadow-none!"
          onMend={(mend) => session.mend(mend.action, { id: -1, problem, retry: () => setProblem(null) })}
        />
      )}
      {made && <TestPictures {...made} />}
      {made && <SubmissionHead rows={made.masks ? [] : made.rows} skipped={made.skipped} />}
      <div className="mt-4 flex flex-wrap gap-2">
        {made && (
          <Button
            tone="primary"
            icon={<Download aria-hidden />}
            onPress={() =>
              page.download(made.name, made.masks ?? new Blob([submissionText(made.rows)], { type: "text/csv" }))
            }
          >
            {made.masks ? "Save the masks" : "Save submission.csv"}
          </Button>
        )}
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
