// A reference directory, and that nothing in it goes unnoticed.
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { planOf } from "./cases/index";
import { Reference } from "./reference";

const open = (files: Readonly<Record<string, unknown>>) =>
  Reference.open(
    new Map(
      Object.entries(files).map(([name, content]) => [
        name,
        new TextEncoder().encode(typeof content === "string" ? content : JSON.stringify(content)),
      ]),
    ),
  );

describe("Reference", () => {
  it("is one with meta.json only", async () => {
    await expect(open({ "resnet.json": {} })).rejects.toThrow("meta.json");
  });

  it("fills and draws with its own salt", async () => {
    const [plain, salted] = [await open({ "meta.json": { salt: "" } }), await open({ "meta.json": { salt: "x" } })];
    expect(plain.uniform("input:resnet18", [1])[0]).toBe(Math.fround(-0.89835525));
    expect(salted.uniform("input:resnet18", [1])).not.toEqual(plain.uniform("input:resnet18", [1]));
  });

  it("notes fields that a schema does not know, and refuses what does not fit", async () => {
    const reference = await open({ "meta.json": { salt: "" }, "a.json": { one: { n: 1, more: 2 } } });
    expect(reference.entry("a.json", "one", z.strictObject({ n: z.number() }))).toMatchObject({ n: 1 });
    expect(reference.unknownFields).toEqual(["a.json#one.more"]);
    expect(() => reference.entry("a.json", "one", z.strictObject({ n: z.string() }))).toThrow("a.json#one");
  });

  it("counts entries that no case covers as unknown", async () => {
    const reference = await open({
      "meta.json": { salt: "" },
      "new.json": { a: 1 },
      "other/b.bin": "x",
      "README.md": "",
    });
    expect(planOf(reference)).toMatchObject({ cases: [], unknown: ["new.json#a", "other/b.bin"], broken: [] });
  });
});
