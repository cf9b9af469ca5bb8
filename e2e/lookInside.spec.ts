// Looking inside of the data: charts that lead to items, items by number, batches to the bit, what has no partner.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "./fixtures/test";
import { Studio } from "./pages/studio";

const jpg = readFileSync(join(import.meta.dirname, "../src/testing/badinputs/img/ok.jpg"));

let root: string;
test.beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "glasshouse-look-"));
});
test.afterAll(() => rmSync(root, { recursive: true, force: true }));

test("tags that go together lead to their items, items to their numbers, and batches are the same twice", async ({
  openFresh,
  accessible,
}) => {
  const studio = new Studio(await openFresh());
  const { page } = studio;
  await studio.trySample(/tiles/i);
  const inside = studio.main.getByRole("region", { name: "Look inside" });
  const sizes = inside.getByRole("figure", { name: "Sizes on disk" });
  // It reads when it comes into sight.
  await sizes.scrollIntoViewIfNeeded();
  await expect(sizes).toContainText("are 96 × 96.");
  const grid = inside.getByRole("grid", { name: "How many pictures have both tags" });
  const cell = grid.locator("[data-cell='0-1']");
  const both = Number(await cell.textContent());
  expect(both).toBeGreaterThan(0);
  await accessible("Data, charts");

  await grid.locator("[data-cell='0-0']").focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  const items = inside.getByRole("listbox", { name: "Items" });
  await expect(items.getByRole("option").first()).toHaveAttribute("aria-setsize", String(both));
  const item = inside.getByRole("region", { name: "The item" });
  await expect(item).toContainText("float32");
  await accessible("Data, items");

  await inside.getByRole("button", { name: "Show all again" }).click();
  const train = Number(/(\d+) \//.exec((await studio.slot("Split").textContent()) ?? "")?.[1]);
  await inside.getByRole("radio", { name: "Train", exact: true }).click();
  await expect(items.getByRole("option").first()).toHaveAttribute("aria-setsize", String(train));
  await items.focus();
  await page.keyboard.press("End");
  const number = inside.getByRole("textbox", { name: "Number of the item" });
  await expect(number).toHaveValue(String(train - 1));
  await number.fill("7");
  await page.keyboard.press("Enter");
  await expect(items.getByRole("option", { selected: true })).toHaveAttribute("aria-posinset", "8");
  const name =
    (await item
      .getByText(/\.(jpg|png)$/)
      .first()
      .textContent()) ?? "";
  await inside.getByRole("searchbox", { name: "File name" }).fill(name);
  await expect(items.getByRole("option")).toHaveCount(1);

  await inside.getByRole("tab", { name: "Batches" }).click();
  const pictures = inside.getByRole("list", { name: "Pictures of the batch" });
  const names = () =>
    pictures.getByRole("button").evaluateAll((all) => all.map((one) => one.getAttribute("aria-label")));
  await expect(pictures.getByRole("button").first()).toBeVisible({ timeout: 60_000 });
  const first = await names();
  expect(first).not.toEqual([]);
  await expect(inside).toContainText("to the bit");
  const batch = inside.getByRole("textbox", { name: "Number of the batch" });
  await inside.getByRole("button", { name: "Next batch" }).click();
  await expect(batch).toHaveValue("2");
  await expect(pictures).toHaveAttribute("aria-busy", "false");
  await expect.poll(names).not.toEqual(first);
  await inside.getByRole("button", { name: "The batch before" }).click();
  await expect(batch).toHaveValue("1");
  await expect.poll(names).toEqual(first);
  await accessible("Data, batches");
});

test("rows without a picture and pictures without a row are named, kept as a list, and mended; classes are evened out", async ({
  openFresh,
  drop,
  accessible,
}) => {
  const studio = new Studio(await openFresh());
  await expect(studio.main.getByRole("button", { name: /shapes/i }).first()).toBeEnabled();
  const at = join(root, "table");
  mkdirSync(join(at, "pics"), { recursive: true });
  const rows = Array.from({ length: 43 }, (_, i) => `p${i}.jpg,${i % 4 === 0 ? "rare" : "common"}`);
  writeFileSync(join(at, "labels.csv"), ["file,label", ...rows].join("\n"));
  for (let i = 0; i < 40; i += 1) writeFileSync(join(at, "pics", `p${i}.jpg`), jpg);
  writeFileSync(join(at, "pics", "stray.jpg"), jpg);
  await drop(at);
  await expect(studio.slot("Items")).toHaveAccessibleName(/40 items/);
  const inside = studio.main.getByRole("region", { name: "Look inside" });

  const classes = inside.getByRole("table", { name: /^Items of each class/ });
  await expect(classes.getByRole("row", { name: /^rare/ })).toBeVisible();
  const training = async (label: string) => Number(/training (\d+)/.exec((await classes.getByRole("row", { name: new RegExp(`^${label}`) }).getByRole("cell").getAttribute("aria-label")) ?? "")?.[1]); // prettier-ignore
  const [rare, common] = [await training("rare"), await training("common")];
  await inside.getByRole("radio", { name: "Repeat rare" }).click();
  await expect.poll(() => training("rare")).toBe(common);
  await inside.getByRole("radio", { name: "Thin common" }).click();
  await expect.poll(() => training("common")).toBe(rare);
  await studio.page.keyboard.press("Control+z");
  await expect.poll(() => training("rare")).toBe(common);
  await studio.page.keyboard.press("Control+z");
  await expect.poll(() => Promise.all(["rare", "common"].map(training))).toEqual([rare, common]);

  await inside.getByRole("tab", { name: /^Left out/ }).click();
  await expect(inside.getByRole("button", { name: /^Rows without a picture.*p40/ })).toContainText("3");
  await inside.getByRole("button", { name: /^Pictures without a row.*stray/ }).click();
  await expect(inside.getByRole("region", { name: "Pictures without a row" })).toContainText("pics/stray.jpg");
  await expect(inside.getByRole("button", { name: "Predict them under Share" })).toBeEnabled();
  const saving = studio.page.waitForEvent("download");
  await inside.getByRole("button", { name: "Save the list" }).click();
  const file = await (await saving).path();
  expect(readFileSync(file, "utf8")).toContain('"pics/stray.jpg"');
  await accessible("Data, left out");
});

test("a merged class is undone by keyboard, and each fold of k says what it holds", async ({ openFresh }) => {
  const studio = new Studio(await openFresh());
  await studio.trySample(/shapes/i);
  const bars = studio.main.getByRole("table", { name: /^Items of each class/ }).getByRole("row");
  // Its head, and four classes.
  await expect(bars).toHaveCount(5);
  await studio.main.getByText("Change classes").click();
  await studio.main
    .getByRole("button", { name: /Class$/ })
    .first()
    .click();
  await studio.page.getByRole("option").nth(0).click();
  await studio.main.getByRole("combobox", { name: "New name" }).fill("anything");
  await studio.page.keyboard.press("Escape");
  await studio.main.getByRole("button", { name: "Leave out", exact: true }).click();
  await expect(studio.main.getByRole("list", { name: "Changes" })).toContainText("left out");
  await expect(bars).toHaveCount(4);
  await studio.main.getByRole("heading", { level: 2, name: "Look inside" }).click();
  await studio.page.keyboard.press("Control+z");
  await expect(bars).toHaveCount(5);
  await expect(studio.main.getByRole("list", { name: "Changes" })).toBeHidden();

  await studio.slot("Split").click();
  await studio.main.getByRole("button", { name: /By$/ }).first().click();
  await studio.page.getByRole("option", { name: /several parts/i }).click();
  await expect(studio.slot("Split")).toHaveAccessibleName(/384 \/ 96/);
  const parts = studio.main.getByRole("radiogroup", { name: "Part that validates" });
  await expect(parts).toContainText("96");
  await parts.getByRole("radio", { name: "Part 2" }).check({ force: true });
  await expect(studio.slot("Split")).toContainText("part 2 of 5");
});
