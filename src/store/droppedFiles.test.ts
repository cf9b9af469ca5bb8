// What is dropped goes where it belongs: data, a recipe, or weights.
import { describe, expect, it } from "vitest";
import { heapName, routeDropped, type Dropped } from "./droppedFiles";

const file = (path: string, content: BlobPart = "x", type = ""): Dropped => {
  const name = path.split("/").at(-1) ?? path;
  return { kind: "file", path, file: new File([content], name, { type }) };
};
// A header of 2 bytes, `{}`: the smallest safetensors file.
const weights = new Uint8Array([2, 0, 0, 0, 0, 0, 0, 0, 0x7b, 0x7d]);
const zip = new Uint8Array([0x50, 0x4b, 3, 4]);

describe("routeDropped", () => {
  it.each([
    ["a single .json file", [file("planet.json")], "recipe"],
    ["a .safetensors file", [file("model.safetensors")], "weights"],
    ["weights without their ending", [file("model", weights)], "weights"],
    ["PyTorch's .pth, though it is a zip", [file("resnet34.pth", zip)], "weights"],
    ["a model's .bin", [file("pytorch_model.bin", zip)], "weights"],
    ["an old pickle without its ending", [file("resnet34", new Uint8Array([0x80, 2, 0x8a]))], "weights"],
    ["a .zip", [file("pets.zip", zip)], "source"],
    ["pictures", [file("a/1.jpg"), file("a/2.jpg")], "source"],
    ["nothing", [], "nothing"],
  ] as const)("sends %s on", async (_what, dropped, kind) => {
    expect((await routeDropped(dropped)).kind).toBe(kind);
  });

  it("keeps a folder, a .zip and loose files apart within one source", async () => {
    const handle = { kind: "directory", name: "train-jpg" } as FileSystemDirectoryHandle;
    const route = await routeDropped([
      { kind: "directory", handle },
      file("more.zip", zip),
      file("bare", zip),
      file("train_v2.csv"),
    ]);
    expect(route.kind === "source" && route.inputs.map((input) => input.kind)).toEqual([
      "directory",
      "archive",
      "archive",
      "files",
    ]);
  });

  it("takes several .json files as data, not as recipes", async () => {
    expect((await routeDropped([file("a.json"), file("b.json")])).kind).toBe("source");
  });

  it("names a heap by its common folder, its only file, or its size", () => {
    expect(heapName(["pets/a.jpg", "pets/b/c.jpg"])).toBe("pets");
    expect(heapName(["a.jpg"])).toBe("a.jpg");
    expect(heapName(["a.jpg", "pets/b.jpg"])).toBe("2 files");
  });
});
