// A run that is cut off can go on; pause, step and stop do what they say; nothing made is lost.
import { RECIPES } from "../src/spec/recipes";
import type { Recipe } from "../src/spec/recipe";
import { expect, test } from "./fixtures/test";
import { Studio } from "./pages/studio";

test.describe.configure({ mode: "serial", timeout: 600_000 });

function withEpochs(epochs: number): Recipe {
  const shapes = RECIPES["shapes"] as Recipe;
  return { ...shapes, title: "Cut off", train: { ...shapes.train, stages: [{ do: "fitOneCycle", epochs, lr: 0.01 }] } };
}

test("pause holds the run, a step is one step, and reloading in mid-training offers to go on", async ({
  openFresh,
  faults,
}) => {
  const page = await openFresh();
  const studio = new Studio(page);
  await expect(studio.main.getByRole("button", { name: /shapes/i }).first()).toBeVisible();
  await studio.pasteRecipe(withEpochs(8));
  await page.getByRole("alertdialog").getByRole("button", { name: "Open as a new project" }).click();
  await studio.go("Data");
  await expect(studio.slot("Batch")).toHaveAccessibleName(/^Batch ok/);
  await studio.train();
  await expect(studio.progress).toContainText(/epoch [3-6]\/8/i, { timeout: 240_000 });
  await studio.go("Train");
  await studio.main.getByRole("button", { name: /^Pause/ }).click();
  await expect(studio.progress).toContainText(/paused/i);

  faults.allow(/./); // A reload tears down the worker in the middle of its work.
  page.once("dialog", (dialog) => void dialog.accept());
  await page.reload();
  const goOn = page.getByRole("button", { name: /^Go on/ }).first();
  await expect(goOn).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Project name" })).toHaveValue("Cut off");
  await goOn.click();
  await studio.waitForEnd();
  await studio.go("Train");
  const epochs = await studio.epochs();
  expect(epochs.map((row) => row["epoch"])).toEqual(["0", "1", "2", "3", "4", "5", "6", "7"]);
});

test("stop keeps the model: it can be inspected", async ({ page }) => {
  const studio = new Studio(page);
  await studio.train();
  await expect(studio.progress).toContainText(/epoch [2-7]\/8/i, { timeout: 240_000 });
  await studio.progress.getByRole("button", { name: "Stop and keep" }).click();
  await studio.waitForEnd();
  await studio.go("Inspect");
  await expect(studio.main.getByRole("grid", { name: /^Confusion matrix/ })).toBeVisible({ timeout: 60_000 });
});

test("after a reload the model is still there: it can be inspected without training again", async ({
  page,
  faults,
}) => {
  faults.allow(/./); // A reload tears down the worker.
  await page.reload();
  const studio = new Studio(page);
  await studio.go("Inspect");
  await expect(studio.main.getByRole("grid", { name: /^Confusion matrix/ })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole("button", { name: /^Go on/ })).toHaveCount(0);
});

test("two runs can be compared: curves by epoch and by time, and what differs", async ({ page, accessible }) => {
  await page.getByRole("button", { name: "Compare runs" }).click();
  const dialog = page.getByRole("dialog", { name: "Compare runs" });
  await expect(dialog.getByRole("figure", { name: /of the runs$/ })).toContainText("the best of 2 runs is");
  await dialog.getByRole("radio", { name: "By time" }).click();
  await expect(dialog.locator(".recharts-line")).toHaveCount(2);
  await expect(dialog.getByText("Nothing: these runs followed the same recipe")).toBeVisible();
  await accessible("the comparison of runs");
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
});
