// Numbers that are no pictures yet: NumPy arrays, float TIFFs and tables as heat maps, and arrays of many bands.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { writeMatrices } from "./fixtures/matrices";
import { expect, test } from "./fixtures/test";
import { Studio } from "./pages/studio";

test.describe.configure({ timeout: 180_000 });

let folder: string;
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "glasshouse-matrices-"));
});
test.afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Drops the folder and takes its guess, which must say `title`. */
async function taken(openFresh: () => Promise<Page>, drop: () => Promise<void>, title: string): Promise<Studio> {
  const studio = new Studio(await openFresh());
  await expect(studio.main.getByRole("button", { name: /shapes/i }).first()).toBeEnabled();
  await drop();
  const guess = studio.main.getByRole("region", { name: "Guess" });
  await expect(guess).toContainText(title);
  await guess.getByRole("button", { name: "Use this" }).click();
  return studio;
}

/** How far the first picture of the batch is from grey, from 0 to 255. */
const colourful = (studio: Studio): Promise<number> =>
  studio.main
    .getByRole("region", { name: /^A batch/ })
    .locator("canvas")
    .first()
    .evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
      let most = 0;
      for (let i = 0; i < data.length; i += 4) most = Math.max(most, Math.abs((data[i] ?? 0) - (data[i + 2] ?? 0)));
      return most;
    });

for (const kind of ["npy", "tiff", "csv"] as const)
  test(`matrices in ${kind} files: guessed by folder, measured, and drawn through a colour map`, async ({
    openFresh,
    drop,
    accessible,
  }) => {
    writeMatrices(folder, kind);
    const studio = await taken(openFresh, () => drop(folder), "image classification by folder: 2 classes, 48 images.");
    await studio.main.getByRole("heading", { name: "Sizes on disk" }).scrollIntoViewIfNeeded();
    await expect(studio.main.getByText("All 48 pictures looked at are 24 × 24.")).toBeVisible();
    await expect.poll(() => colourful(studio)).toBeLessThan(8);
    await studio.slot("Transforms").click();
    await studio.main.getByRole("button", { name: "Add to every picture" }).click();
    await studio.page.getByRole("menuitem", { name: /Numbers as colours/ }).click();
    await expect.poll(() => colourful(studio)).toBeGreaterThan(60);
    await studio.main.getByRole("switch", { name: "Everything" }).press("Space");
    await studio.main.getByRole("switch", { name: "Same black and white for all" }).press("Space");
    await studio.enter("Black", 0);
    await studio.enter("White", 30);
    await accessible(`Transforms, with ${kind} matrices`);
    await studio.main.getByRole("switch", { name: "Everything" }).press("Space");
  });

test("arrays of five channels: all of them are guessed, shown channel by channel, and learned from", async ({
  openFresh,
  drop,
  accessible,
}) => {
  writeMatrices(folder, "bands");
  const studio = await taken(openFresh, () => drop(folder), "2 classes, 48 images, 5 channels each.");
  await expect(studio.slot("Transforms")).toHaveAccessibleName(/64 × 64 × 5/);
  await studio.slot("Batch").click();
  await expect(studio.main.getByRole("table", { name: /Statistics of the scaling/ })).toContainText("Channel 5");
  await accessible("Batch, with five channels");
  await studio.makeSmall({ size: 24, epochs: 12 });
  await studio.train();
  await studio.waitForEnd(8);
  const accuracy = Number((await studio.epochs()).at(-1)?.["accuracy"]);
  console.log(`five channels: accuracy ${accuracy}`);
  // Two classes of equal size, alike in the first three channels.
  expect(accuracy).toBeGreaterThan(0.8);
  await studio.go("Inspect");
  await expect(studio.main.getByText("Accuracy, validation")).toBeVisible({ timeout: 60_000 });
  await accessible("Inspect, with five channels");
});
