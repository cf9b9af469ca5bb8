// Real data dropped on the page, trained there by hand, and new items predicted: judged beside files the studio never scored.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Download, Locator } from "@playwright/test";
import { readSeries } from "../src/formats/series/readSeries";
import { isFast } from "./fixtures/adapter";
import { hasShared, sharedFolder } from "./fixtures/folders";
import { nearestNeighbour } from "./fixtures/nearestNeighbour";
import { compareMasks } from "./fixtures/savedMasks";
import { expect, test } from "./fixtures/test";
import { Studio } from "./pages/studio";

test.skip(!hasShared, "the reference data is not beside the repository");
test.describe.configure({ timeout: 400_000 });

const data = (name: string): string => join(sharedFolder, "data", name);

async function taken(studio: Studio, drop: () => Promise<void>): Promise<void> {
  test.skip(!(await isFast(studio.page)), "this adapter is too slow to train on real data in the time there is");
  await expect(studio.main.getByRole("button", { name: /shapes/i }).first()).toBeEnabled();
  await drop();
  await studio.main.getByRole("region", { name: "Guess" }).getByRole("button", { name: "Use this" }).click();
  await expect(studio.slot("Batch")).toHaveAccessibleName(/^Batch ok/);
}

/** Predicts the files on the card of test sets and saves what it has for them. */
async function predicted(card: Locator, files: string | string[], save: string): Promise<Download> {
  await card.getByLabel("Test pictures", { exact: true }).setInputFiles(files);
  const button = card.getByRole("button", { name: save });
  await expect(button).toBeEnabled({ timeout: 120_000 });
  const [download] = await Promise.all([card.page().waitForEvent("download"), button.click()]);
  return download;
}

test("streets of CamVid: wide pictures keep their shape, and masks of frames from another film are mostly right", async ({
  openFresh,
  drop,
}) => {
  const studio = new Studio(await openFresh());
  await taken(studio, () => drop(data("camvid")));
  const first = studio.main.getByRole("grid", { name: "Batch" }).locator("canvas").first();
  await expect
    .poll(async () => {
      const box = await first.boundingBox();
      return box ? box.width / box.height : 0;
    })
    .toBeCloseTo(4 / 3, 1);
  await studio.makeSmall({ size: 48, width: 64, epochs: 8 });
  await studio.train();
  await studio.waitForEnd(6);
  await studio.go("Share");
  const card = studio.main.getByRole("region", { name: "Test set" });
  const frames = readFileSync(data("camvid/valid.txt"), "utf8").trim().split(/\r?\n/).map((name) => data(`camvid/images/${name}`)); // prettier-ignore
  const archive = await predicted(card, frames, "Save the masks");
  await expect(card).toContainText("20 items predicted");
  const { names, codes, right, largest } = await compareMasks(await archive.path(), "data/camvid");
  console.log(`camvid in the page: ${right.toFixed(3)} of the pixels right, ${largest.toFixed(3)} are of the largest class`); // prettier-ignore
  expect([names.length, codes.length]).toEqual([21, 12]);
  expect(right).toBeGreaterThan(largest + 0.15);
});

test("GunPoint: drawn as pictures, and the series of its test file told apart about as well as by the nearest neighbour", async ({
  openFresh,
  drop,
}) => {
  const studio = new Studio(await openFresh());
  await taken(studio, () => drop(data("ucr/GunPoint")));
  // Fifty series are no single step.
  await expect(studio.slot("Batch")).toHaveAccessibleName(/^Batch ok 8 × 64 × 64 × 3/);
  await studio.go("Model");
  await studio.main.getByRole("slider", { name: /Width/ }).press("Home");
  await studio.go("Train");
  await studio.main.getByRole("region", { name: "Stages" }).getByRole("button", { name: /Fit one cycle/ }).first().click(); // prettier-ignore
  await studio.enter("Epochs", 15);
  await studio.train();
  await studio.waitForEnd(6);
  await studio.go("Share");
  const card = studio.main.getByRole("region", { name: "Test set" });
  const download = await predicted(card, data("ucr/GunPoint/GunPoint_TEST.tsv"), "Save submission.csv");
  const [head, ...lines] = readFileSync(await download.path(), "utf8").trim().split(/\r?\n/).map((line) => line.split(",")); // prettier-ignore
  expect(head).toEqual(["series", "label"]);
  const { rows } = readSeries(readFileSync(data("ucr/GunPoint/GunPoint_TEST.tsv"), "utf8"), "first");
  expect(lines.length).toBe(rows.length);
  const right = lines.filter(([, label], i) => label === rows[i]?.label).length / rows.length;
  const nearest = nearestNeighbour("GunPoint");
  console.log(`GunPoint in the page: ${right.toFixed(3)} right, nearest neighbour ${nearest.toFixed(3)}`);
  expect(right).toBeGreaterThan(nearest - 0.1);
});
