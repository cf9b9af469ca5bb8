// Pictures that a camera stored turned: whether their points and masks lie on the stored or the upright picture is said.
import { beforeAll, describe, expect, it } from "vitest";
import { encodePng } from "../formats/png/encodePng";
import { parseRecipe } from "../spec/parseRecipe";
import { RECIPES } from "../spec/recipes";
import type { DataSpec, Recipe } from "../spec/recipe";
import { readback } from "../tensor/readback";
import { readBadInput } from "../testing/badInputs";
import { fakeDecoder } from "../testing/fakeDecoder";
import { memoryIndex } from "../testing/nodeSource";
import { openCpu } from "../testing/cpuDevice";
import { unwrap } from "../base/result";
import { inFile } from "../spec/fileFrame";
import { createDataBlock } from "./dataBlock";
import { maskSamples } from "./targets/maskSamples";
import { frameNumbers, type FileFrame } from "./transforms/frame";

beforeAll(openCpu);

const photos = RECIPES["photos"] as Recipe;

/** The first target of a block with one picture that EXIF turns, and the problems that it names. */
async function opened(
  task: Recipe["task"],
  labels: DataSpec["labels"],
  files: Record<string, string | Uint8Array<ArrayBuffer>>,
) {
  const index = await memoryIndex(files);
  const transforms = [{ kind: "resize", size: 8, method: "squish" }];
  const data = { ...photos.data, labels, transforms, augment: [], batchSize: 1, split: { kind: "none" } as const };
  const recipe: Recipe = { ...photos, task, data };
  expect(parseRecipe(JSON.stringify(recipe)).ok).toBe(true);
  const block = await createDataBlock({ index, recipe, decoder: fakeDecoder() });
  const loaders = await block.loaders();
  let y: number[] = [];
  for await (const batch of loaders.train.epoch(0)) y = Array.from(await readback(batch.y));
  const written = block.itemFrame(0);
  return { y, block, written, turned: block.report.problems.filter(({ code }) => code === "TARGETS_TURNED"), skipped: block.report.skipped }; // prettier-ignore
}

describe("points on a picture that is stored on its side", () => {
  // Stored 48 wide and 64 high, upright 64 × 48: its upper left corner comes to lie at the upper right.
  const made = async (pts: string, frame?: "upright" | "stored") =>
    opened(
      "points",
      { kind: "pointsFile", template: "{folder}/{stem}.pts", order: "xy", ...(frame && { frame }) },
      { "p/a.jpg": await readBadInput("img/exif_orient_6.jpg"), "p/a.pts": pts },
    );

  it("lie on the upright one while nobody has said otherwise, and that is said, with both answers as buttons", async () => {
    const { y, turned } = await made("16 12\n");
    expect(y).toEqual([-0.5, -0.5]);
    expect(turned.map(({ items }) => items)).toEqual([["a.jpg"]]);
    expect(turned[0]?.mend.slice(0, 2).map(({ action }) => action)).toEqual(
      ["upright", "stored"].map((value) => ({ do: "setRecipe", path: "data.labels.frame", value })),
    );
  });

  it("lie where they are said to lie, and nothing more is asked", async () => {
    expect(await made("16 12\n", "upright")).toMatchObject({ y: [-0.5, -0.5], turned: [] });
    // A quarter from the left and from the top of the stored picture.
    const stored = await made("12 16\n", "stored");
    expect(stored).toMatchObject({ y: [-0.5, 0.5], turned: [] });
    // What the model says comes back in the pixels that the labels were measured in.
    expect([...inFile(stored.y, frameNumbers(stored.written as FileFrame))]).toEqual([16, 12]);
    const upright = await made("16 12\n", "upright");
    expect([...inFile(upright.y, frameNumbers(upright.written as FileFrame))]).toEqual([12, 16]);
  });
});

describe("masks of a picture that is stored on its side", () => {
  const CLASSES = ["ground", "sky"];
  const mask = (width: number, height: number, at: (x: number, y: number) => boolean) =>
    encodePng({ width, height, channels: 1, data: Uint8Array.from({ length: width * height }, (_, i) => (at(i % width, Math.floor(i / width)) ? 1 : 0)) }); // prettier-ignore
  const made = async (png: Uint8Array<ArrayBuffer>, frame?: "upright" | "stored", name = "img/exif_orient_6.jpg") =>
    opened(
      "segmentation",
      { kind: "mask", template: "m/{stem}.png", codes: "", classes: CLASSES, ...(frame && { frame }) },
      { "p/a.jpg": await readBadInput(name), "m/a.png": png },
    );
  const sky = (columns: readonly number[]): number[] => Array.from({ length: 64 }, (_, i) => (columns.includes(Math.floor((i % 8) / 2)) ? 1 : 0)); // prettier-ignore

  it("turn with it where they fit the stored one alone, and that is said", async () => {
    const { y, turned } = await made(await mask(48, 64, (_x, row) => row < 32));
    expect(y).toEqual(sky([2, 3]));
    expect(turned).toHaveLength(1);
  });

  it("lie on the upright one where they fit that", async () => {
    const { y, turned } = await made(await mask(64, 48, (x) => x < 32));
    expect(y).toEqual(sky([0, 1]));
    expect(turned).toHaveLength(1);
  });

  it("that fit both are turned where the recipe says so", async () => {
    const half = await mask(64, 48, (x) => x < 32);
    expect((await made(half, "upright", "img/exif_orient_3.jpg")).y).toEqual(sky([0, 1]));
    expect((await made(half, "stored", "img/exif_orient_3.jpg")).y).toEqual(sky([2, 3]));
  });

  it("come back as files that lie as the recipe's masks do", async () => {
    const tall = await mask(48, 64, (_x, row) => row < 32);
    const size = async (frame?: "upright" | "stored") => {
      const { y, block } = await made(tall, frame);
      const png = await block.maskFile(0, Uint8Array.from(y));
      return unwrap(await maskSamples(png ?? new Uint8Array(), "png"));
    };
    const stored = await size("stored");
    expect([stored.width, stored.height]).toEqual([48, 64]);
    expect([...(stored.values as Uint8Array)]).toEqual(Array.from({ length: 48 * 64 }, (_, i) => (i < 48 * 32 ? 1 : 0))); // prettier-ignore
    const upright = await size();
    expect([upright.width, upright.height]).toEqual([64, 48]);
  });
});
