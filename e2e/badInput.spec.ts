// What is wrong with what was dropped is said in words, with a button that mends it, and nothing is lost.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import type { Page } from "@playwright/test";
import { encodePng } from "../src/formats/png/encodePng";
import { expect, test } from "./fixtures/test";
import { Studio } from "./pages/studio";

let root: string;
test.beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "glasshouse-bad-"));
});
test.afterAll(() => rmSync(root, { recursive: true, force: true }));

function crc32(bytes: Buffer): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let k = 0; k < 8; k += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

/** A grey PNG of 16 × 16 pixels, all of one value. */
function png(value: number): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
    const out = Buffer.alloc(8);
    out.writeUInt32BE(data.length, 0);
    out.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([out.subarray(0, 4), body, out.subarray(4)]);
  };
  const header = Buffer.from([0, 0, 0, 16, 0, 0, 0, 16, 8, 0, 0, 0, 0]);
  const rows = Buffer.concat(Array.from({ length: 16 }, () => Buffer.from([0, ...Array<number>(16).fill(value)])));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** A folder from paths and contents. */
function folder(name: string, files: Readonly<Record<string, string | Buffer>>): string {
  const at = join(root, name);
  mkdirSync(at);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(at, path, ".."), { recursive: true });
    writeFileSync(join(at, path), content);
  }
  return at;
}

const pictures = (prefix: string, count: number, value: number): Record<string, Buffer> =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`${prefix}${i}.png`, png(value + i)]));

/** Opens the studio as on a first visit, ready for a drop. */
async function readyForDrop(openFresh: () => Promise<Page>): Promise<Studio> {
  const studio = new Studio(await openFresh());
  await expect(studio.main.getByRole("button", { name: /shapes/i }).first()).toBeEnabled();
  return studio;
}

test("an empty folder: said, with a way on, and the sample that was open stays", async ({ openFresh, drop }) => {
  const studio = await readyForDrop(openFresh);
  await studio.trySample(/shapes/i);
  await drop(folder("empty", {}));
  await expect(studio.messages).toContainText("There are no files in there.");
  await expect(studio.messages.getByRole("button", { name: "Try a sample instead" })).toBeEnabled();
  await expect(studio.slot("Source")).toHaveAccessibleName(/480 images/);
});

test("a folder without pictures: its files are named, and other files can be chosen", async ({ openFresh, drop }) => {
  const studio = await readyForDrop(openFresh);
  await drop(folder("words", { "notes.txt": "no picture here", "more/words.md": "# none" }));
  await expect(studio.messages).toContainText("No pictures were found.");
  await expect(studio.messages).toContainText("notes.txt");
  await studio.messages.getByRole("button", { name: "Choose other files" }).click();
  await expect(studio.page.getByRole("dialog")).toBeVisible();
  await studio.page.keyboard.press("Escape");
});

test("one class only: nothing to tell apart, so nothing to train", async ({ openFresh, drop }) => {
  const studio = await readyForDrop(openFresh);
  await drop(folder("one", pictures("cats/", 12, 10)));
  await studio.slot("Labels").click();
  await expect(studio.main.getByText("Everything has the same label.").first()).toBeVisible();
  await expect(studio.trainButton).toBeDisabled();
});

test("a class with a single picture is named and stays in training", async ({ openFresh, drop }) => {
  const studio = await readyForDrop(openFresh);
  const owls = { "owls/only.png": png(200) };
  await drop(folder("single", { ...pictures("cats/", 12, 10), ...pictures("dogs/", 12, 90), ...owls }));
  await expect(studio.slot("Labels")).toHaveAccessibleName(/1 warning 3 classes/);
  await studio.slot("Labels").click();
  await expect(studio.main.getByText("Some classes have a single picture.").first()).toBeVisible();
  await expect(studio.main.getByText(/owls/).first()).toBeVisible();
  await expect(studio.trainButton).toBeEnabled();
});

test("a table that names missing files and repeats rows: the rest is used", async ({ openFresh, drop }) => {
  const studio = await readyForDrop(openFresh);
  const rows = Array.from({ length: 20 }, (_, i) => `p${i},${i % 2 ? "clear road" : "cloudy"}`);
  const table = ["name,tags", ...rows, "p3,clear road", "gone1,cloudy", "gone2,clear"].join("\n");
  await drop(folder("table", { "labels.csv": table, ...pictures("train/p", 20, 20) }));
  await expect(studio.slot("Items")).toHaveAccessibleName(/1 warning 20 items/);
  await studio.slot("Items").click();
  await expect(studio.main.getByText("The table names pictures that are not there.").first()).toBeVisible();
  await expect(studio.main.getByText(/gone1/).first()).toBeVisible();
  await studio.slot("Labels").click();
  await expect(studio.main.getByText("Some pictures stand in the table more than once.").first()).toBeVisible();
});

test("a batch larger than the training set is mended by its button", async ({ openFresh, drop }) => {
  const studio = await readyForDrop(openFresh);
  await drop(folder("few", { ...pictures("cats/", 8, 10), ...pictures("dogs/", 8, 120) }));
  await expect(studio.slot("Batch"), "a guess fits the batch by itself").toHaveAccessibleName(/^Batch ok 8 /);
  await studio.main.getByRole("button", { name: "Use this" }).click();
  await studio.slot("Batch").click();
  await studio.main.getByRole("button", { name: /Pictures a step$/ }).click();
  await studio.page.getByRole("option", { name: "64", exact: true }).click();
  await expect(studio.slot("Batch")).toHaveAccessibleName(/1 error/);
  await studio.main
    .getByRole("region", { name: "Batch", exact: true })
    .getByRole("button", { name: /batch|pictures/i })
    .filter({ hasText: /8/ })
    .first()
    .click();
  await expect(studio.slot("Batch")).toHaveAccessibleName(/^Batch ok 8 /);
});

test("damaged pictures are left out by name, and training goes on without them", async ({ openFresh, drop }) => {
  test.setTimeout(400_000);
  const studio = await readyForDrop(openFresh);
  const at = folder("damaged", { ...pictures("cats/", 20, 10), ...pictures("dogs/", 20, 120) });
  writeFileSync(join(at, "cats/empty.png"), "");
  writeFileSync(join(at, "dogs/cut.png"), png(100).subarray(0, 60));
  writeFileSync(join(at, "dogs/page.jpg"), "<!doctype html><title>404</title>");
  await drop(at);
  await expect(studio.slot("Labels")).toHaveAccessibleName(/2 classes/);
  await studio.main.getByRole("button", { name: "Use this" }).click();
  await studio.makeSmall({ size: 32, epochs: 1 });
  await studio.train();
  await studio.waitForEnd();
  await studio.go("Data");
  await studio.slot("Items").click();
  await studio.main.getByRole("button", { name: "Show all 4 warnings" }).click();
  for (const name of ["empty.png", "cut.png", "page.jpg"])
    await expect(studio.main.getByText(new RegExp(name)).first()).toBeVisible();
});

test("points in a table with gaps, words and places beyond the edge: each row is named, and the others train", async ({
  openFresh,
  drop,
  accessible,
}) => {
  test.setTimeout(300_000);
  const studio = await readyForDrop(openFresh);
  const odd = ["0.png,NaN,8", "1.png,7,left", "2.png,-4,30"];
  const rows = Array.from({ length: 40 }, (_, i) => odd[i] ?? `${i}.png,${4 + (i % 8)},${5 + (i % 5)}`);
  await drop(folder("points", { ...pictures("", 40, 10), "points.csv": ["name,nose_x,nose_y", ...rows].join("\n") }));
  await expect(studio.main.getByRole("region", { name: "Guess" })).toContainText("1 point, 40 images");
  await studio.main.getByRole("button", { name: "Use this" }).click();
  await studio.slot("Labels").click();
  const labels = studio.main.getByRole("region", { name: "Labels", exact: true });
  await expect(labels.getByText("Some items have a gap or a word where a number should be.")).toBeVisible();
  for (const line of ["0.png, line 2", "1.png, line 3"]) await expect(labels.getByText(line)).toBeVisible();
  await labels.getByRole("button", { name: "Show them" }).click();
  await expect(studio.page.getByRole("dialog")).toContainText("1.png, line 3");
  await studio.page.keyboard.press("Escape");
  await accessible("Labels, with broken points");
  await studio.makeSmall({ size: 16, epochs: 1 });
  await studio.train();
  await studio.waitForEnd();
  await studio.go("Data");
  await studio.slot("Items").click();
  // All of these pictures are of one colour, which is said too.
  await studio.main.getByRole("button", { name: "Show all 2 warnings" }).click();
  await expect(studio.main.getByText("Some points lie outside of their picture.")).toBeVisible();
  await expect(studio.main.getByText("2.png", { exact: true }).first()).toBeVisible();
});

test("pose files with too few lines and a camera without numbers: the files are named, and the other heads train", async ({
  openFresh,
  drop,
}) => {
  test.setTimeout(300_000);
  const studio = await readyForDrop(openFresh);
  const pose = (z: string): string => `1 0 0\n0 1 0\n0 0 1\n\n10 -10 ${z}\n`;
  const camera = "517 0 8\n0 517 8\n0 0 1\n";
  const people = ["01", "02", "03"].flatMap((person) =>
    Array.from({ length: 12 }, (_, i): [string, string | Buffer][] => [
      [`${person}/frame_${i}_rgb.png`, png(20 * i)],
      [`${person}/frame_${i}_pose.txt`, i === 3 && person === "01" ? "1 0 0\n0 1 0\n0 0 1\n" : pose(String(900 + i))],
      [`${person}/rgb.cal`, person === "03" ? "no numbers\n" : camera],
    ]).flat(),
  );
  await drop(folder("poses", Object.fromEntries(people)));
  await studio.main.getByRole("button", { name: "Use this" }).click();
  await studio.slot("Labels").click();
  const labels = studio.main.getByRole("region", { name: "Labels", exact: true });
  await labels.getByRole("button", { name: "Show all 2 warnings" }).click();
  await expect(labels.getByText("Some pose files cannot be understood.")).toBeVisible();
  await expect(labels.getByText("01/frame_3_pose.txt", { exact: true })).toBeVisible();
  await expect(labels.getByText("Some camera files cannot be understood.")).toBeVisible();
  await expect(labels.getByText("03/rgb.cal", { exact: true })).toBeVisible();
  await expect(studio.slot("Batch")).toHaveAccessibleName(/^Batch ok/);
  await expect(studio.trainButton).toBeEnabled();
});

test("series of other lengths and with gaps: their lines are named, and the others train", async ({
  openFresh,
  drop,
}) => {
  const studio = await readyForDrop(openFresh);
  const row = (i: number, length = 24): string[] => [String(1 + (i % 2)), ...Array.from({ length }, (_, k) => Math.sin((k + i) / (2 + 3 * (i % 2))).toFixed(3))]; // prettier-ignore
  const rows = Array.from({ length: 48 }, (_, i) => row(i, i === 5 ? 9 : 24));
  rows[7]?.splice(3, 1, "NaN");
  await drop(folder("series", { "Waves_TRAIN.tsv": rows.map((cells) => cells.join("\t")).join("\n") }));
  await expect(studio.main.getByRole("region", { name: "Guess" })).toContainText("time series in Waves");
  await studio.main.getByRole("button", { name: "Use this" }).click();
  await studio.slot("Items").click();
  const items = studio.main.getByRole("region", { name: "Items", exact: true });
  await items.getByRole("button", { name: "Show all 2 warnings" }).click();
  await expect(items.getByText("Waves_TRAIN.tsv#6: 9 numbers")).toBeVisible();
  await expect(items.getByText("Waves_TRAIN.tsv, line 8")).toBeVisible();
  await expect(studio.slot("Items")).toHaveAccessibleName(/46 items/);
  await expect(studio.slot("Batch")).toHaveAccessibleName(/^Batch ok/);
  await expect(studio.trainButton).toBeEnabled();
  // The short one can be brought to the others' length, and left out again.
  await items.getByRole("button", { name: "Resize them to 24 numbers" }).click();
  await expect(studio.slot("Items")).toHaveAccessibleName(/47 items/);
  await expect(items.getByText("Some series are resized to the others' length.").first()).toBeVisible();
  await studio.page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(studio.slot("Items")).toHaveAccessibleName(/46 items/);
});

test("masks that are none are named each for its reason, an empty list of names is done without, and the rest trains", async ({
  openFresh,
  drop,
  accessible,
}) => {
  const studio = await readyForDrop(openFresh);
  const masks = Object.fromEntries(Array.from({ length: 16 }, (_, i) => [`labels/${i}_P.png`, png(i % 2)] as const));
  const red = Uint8Array.from({ length: 16 * 16 * 3 }, (_, i) => (i % 3 === 0 ? 255 : 9));
  const painted = await encodePng({ width: 16, height: 16, channels: 3, data: red });
  const small = await encodePng({ width: 8, height: 8, channels: 1, data: new Uint8Array(64) });
  await drop(
    folder("masks", {
      ...pictures("images/", 20, 10),
      ...masks,
      "labels/16_P.png": Buffer.from(painted),
      "labels/17_P.png": Buffer.from(small),
      "labels/18_P.png": png(7),
      "labels/extra_P.png": png(1),
      "codes.txt": "",
    }),
  );
  await studio.main.getByRole("button", { name: "Use this" }).click();
  await expect(studio.slot("Labels")).toHaveAccessibleName(/1 error/);
  await studio.slot("Labels").click();
  await expect(studio.main.getByText("The list of class names is empty.").first()).toBeVisible();
  await studio.main.getByRole("button", { name: /^Go on with \d numbered classes/ }).first().click(); // prettier-ignore
  // The person knows better how many there are, and what they are called.
  const names = studio.main.getByRole("textbox", { name: "Names of the classes" });
  await names.fill("background\nroad");
  await names.blur();
  await expect(studio.slot("Labels")).toHaveAccessibleName(/2 classes/);
  await accessible("Data, with classes named by hand");
  await studio.go("Train");
  const stages = studio.main.getByRole("region", { name: "Stages" });
  await stages.getByRole("button", { name: "More for stage 1" }).click();
  await studio.page.getByRole("menuitem", { name: "Remove" }).click();
  await stages
    .getByRole("button", { name: /Fit one cycle/ })
    .first()
    .click();
  await studio.enter("Epochs", 1);
  await studio.train();
  await studio.waitForEnd();
  await studio.go("Data");
  await studio.slot("Labels").click();
  await expect(studio.main.getByText("Some pictures have no mask.").first()).toBeVisible();
  await expect(studio.main.getByText("images/19.png").first()).toBeVisible();
  await studio.main.getByRole("button", { name: "Show all 4 warnings" }).click();
  for (const [title, name] of [
    ["Some masks hold colours instead of class numbers.", "images/16.png"],
    ["Some masks are not as large as their pictures.", "images/17.png"],
    ["Some masks hold values that stand for no class.", "images/18.png"],
  ] as const) {
    await expect(studio.main.getByText(title).first()).toBeVisible();
    await expect(studio.main.getByText(name).first()).toBeVisible();
  }
  // A value that the first look had missed can be settled all the same.
  await studio.main.getByRole("button", { name: "They do not count" }).click();
  await expect(studio.main.getByText("Some masks hold values that stand for no class.")).toHaveCount(0);
  // A mask at half the size is scaled, a mask that was never drawn is all background: a press each, undone by another.
  await studio.main.getByRole("button", { name: "Scale them to their pictures" }).click();
  await expect(studio.main.getByText("Some masks are not as large as their pictures.")).toHaveCount(0);
  await expect(studio.slot("Items")).toHaveAccessibleName(/19 items/);
  await studio.main.getByRole("button", { name: "They show only “background”" }).click();
  await expect(studio.main.getByText("Pictures without a mask count as one class.").first()).toBeVisible();
  await expect(studio.slot("Items")).toHaveAccessibleName(/20 items/);
  await studio.page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(studio.slot("Items")).toHaveAccessibleName(/19 items/);
  await expect(studio.main.getByText("Some pictures have no mask.").first()).toBeVisible();
  await accessible("Data, with masks that are mended");
  await studio.main.getByRole("tab", { name: /^Left out/ }).click();
  const spare = studio.main.getByRole("button", { name: /^Masks without a picture/ });
  await expect(spare).toContainText("extra_P.png");
  await spare.click();
  await expect(studio.main.getByRole("button", { name: "Choose the folder again" })).toBeEnabled();
});
