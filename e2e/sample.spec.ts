// A first visit: two clicks to a model in training, and every screen has something to say about it afterwards.
import { readFile } from "node:fs/promises";
import { RECIPES } from "../src/spec/recipes";
import { expect, test } from "./fixtures/test";
import { Studio, type Screen } from "./pages/studio";

test.describe.configure({ mode: "serial" });

const screens: readonly Screen[] = ["Data", "Model", "Train", "Inspect", "Share"];

test("a newcomer trains the sample in two clicks, sees what it gets wrong, and takes it away", async ({
  openFresh,
  accessible,
  longTasks,
}) => {
  test.setTimeout(600_000);
  const page = await openFresh();
  const studio = new Studio(page);
  await expect(studio.main.getByRole("heading", { level: 1 })).toBeVisible();
  await accessible("the first visit");

  await studio.trySample(/shapes/i);
  await accessible("Data, with a sample");
  await studio.train();
  await expect(studio.progress).toContainText(/epoch 1\/\d+/i, { timeout: 120_000 });
  await longTasks.start();
  await studio.waitForEnd();
  const { busy, what, long, longest, tasks } = await longTasks.read();
  console.log(
    `while training, of ${tasks} tasks of the page ${busy.length} took above 50 ms on the processor ` +
      `(longest ${longest} ms) and ${long.length} above 50 ms on the clock (${long.join(", ")})`,
  );
  expect(tasks).toBeGreaterThan(100);
  expect(busy, what.join("; ")).toEqual([]);

  await studio.go("Train");
  const epochs = await studio.epochs();
  expect(epochs.length).toBeGreaterThan(4);
  const losses = epochs.map((row) => Number(row["train_loss"]));
  expect(losses.at(-1)).toBeLessThan(0.7 * (losses[0] ?? 0));
  // Four classes of equal size: guessing gives 0.25.
  expect(Number(epochs.at(-1)?.["accuracy"])).toBeGreaterThan(0.5);

  await studio.go("Inspect");
  const matrix = studio.main.getByRole("grid", { name: /^Confusion matrix/ });
  await matrix.getByRole("button", { name: /^star, right: [1-9]/ }).click();
  await studio.seesPictures(/^star, right/);

  for (const screen of screens) {
    await studio.goByKeyboard(screen);
    await accessible(`${screen}, after training`);
  }
});

test("weights go out as .safetensors and come back by choosing the file", async ({ page }) => {
  const studio = new Studio(page);
  await studio.go("Share");
  const waiting = page.waitForEvent("download");
  await studio.main.getByRole("button", { name: "Download weights" }).click();
  const download = await waiting;
  expect(download.suggestedFilename()).toMatch(/\.safetensors$/);
  const path = test.info().outputPath("model.safetensors");
  await download.saveAs(path);
  const bytes = await readFile(path);
  const header = JSON.parse(bytes.subarray(8, 8 + Number(bytes.readBigUInt64LE(0))).toString()) as Record<
    string,
    { shape: number[] }
  >;
  // PyTorch's names and layouts: [out, in, height, width] and [out, in].
  expect(header["0.0.weight"]?.shape).toEqual([8, 3, 3, 3]);
  expect(header["1.8.weight"]?.shape).toEqual([4, 32]);

  await studio.go("Model");
  const choosing = page.waitForEvent("filechooser");
  const weights = studio.main.getByRole("region", { name: "Starting weights" });
  await weights.getByRole("button", { name: "Choose a file" }).click();
  await (await choosing).setFiles(path);
  await expect(weights).toContainText("Starts from model.safetensors");
  await expect(studio.main).toContainText(
    `All ${Object.keys(header).length - 1} tensors of ResNet mini are in the file.`,
  );
});

test("a recipe goes out as JSON and as a link; opening one asks first and keeps the old work until a yes", async ({
  page,
}) => {
  const studio = new Studio(page);
  await studio.go("Share");
  const waiting = page.waitForEvent("download");
  await studio.main.getByRole("button", { name: "Download recipe" }).click();
  const text = await readFile(await (await waiting).path(), "utf8");
  expect(JSON.parse(text)).toMatchObject({ version: 1, title: "Sample: shapes", model: { arch: "resnetMini" } });

  await studio.pasteRecipe(RECIPES["planet"]);
  const offer = page.getByRole("alertdialog");
  await expect(offer).toContainText("Planet: Understanding the Amazon");
  await offer.getByRole("button", { name: "Keep what I have" }).click();
  await expect(page.getByRole("textbox", { name: "Project name" })).toHaveValue("Sample: shapes");
});

test("undo takes back a change of the recipe, redo makes it again", async ({ page }) => {
  const studio = new Studio(page);
  await studio.go("Model");
  await studio.main.getByRole("radio", { name: /ResNet-18/ }).check({ force: true });
  await expect(page.getByRole("link", { name: /^Model 11/ })).toBeVisible();
  await page.keyboard.press("ControlOrMeta+z");
  await expect(page.getByRole("link", { name: /^Model 81\.9 k/ })).toBeVisible();
  await page.keyboard.press("ControlOrMeta+Shift+z");
  await expect(page.getByRole("link", { name: /^Model 11/ })).toBeVisible();
  await page.keyboard.press("ControlOrMeta+z");
});
