// Every damaged, hostile or odd picture of the corpus in the place of a mask: named with its reason, and the rest trains.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { encodePng } from "../formats/png/encodePng";
import type { Recipe } from "../spec/recipe";
import { RECIPES } from "../spec/recipes";
import type { Device } from "../tensor/device";
import { badInputs, readBadInput } from "../testing/badInputs";
import { openCpu } from "../testing/cpuDevice";
import { fakeDecoder } from "../testing/fakeDecoder";
import { memoryIndex } from "../testing/memoryIndex";
import { createDataBlock } from "./dataBlock";

let device: Device;
beforeAll(async () => {
  device = await openCpu();
});
afterAll(() => device.close());

const photos = RECIPES["photos"] as Recipe;
const stemOf = (path: string): string => path.replace("img/", "").replaceAll(".", "_");

const recipe: Recipe = {
  ...photos,
  task: "segmentation",
  data: {
    ...photos.data,
    items: { kind: "files", folder: "images" },
    labels: { kind: "mask", template: "labels/{stem}_P.png", codes: "codes.txt" },
    split: { kind: "none" },
    transforms: [{ kind: "resize", size: 8, method: "squish" }],
    augment: [],
    batchSize: 2,
  },
};

const grey = (width: number, height: number) =>
  encodePng({ width, height, channels: 1, data: new Uint8Array(width * height).fill(1) });

async function blockOf(masks: Readonly<Record<string, Uint8Array<ArrayBuffer>>>, size = { width: 8, height: 8 }) {
  const picture = await grey(size.width, size.height);
  const files = Object.entries(masks).flatMap(([stem, mask]) => [[`images/${stem}.png`, picture], [`labels/${stem}_P.png`, mask]] as const); // prettier-ignore
  const index = await memoryIndex({ ...Object.fromEntries(files), "codes.txt": "sky\nroad\n" });
  return createDataBlock({ index, recipe, decoder: fakeDecoder() });
}

const good = () => grey(8, 8);

/** What is said of some of them; of the others, that they are no mask. */
const SAID: Readonly<Record<string, string>> = {
  "1x1_png": "MASK_SIZE: its mask labels/1x1_png_P.png has 1 × 1 pixels, the picture 8 × 8",
  gray16_png: "MASK_SHAPE: its mask labels/gray16_png_P.png has 16 × 4 pixels, the picture 8 × 8",
  ok_jpg: "MASK_FORMAT: its mask labels/ok_jpg_P.png is JPEG",
  anim3_gif: "MASK_FORMAT: its mask labels/anim3_gif_P.png is GIF",
  bad_crc_png: "MASK_UNREADABLE: its mask labels/bad_crc_png_P.png: its structure is damaged",
  truncated_png: "MASK_UNREADABLE: its mask labels/truncated_png_P.png: the file is cut off",
  zero_bytes_jpg: "MASK_UNREADABLE: its mask labels/zero_bytes_jpg_P.png: the file is empty",
  huge_header_png: "MASK_UNREADABLE: its mask labels/huge_header_png_P.png: it is 60000 × 60000 pixels, more than 64 million", // prettier-ignore
  git_lfs_pointer_png: "MASK_UNREADABLE: its mask labels/git_lfs_pointer_png_P.png: it is a Git LFS pointer; run “git lfs pull” to get the picture", // prettier-ignore
  html_named_jpg: "MASK_UNREADABLE: its mask labels/html_named_jpg_P.png: it is a web page, likely saved in place of the picture", // prettier-ignore
};

describe("a mask that is none", () => {
  it("is named with its reason, one by one, and all others are used", async () => {
    const inputs = badInputs("img");
    const masks = Object.fromEntries(await Promise.all(inputs.map(async ({ path }) => [stemOf(path), await readBadInput(path)] as const))); // prettier-ignore
    const block = await blockOf({ ...masks, good1: await good(), good2: await good(), good3: await good() });
    const { train } = await block.loaders();
    const { skipped, problems } = block.report;
    const reasons = Object.fromEntries(skipped.map(({ path, code, reason }) => [path.slice(7, -4), `${code}: ${reason}`])); // prettier-ignore
    // None of the corpus is as large as the pictures here.
    expect(Object.keys(reasons).sort()).toEqual(inputs.map(({ path }) => stemOf(path)).sort());
    expect(reasons).toMatchObject(SAID);
    for (const [stem, reason] of Object.entries(reasons)) {
      expect(reason).toMatch(/^MASK_(SIZE|SHAPE|FORMAT|UNREADABLE): /);
      expect(reason).toContain(`labels/${stem}_P.png`);
    }
    expect(train.items).toBe(3);
    for (const code of ["MASK_SIZE", "MASK_SHAPE", "MASK_FORMAT", "MASK_UNREADABLE"]) {
      const told = problems.find((one) => one.code === code);
      expect(told?.total, code).toBe(Object.values(reasons).filter((reason) => reason.startsWith(code)).length);
      expect(told?.mend.length, code).toBeGreaterThan(0);
    }
  });

  it.each([
    { path: "img/rgba_alpha.png", width: 64, height: 48, code: "MASK_COLOUR", used: false },
    { path: "img/rgb16.png", width: 16, height: 4, code: "MASK_COLOUR", used: false },
    // Sixteen bits of grey: values beyond the two classes do not count, and that is said.
    { path: "img/gray16.png", width: 16, height: 4, code: "MASK_VALUES", used: true },
    { path: "img/bad_crc.png", width: 64, height: 48, code: "MASK_UNREADABLE", used: false },
  ])("$path, as large as its picture, is $code", async ({ path, width, height, code, used }) => {
    const mask = await readBadInput(path);
    const block = await blockOf({ odd: mask, a: await grey(width, height), b: await grey(width, height) }, { width, height }); // prettier-ignore
    const { train } = await block.loaders();
    expect(train.items).toBe(used ? 3 : 2);
    const told = block.report.problems.find((one) => one.code === code);
    expect(told?.items.join()).toContain("odd");
  });
});
