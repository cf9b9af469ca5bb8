// Which colour stands for which class: lists as data sets bring them, and texts that are none.
import { describe, expect, it } from "vitest";
import { encodePng } from "../../formats/png/encodePng";
import { fakeDecoder } from "../../testing/fakeDecoder";
import { memoryIndex } from "../../testing/nodeSource";
import { targetRecipe } from "../../testing/targetRecipe";
import { createDataBlock } from "../dataBlock";
import { guessBlocks } from "../guess/guess";
import { createTables } from "../tables";
import { parseColours } from "./colourList";

const EXPECTED = {
  classes: ["Animal", "Road marking", "Void"],
  values: [{ from: "#408040", to: 0 }, { from: "#c00080", to: 1 }, { from: "#000000", to: 2 }],
}; // prettier-ignore

describe("a list of colours", () => {
  it.each([
    ["CamVid's own", "64 128 64\tAnimal\n192 0 128\tRoad marking\n0 0 0\tVoid\n"],
    ["a table with a head", "name,r,g,b\nAnimal,64,128,64\nRoad marking,192,0,128\nVoid,0,0,0\n"],
    ["a label map with more behind", "# label:color_rgb:parts:actions\nAnimal:64,128,64::\nRoad marking:192,0,128::\nVoid:0,0,0::\n"],
  ])("is read: %s", (_, text) => expect(parseColours(text)).toEqual(EXPECTED)); // prettier-ignore

  it.each([
    ["names alone", "Animal\nRoad\nVoid\n"],
    ["a colour that two classes share", "1 2 3 a\n1 2 3 b\n"],
    ["a number beyond 255", "1 2 300 a\n1 2 301 b\n"],
    ["measurements", "a.png,12,13,0.25\nb.png,99.5,1,2\nc.png,4,5,1000\n"],
    ["nothing", ""],
  ])("is none: %s", (_, text) => expect(parseColours(text)).toBeNull());
});

describe("painted masks", () => {
  const paint = (rgb: readonly number[]) => encodePng({ width: 4, height: 4, channels: 3, data: Uint8Array.from({ length: 48 }, (_, i) => rgb[i % 3] ?? 0) }); // prettier-ignore
  const files = async (more: Record<string, string>) => {
    const photo = await encodePng({
      width: 4,
      height: 4,
      channels: 3,
      data: Uint8Array.from({ length: 48 }, (_, i) => i),
    });
    const [animal, road] = [await paint([64, 128, 64]), await paint([192, 0, 128])];
    const names = ["a", "b", "c", "d"];
    return memoryIndex({
      ...Object.fromEntries(names.map((name) => [`images/${name}.png`, photo])),
      ...Object.fromEntries(names.map((name, i) => [`labels/${name}.png`, i % 2 === 0 ? animal : road])),
      ...more,
    });
  };
  const LIST = "64 128 64\tAnimal\n192 0 128\tRoad marking\n0 0 0\tVoid\n";

  it("are guessed with the classes of the list beside them", async () => {
    const index = await files({ "label_colors.txt": LIST });
    const [best] = await guessBlocks(index, createTables(index));
    expect(best).toMatchObject({ task: "segmentation", voidClass: "Void" });
    expect(best?.data.labels).toEqual({ kind: "mask", template: "labels/{stem}.png", codes: "", ...EXPECTED });
    expect(best?.evidence[1]).toBe("label_colors.txt says which colour stands for which class.");
  });

  it("take the list at one press where the recipe knows only names", async () => {
    const index = await files({ "class_dict.csv": "name,r,g,b\nAnimal,64,128,64\nRoad marking,192,0,128\nVoid,0,0,0\n", "codes.txt": "Animal\nRoad marking\n" }); // prettier-ignore
    const labels = { kind: "mask", template: "labels/{stem}.png", codes: "codes.txt" } as const;
    const recipe = targetRecipe(
      "segmentation",
      { items: { kind: "files", folder: "images" }, labels, batchSize: 1 },
      8,
    );
    const block = await createDataBlock({ index, recipe, decoder: fakeDecoder() });
    const [mend] = block.report.problems.find(({ code }) => code === "MASK_COLOUR")?.mend ?? [];
    expect(mend?.label).toBe("Take the colours of class_dict.csv");
    if (mend?.action.do !== "setRecipe") throw new Error("no button");
    const mended = { ...recipe, data: { ...recipe.data, labels: mend.action.value as typeof labels } };
    const after = await createDataBlock({ index, recipe: mended, decoder: fakeDecoder() });
    expect(after.report.vocab).toEqual(EXPECTED.classes);
    const { train, valid } = await after.loaders();
    expect(train.items + (valid?.items ?? 0)).toBe(4);
    expect(after.report.problems.map(({ code }) => code)).not.toContain("MASK_COLOUR");
  });
});
