// Ways in besides a folder: archives of every kind, TIFFs, archives inside of a folder, all on the built site.
import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Page } from "@playwright/test";
import { tinyTar } from "../src/testing/tinyTar";
import { expect, test } from "./fixtures/test";
import { Studio } from "./pages/studio";

const inputs = join(import.meta.dirname, "../src/testing/badinputs");
const jpg = readFileSync(join(inputs, "img/ok.jpg"));
const tiff = readFileSync(join(inputs, "img/ok.tif"));

let root: string;
test.beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "glasshouse-sources-"));
});
test.afterAll(() => rmSync(root, { recursive: true, force: true }));

async function ready(openFresh: () => Promise<Page>): Promise<Studio> {
  const studio = new Studio(await openFresh());
  await expect(studio.main.getByRole("button", { name: /shapes/i }).first()).toBeEnabled();
  return studio;
}

test("a 7z and a tgz open like folders", async ({ openFresh, drop }) => {
  const studio = await ready(openFresh);
  await drop(join(inputs, "7z/solid_lzma2.7z"));
  await expect(studio.slot("Source")).toHaveAccessibleName(/images/);
  await expect(studio.main.getByRole("region", { name: "Guess" })).toContainText("2 classes");
  await drop(join(inputs, "tar/ok.tgz"));
  await expect(studio.slot("Source")).toHaveAccessibleName(/images ok/);
  await expect(studio.main.getByRole("region", { name: "Guess" })).toContainText("2 classes");
});

test("a broken archive is named with one way on, and what was open stays", async ({ openFresh, drop }) => {
  const studio = await ready(openFresh);
  await drop(join(inputs, "7z/copy.7z"));
  await expect(studio.slot("Source")).toHaveAccessibleName(/images/);
  await drop(join(inputs, "7z/encrypted.7z"));
  await expect(studio.messages).toContainText("The archive is locked with a password.");
  await expect(studio.messages).toContainText("encrypted.7z");
  await expect(studio.messages.getByRole("button", { name: "Choose other files" })).toBeEnabled();
  await expect(studio.slot("Source")).toHaveAccessibleName(/images/);
});

test("Kaggle's layout as it is downloaded: a packed table beside packed pictures, some of them TIFFs", async ({
  openFresh,
  drop,
}) => {
  const studio = await ready(openFresh);
  const at = join(root, "planet");
  mkdirSync(at);
  const names = Array.from({ length: 24 }, (_, i) => `train_${i}`);
  const rows = names.map((name, i) => `${name},${i % 2 === 0 ? "clear primary" : "cloudy"}`);
  writeFileSync(join(at, "train_v2.csv.gz"), gzipSync(["image_name,tags", ...rows].join("\n")));
  const files = names.map((name, i) => [`train-jpg/${name}.${i < 20 ? "jpg" : "tif"}`, i < 20 ? jpg : tiff] as const);
  writeFileSync(join(at, "train-jpg.tar.gz"), gzipSync(tinyTar(files)));
  await drop(at);
  await expect(studio.slot("Source")).toHaveAccessibleName(/24 images/);
  await expect(studio.slot("Items")).toHaveAccessibleName(/20 items/);
});

test("a folder of TIFFs by class is shown and can be trained on", async ({ openFresh, drop }) => {
  const studio = await ready(openFresh);
  const at = join(root, "scans");
  for (const name of ["a", "b"]) {
    mkdirSync(join(at, name), { recursive: true });
    for (let i = 0; i < 12; i += 1) writeFileSync(join(at, name, `${i}.tif`), tiff);
  }
  await drop(at);
  await expect(studio.slot("Items")).toHaveAccessibleName(/24 items/);
  const batch = studio.main.getByRole("grid", { name: "Batch" }).locator("canvas");
  await expect(batch.first()).toBeVisible();
  await expect(studio.trainButton).toBeEnabled();
});

test("a large tgz is unpacked once, says how far it is, and can be stopped without losing what was open", async ({
  openFresh,
  drop,
}) => {
  test.setTimeout(240_000);
  const studio = await ready(openFresh);
  await studio.trySample(/shapes/i);
  // Letters and digits by chance: they pack by a quarter, and unpacking them takes a while.
  const filler = new Uint8Array(Buffer.from(randomBytes(90_000_000).toString("base64")));
  const files = Array.from({ length: 24 }, (_, i) => [`${i % 2 ? "cat" : "dog"}/${i}.jpg`, jpg] as const);
  const tgz = join(root, "large.tgz");
  writeFileSync(tgz, gzipSync(tinyTar([["notes/filler.txt", filler], ...files]), { level: 1 }));
  const opening = studio.main.getByRole("region", { name: "Opening" });

  await drop(tgz);
  await expect(opening).toContainText(/Unpacking: .* of /);
  await opening.getByRole("button", { name: "Cancel" }).click();
  await expect(opening).toBeHidden();
  await expect(studio.slot("Source")).toHaveAccessibleName(/480 images/);

  await drop(tgz);
  await expect(studio.slot("Source")).toHaveAccessibleName(/24 images/, { timeout: 120_000 });
  await expect(studio.main.getByRole("region", { name: "Guess" })).toContainText("2 classes");
});

test("folders that are parted already go into wells, and keep their parts", async ({ openFresh, accessible }) => {
  const studio = await ready(openFresh);
  const { page } = studio;
  for (const [part, count] of [
    ["mine", 10],
    ["held out", 4],
    ["new", 3],
  ] as const)
    for (const name of part === "new" ? [""] : ["cat", "dog"]) {
      mkdirSync(join(root, "parts", part, name), { recursive: true });
      for (let i = 0; i < count; i += 1) writeFileSync(join(root, "parts", part, name, `${i}.jpg`), jpg);
    }
  await page.keyboard.press("Control+k");
  await page.getByRole("dialog").getByRole("searchbox").or(page.getByRole("combobox")).first().fill("Open data");
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Open data" });
  await dialog.getByLabel("Folder for Training").setInputFiles(join(root, "parts/mine"));
  await dialog.getByLabel("Folder for Validation").setInputFiles(join(root, "parts/held out"));
  await dialog.getByLabel("Folder for Test").setInputFiles(join(root, "parts/new"));
  await accessible("Open data");
  await dialog.getByRole("button", { name: "Open the parts together" }).click();
  await expect(studio.slot("Source")).toHaveAccessibleName(/31 images/);
  await expect(studio.main.getByRole("region", { name: "Guess" })).toContainText("2 classes");
  await expect(studio.slot("Split")).toHaveAccessibleName(/20 \/ 8/);
});
