// The predictions on the validation set as a table that any spreadsheet opens.
import { Download, Eye } from "lucide-react";
import { fileName } from "../../../store/modelActions";
import { thresholdsOf } from "../../../store/inspection";
import { predictionsCsv } from "../../../store/predictionsCsv";
import { thresholdOf } from "../../../store/scoring/threshold";
import { voidClassOf } from "../../../store/scoring/voidClass";
import { predictionsSentence } from "../../../store/itemWords";
import { useInspection, useProject, useRuns, useStudio } from "../../hooks/useStudio";
import { Button, Card } from "../../widgets";
import { SaveMasks } from "../inspect/masks/SaveMasks";
import { useWhyNoModel } from "./useWhyNoModel";

/** `predictions.csv`, at the thresholds chosen under Inspect. */
export function PredictionsCard() {
  const { page, runs, stores } = useStudio();
  const whyNot = useWhyNoModel();
  const { interpretation, chosen, busy } = useInspection((state) => state);
  const recipe = useRuns((state) => state.runs.find((run) => run.id === interpretation?.runId)?.recipe ?? null);
  const project = useProject((state) => state.recipe);
  const save = (): void => {
    if (!interpretation) return;
    const usual = recipe ? thresholdOf(recipe) : 0.2;
    const ignored = voidClassOf(recipe, interpretation.vocab);
    const text = predictionsCsv(interpretation, thresholdsOf({ interpretation, chosen }, usual), ignored);
    const stem = fileName(stores.project.getState().recipe.title);
    page.download(`${stem}.predictions.csv`, new Blob([text], { type: "text/csv" }));
  };
  const masks = interpretation?.task === "segmentation";
  return (
    <Card
      title="Predictions"
      hint={
        masks
          ? "One line a validation picture: its loss, the share of its pixels that are right, and the IoU of each class."
          : `One line for each item of the validation set: truth, prediction, loss${interpretation && "probabilities" in interpretation ? " and all probabilities" : ""}.`
      }
    >
      <p className="text-s text-ink-2">
        {interpretation
          ? predictionsSentence(interpretation, recipe ?? project)
          : (whyNot ?? "The model has not been asked yet.")}
      </p>
      <div className="mt-4 flex flex-wrap gap-2">
        {interpretation ? (
          <Button tone="primary" icon={<Download aria-hidden />} onPress={save}>
            Download predictions
          </Button>
        ) : (
          <Button
            icon={<Eye aria-hidden />}
            whyNot={whyNot ?? (busy ? "The model is looking at the pictures." : null)}
            onPress={() => void runs.interpret()}
          >
            {busy ? "Predicting …" : "Predict the validation set"}
          </Button>
        )}
        {interpretation && (
          <Button tone="quiet" onPress={() => page.goTo("inspect")}>
            Look at them
          </Button>
        )}
      </div>
      {masks && <SaveMasks />}
    </Card>
  );
}
