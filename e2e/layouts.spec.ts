// The lessons' data as they come: dropped by a person, guessed right without a click, shown, and ready to train on.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tinySevenZip } from "../src/testing/tinySevenZip";
import { tinyTar } from "../src/testing/tinyTar";
import { tinyZip } from "../src/testing/tinyZip";
import { hasShared, sharedFolder } from "./fixtures/folders";
import { expect, test } from "./fixtures/test";
import { Studio } from "./pages/studio";

test.skip(!hasShared, "the reference data is not beside the repository");
test.describe.configure({ timeout: 120_000 });

const data = (name: string): string => join(sharedFolder, "data", name);

let root: string;
test.beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "glasshouse-layouts-"));
});
test.afterAll(() => rmSync(root, { recursive: true, force: true }));

/** A new folder with files in it. */
function folder(name: string, files: Readonly<Record<string, readonly Uint8Array[]>>): string {
  const at = join(root, name);
  mkdirSync(at);
  for (const [path, pieces] of Object.entries(files)) writeFileSync(join(at, path), Buffer.concat(pieces));
  return at;
}

const bytes = (path: string): Uint8Array<ArrayBuffer> => new Uint8Array(readFileSync(path));

/** The tiles of the Planet sample, under the names that Kaggle gives them. */
const tiles = (prefix: string): (readonly [string, Uint8Array<ArrayBuffer>])[] =>
  readdirSync(data("planet_sample/train")).map((name) => [prefix + name, bytes(data(`planet_sample/train/${name}`))]);

const planetTable = (): Uint8Array[] => tinyZip([["train_v2.csv", bytes(data("planet_sample/labels.csv"))]]);

interface Layout {
  readonly name: string;
  /** What is dropped; asked for when the story begins. */
  readonly drop: () => readonly string[];
  /** The first guess, as the page says it. */
  readonly guess: RegExp;
  /** Items for training and for validation. */
  readonly split: string;
  readonly labels: RegExp;
  /** The chart of the labels. */
  readonly chart: string;
  /** Slots that have something to say, and what; everything else is fine. */
  readonly says?: Readonly<Partial<Record<"Source" | "Items" | "Labels" | "Split" | "Transforms" | "Batch", RegExp>>>;
}

const planet = { guess: /17 tags, 750 images/, split: "600 / 150", labels: /17 tags/, chart: "Tags together" } as const;

const LAYOUTS: readonly Layout[] = [
  { ...planet, name: "Planet, a folder beside its table", drop: () => [data("planet_sample")] },
  {
    ...planet,
    name: "Planet as Kaggle gave it, train-jpg.tar.7z beside a zipped table",
    drop: () => [
      folder("planet", {
        "train-jpg.tar.7z": tinySevenZip([["train-jpg.tar", tinyTar(tiles("train-jpg/"))]]),
        "train_v2.csv.zip": planetTable(),
      }),
    ],
  },
  {
    ...planet,
    name: "Planet, a zip of tiles and a zipped table dropped together",
    drop: () => {
      const at = folder("zips", { "train-jpg.zip": tinyZip(tiles("train-jpg/")), "train_v2.csv.zip": planetTable() });
      return [join(at, "train-jpg.zip"), join(at, "train_v2.csv.zip")];
    },
  },
  {
    name: "CamVid with its list of what validates",
    drop: () => [data("camvid")],
    guess: /segmentation: 84 images in images, each with a mask in labels/,
    split: "64 / 20",
    labels: /12 classes/,
    chart: "How much each class covers",
  },
  {
    name: "CamVid tiny",
    drop: () => [data("camvid_tiny")],
    guess: /segmentation: 100 images/,
    split: "80 / 20",
    labels: /32 classes/,
    chart: "How much each class covers",
    // Frames of one film lie in both sets: that is so, and said.
    says: { Split: /^Split 1 warning / },
  },
  {
    name: "BIWI's frames with poses, parted by person",
    drop: () => [data("biwi_like")],
    guess: /head poses: 151 images/,
    split: "135 / 16",
    labels: /1 point/,
    chart: "Where the points lie",
  },
  {
    name: "faces with 68 points in a table",
    drop: () => [data("faces_kpts")],
    guess: /68 points, 240 images/,
    split: "183 / 57",
    labels: /68 points/,
    chart: "Where the points lie",
  },
  {
    name: "handwritten digits by folder",
    drop: () => [data("mnist_tiny")],
    guess: /image classification by folder: 2 classes, 1,408 images/,
    split: "709 / 699",
    labels: /2 classes/,
    chart: "Classes",
  },
  {
    name: "cats and dogs in train and valid",
    drop: () => [data("cats_dogs")],
    guess: /image classification by folder: 2 classes, 440 images/,
    split: "352 / 88",
    labels: /2 classes/,
    chart: "Classes",
  },
  {
    name: "two folders dropped at once, a class each",
    drop: () => [data("cats_dogs/train/cats"), data("cats_dogs/train/dogs")],
    guess: /image classification by folder: 2 classes, 352 images/,
    split: "282 / 70",
    labels: /2 classes/,
    chart: "Classes",
  },
  {
    name: "CIFAR-10 in train and test",
    drop: () => [data("cifar10_subset")],
    guess: /image classification by folder: 10 classes, 3,600 images/,
    split: "3,000 / 600",
    labels: /10 classes/,
    chart: "Classes",
  },
  {
    name: "time series of the UCR archive",
    drop: () => [data("ucr/GunPoint")],
    guess: /time series in GunPoint: 2 classes, 200 series of 150 numbers/,
    split: "50 / 150",
    labels: /2 classes/,
    chart: "Classes",
  },
];

for (const { name, drop: dropped, guess, split, labels, chart, says = {} } of LAYOUTS)
  test(name, async ({ openFresh, drop }) => {
    const studio = new Studio(await openFresh());
    await expect(studio.main.getByRole("button", { name: /shapes/i }).first()).toBeEnabled();
    await drop(...dropped());
    await expect(studio.main.getByRole("region", { name: "Guess" })).toContainText(guess);
    await expect(studio.slot("Split")).toHaveAccessibleName(new RegExp(`(ok|warnings?) ${split}`));
    await expect(studio.slot("Labels")).toHaveAccessibleName(labels);
    for (const slot of ["Source", "Items", "Labels", "Split", "Transforms", "Batch"] as const)
      await expect(studio.slot(slot)).toHaveAccessibleName(says[slot] ?? new RegExp(`^${slot} ok `));
    await expect(studio.messages).toBeEmpty();
    const batch = studio.main.getByRole("grid", { name: "Batch" }).locator("canvas");
    await expect(batch.nth(8)).toBeVisible();
    await expect(studio.trainButton).toBeEnabled();
    // Taking the guess changes nothing but the banner; what is seen of the data is still there.
    await studio.main.getByRole("region", { name: "Guess" }).getByRole("button", { name: "Use this" }).click();
    const inside = studio.main.getByRole("region", { name: "Look inside" });
    await expect(inside.getByRole("heading", { name: chart })).toBeVisible();
  });

for (const [name, path, guess, split] of [
  ["reviews in a table", "imdb_sample", /texts in the table texts.csv: 2 classes, 1,000 texts/, "800 / 200"],
  ["reviews by folder", "imdb_folder", /texts by folder: 2 classes, 1,700 texts/, "1,200 / 500"],
] as const)
  test(`${name} are read, labelled, split and shown; that they are not trained on here is said`, async ({
    openFresh,
    drop,
  }) => {
    const studio = new Studio(await openFresh());
    await expect(studio.main.getByRole("button", { name: /shapes/i }).first()).toBeEnabled();
    await drop(data(path));
    await expect(studio.main.getByRole("region", { name: "Guess" })).toContainText(guess);
    await expect(studio.slot("Split")).toHaveAccessibleName(new RegExp(`ok ${split}`));
    await expect(studio.slot("Labels")).toHaveAccessibleName(/ok 2 classes/);
    const said = "Texts can be read and labelled here, but not yet trained on.";
    await expect(studio.main.getByText(said).first()).toBeVisible();
    await expect(studio.main.getByText(/\d+ letters: /)).toBeVisible();
    await expect(studio.messages).toBeEmpty();
    await expect(studio.trainButton).toBeDisabled();
  });

test("texts without labels: said, with a way on", async ({ openFresh, drop }) => {
  const studio = new Studio(await openFresh());
  await expect(studio.main.getByRole("button", { name: /shapes/i }).first()).toBeEnabled();
  await drop(data("lm_wikitext2"));
  await expect(studio.messages).toContainText("These are texts without labels.");
  await expect(studio.messages.getByRole("button", { name: "Choose other files" })).toBeEnabled();
});

test("a folder is remembered over a reload: it opens by itself or on one click, with all its items", async ({
  openFresh,
  drop,
  faults,
}) => {
  const page = await openFresh();
  const studio = new Studio(page);
  await expect(studio.main.getByRole("button", { name: /shapes/i }).first()).toBeEnabled();
  await drop(data("camvid_tiny"));
  await expect(studio.slot("Split")).toHaveAccessibleName(/80 \/ 20/);
  await expect(studio.main.getByRole("grid", { name: "Batch" }).locator("canvas").first()).toBeVisible();
  faults.allow(/./); // A reload tears down the worker.
  await page.reload();
  const again = page.getByRole("button", { name: "Reconnect camvid_tiny" });
  await expect(again.or(studio.slot("Split"))).toBeVisible();
  if (await again.isVisible()) await again.click();
  await expect(studio.slot("Split")).toHaveAccessibleName(/80 \/ 20/);
  await expect(studio.main.getByRole("grid", { name: "Batch" }).locator("canvas").first()).toBeVisible();
});
