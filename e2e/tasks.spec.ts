// Masks, points and series, each from a click on its sample to what the model gets wrong.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encodePng } from "../src/formats/png/encodePng";
import { writeDiscs } from "./fixtures/discs";
import { expect, test } from "./fixtures/test";
import { Studio } from "./pages/studio";

test.describe.configure({ mode: "serial", timeout: 600_000 });

/** The first number in a text. */
const numberIn = (text: string | null): number => Number(/-?\d+(\.\d+)?/.exec(text ?? "")?.[0] ?? Number.NaN);

test("street scenes: a U-Net beats the largest class, and shows which class it takes for which", async ({
  openFresh,
  accessible,
}) => {
  const studio = new Studio(await openFresh());
  await studio.trySample(/street scenes/i);
  await accessible("Data, with masks");
  await studio.go("Train");
  await studio.choose("Class weights", "a number for each");
  await expect(studio.main.getByRole("textbox", { name: "Road", exact: true })).toHaveValue("1");
  await accessible("Train, with a number for each class");
  await studio.choose("Class weights", "by rarity");
  await studio.train();
  await studio.waitForEnd(8);
  await studio.go("Inspect");
  const areas = studio.main.getByRole("region", { name: "Areas" });
  await expect(areas.getByText("Pixels right")).toBeVisible({ timeout: 60_000 });
  const right = numberIn(await areas.getByText("Pixels right").locator("xpath=following-sibling::*[1]").textContent());
  const largest = numberIn(
    await areas.getByRole("list", { name: "Classes" }).getByRole("button").first().textContent(),
  );
  console.log(`street scenes: ${right} % of the pixels right, the largest class covers ${largest} %`);
  expect(right).toBeGreaterThan(largest + 15);
  await studio.main.getByRole("radio", { name: "What is wrong" }).click();
  await areas.getByRole("button", { name: /^Road/ }).click();
  await expect(studio.main.getByText("Only Road.")).toBeVisible();
  await accessible("Inspect, with masks");
  await studio.main
    .getByRole("region", { name: "Masks" })
    .getByRole("button", { name: /Show in full/ })
    .first()
    .click();
  const dialog = studio.page.getByRole("dialog");
  await dialog.locator("figure").first().hover();
  await expect(dialog).toContainText(/the model says/);
  await studio.page.keyboard.press("Escape");

  const confusion = studio.main.getByRole("region", { name: "What is taken for what" });
  const grid = confusion.getByRole("grid");
  // A cell that has the focus is said in words, and a mistake that is opened is seen in the pictures.
  await grid.getByRole("button").first().focus();
  await studio.page.keyboard.press("ArrowRight");
  const words = (await grid.locator("button:focus").getAttribute("aria-label")) ?? "";
  await expect(confusion).toContainText(words.split(":")[0] ?? "");
  const mistakes = confusion.getByRole("region", { name: "The largest mistakes" }).getByRole("button");
  const [, actual, taken] = /^(.*) taken for ([^\d]*)/.exec((await mistakes.first().textContent()) ?? "") ?? [];
  await mistakes.first().click();
  await expect(studio.main.getByText(`Only ${actual} taken for ${taken}.`)).toBeVisible();
  await studio.main.getByRole("button", { name: "Show all classes" }).click();
  await studio.page.setViewportSize({ width: 390, height: 844 });
  await expect.poll(() => grid.evaluate((one) => one.getBoundingClientRect().right <= innerWidth)).toBe(true);
  await accessible("Inspect, with masks, on a phone");
  await studio.page.setViewportSize({ width: 1440, height: 900 });

  await studio.go("Share");
  const card = studio.main.getByRole("region", { name: "Test set" });
  const picture = await encodePng({ width: 96, height: 72, channels: 3, data: new Uint8Array(96 * 72 * 3).fill(150) });
  await card
    .getByLabel("Test pictures", { exact: true })
    .setInputFiles({ name: "fog.png", mimeType: "image/png", buffer: Buffer.from(picture) });
  const shown = card.getByRole("region", { name: "What the model says" });
  await expect(shown.locator("canvas")).toHaveCount(2);
  await studio.page.keyboard.down("h");
  await expect(shown.locator("canvas")).toHaveCount(1);
  await studio.page.keyboard.up("h");
  await accessible("Share, with a mask of a new picture");
  await shown.getByRole("button", { name: /fog.png. Show in full/ }).click();
  await expect(dialog.locator("canvas")).toHaveCount(2);
  await studio.page.keyboard.press("Escape");
});

test("head poses: the model's points come nearer than a constant answer, in pixels", async ({
  openFresh,
  accessible,
}) => {
  const studio = new Studio(await openFresh());
  await studio.trySample(/head poses/i);
  await studio.train();
  await studio.waitForEnd(8);
  await studio.go("Inspect");
  const errors = studio.main.getByRole("region", { name: "Errors" });
  await expect(errors.getByText("Mean distance")).toBeVisible({ timeout: 60_000 });
  const [own = Number.NaN, constant = Number.NaN] = await Promise.all(
    ["Mean distance", "Always answering the mean"].map(async (label) =>
      numberIn(await errors.getByText(label).locator("xpath=following-sibling::*[1]").textContent()),
    ),
  );
  console.log(`head poses: off by ${own} px, a constant answer by ${constant} px`);
  expect(own).toBeLessThan(0.6 * constant);
  await studio.main.getByRole("radio", { name: "Errors" }).click();
  await accessible("Inspect, with points");
});

test("ages in a table: guessed as numbers, learned in their own unit, shown with R² and what is left", async ({
  openFresh,
  drop,
  accessible,
}) => {
  const studio = new Studio(await openFresh());
  await expect(studio.main.getByRole("button", { name: /shapes/i }).first()).toBeEnabled();
  const folder = mkdtempSync(join(tmpdir(), "glasshouse-ages-"));
  await writeDiscs(folder);
  await drop(folder);
  const guess = studio.main.getByRole("region", { name: "Guess" });
  await expect(guess).toContainText("numbers to predict by the table ages.csv: age of 120 images");
  await guess.getByRole("button", { name: "Use this" }).click();
  await studio.makeSmall({ size: 32, epochs: 40 });
  await studio.train();
  await studio.waitForEnd(8);
  rmSync(folder, { recursive: true, force: true });
  await studio.go("Inspect");
  const errors = studio.main.getByRole("region", { name: "Errors" });
  const stat = async (label: string): Promise<number> =>
    numberIn(await errors.getByText(label, { exact: true }).locator("xpath=following-sibling::*[1]").textContent());
  await expect(errors.getByText("R²")).toBeVisible({ timeout: 60_000 });
  const [own, constant, rms, fit] = [await stat("Mean absolute error"), await stat("Always answering the mean"), await stat("Root mean square"), await stat("R²")]; // prettier-ignore
  console.log(`ages: off by ${own}, root mean square ${rms}, a constant answer by ${constant}, R² ${fit}`);
  expect(own).toBeLessThan(0.6 * constant);
  expect(own).toBeLessThanOrEqual(rms);
  expect(fit).toBeGreaterThan(0.6);
  await studio.main.getByRole("radio", { name: "Errors" }).click();
  await accessible("Inspect, with numbers");
});

test("heartbeats: rows of numbers become pictures, and a model for pictures tells them apart", async ({
  openFresh,
}) => {
  const studio = new Studio(await openFresh());
  await studio.trySample(/heartbeats/i);
  await studio.train();
  await studio.waitForEnd(8);
  await studio.go("Train");
  const epochs = await studio.epochs();
  const accuracy = Number(epochs.at(-1)?.["accuracy"]);
  console.log(`heartbeats: accuracy ${accuracy}`);
  // Three classes of equal size.
  expect(accuracy).toBeGreaterThan(0.8);
});
