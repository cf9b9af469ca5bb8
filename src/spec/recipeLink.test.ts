// A recipe travels in a link and comes back; what is cut, swollen or foreign is refused by name.
import { describe, expect, it } from "vitest";
import { unwrap } from "../base/result";
import { carriesRecipe, recipeFromHash, recipeToHash } from "./recipeLink";
import { RECIPES } from "./recipes";

const planet = RECIPES["planet"]!;

/** `#r=` around any text, as a stranger could make it. */
async function hashOf(text: string): Promise<string> {
  const packed = new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  return `#r=${Buffer.from(await new Response(packed).arrayBuffer()).toString("base64url")}`;
}

const codeOf = async (hash: string): Promise<string> => {
  const read = await recipeFromHash(hash);
  return read.ok ? "-" : read.error.code;
};

describe("a recipe link", () => {
  it.each(Object.entries(RECIPES))("brings %s back unchanged, in less than 1,000 characters", async (_name, recipe) => {
    const hash = await recipeToHash(recipe);
    expect(hash).toMatch(/^#r=[\w-]+$/);
    expect(hash.length).toBeLessThan(1000);
    expect(unwrap(await recipeFromHash(hash))).toEqual(recipe);
  });

  it("is told apart from the pages of the studio", () => {
    expect(carriesRecipe("#r=abc")).toBe(true);
    expect(carriesRecipe("#/train")).toBe(false);
  });

  it("that is cut off says so, wherever the cut is", async () => {
    const hash = await recipeToHash(planet);
    for (let length = 3; length < hash.length; length += 37)
      expect(`${length} ${await codeOf(hash.slice(0, length))}`).toBe(`${length} LINK_CUT`);
  });

  it("in no base64 at all says that it is cut off", async () => {
    expect(await codeOf("#r=%%%")).toBe("LINK_CUT");
  });

  it("that would unpack to 64 MB is refused early", async () => {
    const hash = await hashOf(" ".repeat(64 * 2 ** 20));
    expect(hash.length).toBeLessThan(100_000);
    expect(await codeOf(hash)).toBe("RECIPE_TOO_LARGE");
  });

  it("with something else in it is named as a recipe problem", async () => {
    expect(await codeOf(await hashOf("not json"))).toBe("RECIPE_JSON");
    expect(await codeOf(await hashOf('{"version":1,"__proto__":{}}'))).toBe("RECIPE_FIELDS");
    expect(await codeOf(await hashOf(JSON.stringify({ ...planet, version: 9 })))).toBe("RECIPE_NEWER");
  });
});
