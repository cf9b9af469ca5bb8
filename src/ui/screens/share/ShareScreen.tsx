// The Share screen: what leaves the page, by the person's own hand and to the person's own disk.
import { OpenRecipeCard } from "./OpenRecipeCard";
import { PredictionsCard } from "./PredictionsCard";
import { RecipeCard } from "./RecipeCard";
import { TestSetCard } from "./TestSetCard";
import { WeightsFileCard } from "./WeightsFileCard";

/** Weights, predictions, recipe. */
export function ShareScreen() {
  return (
    <div className="mx-auto max-w-5xl">
      <h1 className="sr-only">Share</h1>
      <p className="mb-5 text-s text-ink-3">
        Files are written by your browser to your own disk. Nothing is uploaded, and a recipe link holds no pictures.
      </p>
      <div className="grid items-start gap-5 md:grid-cols-2">
        <WeightsFileCard />
        <PredictionsCard />
        <TestSetCard />
        <RecipeCard />
        <OpenRecipeCard />
      </div>
    </div>
  );
}
