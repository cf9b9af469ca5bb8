// A test set without labels: added, predicted on, and downloaded as Kaggle takes it.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Locator } from "@playwright/test";
import { tinyZip } from "../src/testing/tinyZip";
import { hasShared, sharedFolder } from "./fixtures/folders";
import { expect, test } from "./fixtures/test";
import { Studio } from "./pages/studio";

test.skip(!hasShared, "the reference data is not beside the repository");
test.describe.configure({ timeout: 400_000 });

const data = (name: string): string => join(sharedFolder, "data", name);

let root: string;
test.beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "glasshouse-test-set-"));
});
test.afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Drops a folder, takes its guess, and trains for an epoch; then stands before the card. */
async function trained(studio: Studio, drop: () => Promise<void>, size: number): Promise<Locator> {
  await expect(studio.main.getByRole("button", { name: /shapes/i }).first()).toBeEnabled();
  await drop();
  await studio.main.getByRole("region", { name: "Guess" }).getByRole("button", { name: "Use this" }).click();
  await studio.makeSmall({ size, epochs: 1 });
  await studio.train();
  await studio.waitForEnd();
  await studio.go("Share");
  return studio.main.getByRole("region", { name: "Test set" });
}

/** The lines of what is saved once the model has predicted what `choose` gives it. */
async function submission(card: Locator, choose: () => Promise<void>): Promise<readonly (readonly string[])[]> {
  await choose();
  const save = card.getByRole("button", { name: "Save submission.csv" });
  await expect(save).toBeEnabled({ timeout: 120_000 });
  const [download] = await Promise.all([card.page().waitForEvent("download"), save.click()]);
  expect(download.suggestedFilename()).toMatch(/submission\.csv$/);
  const text = readFileSync(await download.path(), "utf8");
  const lines = text
    .trimEnd()
    .split("\n")
    .map((line) => line.split(","));
  // What is seen is what is saved.
  const first = card.getByRole("table", { name: "The first lines" }).getByRole("row").nth(1);
  await expect(first.getByRole("cell").first()).toHaveText(lines[1]?.[0] ?? "");
  return lines;
}

test("one label each: a folder of digits", async ({ openFresh, drop, accessible }) => {
  const studio = new Studio(await openFresh());
  const card = await trained(studio, () => drop(data("mnist_tiny")), 28);
  const [head, ...lines] = await submission(card, () =>
    card.getByLabel("Folder of test pictures").setInputFiles(data("mnist_tiny/test")),
  );
  expect(head).toEqual(["image", "label"]);
  expect(lines.map(([name]) => name).toSorted()).toEqual(readdirSync(data("mnist_tiny/test")).toSorted());
  for (const [, label] of lines) expect(["3", "7"]).toContain(label);
  await expect(card).toContainText("20 items predicted");
  await accessible("Share, with a test set");
});

test("several tags each: a zip of Planet's tiles, one of them damaged", async ({ openFresh, drop }) => {
  const studio = new Studio(await openFresh());
  const names = readdirSync(data("planet_sample/train")).slice(0, 40);
  const tiles = names.map((name, i) => {
    const bytes = new Uint8Array(readFileSync(data(`planet_sample/train/${name}`)));
    return [`test-jpg/test_${i}.jpg`, i === 7 ? bytes.slice(0, 40) : bytes] as const;
  });
  const zip = join(root, "test-jpg.zip");
  writeFileSync(zip, Buffer.concat(tinyZip(tiles)));
  const card = await trained(studio, () => drop(data("planet_sample")), 32);
  const [head, ...lines] = await submission(card, () =>
    card.getByLabel("Test pictures", { exact: true }).setInputFiles(zip),
  );
  expect(head).toEqual(["image_name", "tags"]);
  expect(lines.map(([name]) => name)).toEqual(tiles.flatMap((_, i) => (i === 7 ? [] : [`test_${i}`])));
  const known = new Set(
    readFileSync(data("planet_sample/labels.csv"), "utf8")
      .trim()
      .split(/\r?\n/)
      .slice(1)
      .flatMap((line) => line.slice(line.indexOf(",") + 1).split(" ")),
  );
  for (const tag of lines.flatMap(([, tags = ""]) => tags.split(" "))) if (tag !== "") expect(known).toContain(tag);
  await expect(card).toContainText("39 items predicted, 1 could not be read");
});

test("points: where each head is, in the pixels of its file", async ({ openFresh, drop }) => {
  const studio = new Studio(await openFresh());
  const card = await trained(studio, () => drop(data("biwi_like")), 32);
  const [head, ...lines] = await submission(card, () =>
    card.getByLabel("Folder of test pictures").setInputFiles(data("biwi_like/01")),
  );
  expect(head?.[0]).toBe("image");
  const places = lines.map(([, y, x]) => [Number(y), Number(x)] as const);
  expect(places.length).toBe(readdirSync(data("biwi_like/01")).filter((name) => name.endsWith(".jpg")).length);
  // Heads lie about the middle of 640 × 480: from −1 to 1 they would all be near 0.
  const mean = (axis: 0 | 1): number => places.reduce((sum, place) => sum + place[axis], 0) / places.length;
  expect(mean(0)).toBeGreaterThan(100);
  expect(mean(0)).toBeLessThan(400);
  expect(mean(1)).toBeGreaterThan(160);
  expect(mean(1)).toBeLessThan(500);
});
