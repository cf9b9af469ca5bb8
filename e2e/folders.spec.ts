// Real folders from a disk: dropped, guessed, trained, better than guessing the commonest answer.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { numpyPermutation } from "../src/base/numpyRandom";
import { hasShared, sharedFolder } from "./fixtures/folders";
import { expect, test } from "./fixtures/test";
import { Studio } from "./pages/studio";

test.skip(!hasShared, "the reference data is not beside the repository");
test.describe.configure({ timeout: 600_000 });

test("handwritten digits by folder: dropped, guessed, made small by hand, trained", async ({ openFresh, drop }) => {
  const page = await openFresh();
  const studio = new Studio(page);
  await expect(studio.main.getByRole("button", { name: /shapes/i }).first()).toBeVisible();
  await drop(join(sharedFolder, "data/mnist_tiny"));
  const guess = studio.main.getByRole("region", { name: "Guess" });
  await expect(guess).toContainText("image classification by folder: 2 classes, 1,408 images");
  await guess.getByRole("button", { name: "Use this" }).click();
  await expect(studio.slot("Split")).toHaveAccessibleName(/709 \/ 699/);

  await studio.makeSmall({ size: 28, epochs: 3 });
  await studio.train();
  await studio.waitForEnd();

  const epochs = await studio.epochs();
  expect(epochs).toHaveLength(3);
  const [first, last] = [epochs[0], epochs.at(-1)];
  expect(Number(last?.["train_loss"])).toBeLessThan(Number(first?.["train_loss"]));
  // The commoner class has 353 of the 699 validation pictures.
  expect(Number(last?.["accuracy"])).toBeGreaterThan(0.9);

  await studio.go("Inspect");
  await studio.main
    .getByRole("grid", { name: /^Confusion matrix/ })
    .getByRole("button", { name: /^3, right: / })
    .click();
  await studio.seesPictures(/^3, right/);
});

/** F2 (per picture, averaged) of giving every picture the same tags: the best of the k commonest. */
function bestConstantF2(truths: readonly ReadonlySet<string>[]): number {
  const counts = new Map<string, number>();
  for (const truth of truths) for (const tag of truth) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  const order = [...counts].sort((a, b) => b[1] - a[1]).map(([tag]) => tag);
  const score = (tags: readonly string[]): number => {
    const each = truths.map((truth) => {
      const right = tags.filter((tag) => truth.has(tag)).length;
      return right === 0 ? 0 : (5 * right) / (4 * truth.size + tags.length);
    });
    return each.reduce((a, b) => a + b, 0) / each.length;
  };
  return Math.max(...order.map((_, i) => score(order.slice(0, i + 1))));
}

test("the Planet sample, CMYK tiles with several tags: dropped, guessed, trained, thresholds moved", async ({
  openFresh,
  drop,
}) => {
  const page = await openFresh();
  const studio = new Studio(page);
  const folder = join(sharedFolder, "data/planet_sample");
  await expect(studio.main.getByRole("button", { name: /shapes/i }).first()).toBeVisible();
  await drop(folder);
  const guess = studio.main.getByRole("region", { name: "Guess" });
  await expect(guess).toContainText("17 tags, 750 images");
  await guess.getByRole("button", { name: "Use this" }).click();
  await expect(studio.slot("Split")).toHaveAccessibleName(/600 \/ 150/);

  await studio.makeSmall({ size: 32, epochs: 6 });
  await studio.train();
  await studio.waitForEnd();

  const tags = readFileSync(join(folder, "labels.csv"), "utf8")
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => new Set(line.slice(line.indexOf(",") + 1).split(" ")));
  const valid = [...numpyPermutation(tags.length, 42).slice(0, 150)].map((row) => tags[row] ?? new Set<string>());
  const epochs = await studio.epochs();
  expect(epochs).toHaveLength(6);
  expect(Number(epochs.at(-1)?.["train_loss"])).toBeLessThan(Number(epochs[0]?.["train_loss"]));
  expect(Number(epochs.at(-1)?.["fbeta"])).toBeGreaterThan(bestConstantF2(valid));

  await studio.go("Inspect");
  const row = studio.main.getByRole("table", { name: "Scores of every label" }).getByRole("row", { name: /^primary / });
  const before = await row.textContent();
  const slider = studio.main.getByRole("slider", { name: /Threshold of all labels/ });
  await slider.focus();
  await page.keyboard.press("End");
  await expect(row).not.toHaveText(before ?? "");
});
