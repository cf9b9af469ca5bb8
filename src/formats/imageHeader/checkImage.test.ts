// Picture headers: the verdict on every bad input, and on thousands of damaged files.
import { describe, expect, it } from "vitest";
import { badInputs, readBadInput } from "../../testing/badInputs";
import { mutate } from "../../testing/mutate";
import { checkImage } from "./checkImage";

/** What no header tells: these files are refused or noticed when their pixels are decoded. */
const BY_PIXELS = new Set(["img/solid.png"]);

describe("checkImage", () => {
  for (const { path, fault, expect: expected, code } of badInputs("img"))
    it(`${expected === "accept" ? "takes" : `${expected}s ${code}`} ${path.slice(4)} (${fault})`, async () => {
      const check = checkImage(await readBadInput(path), path);
      const verdict = check.ok ? { ok: true, notes: check.notes } : { ok: false, code: check.code };
      if (BY_PIXELS.has(path)) expect(verdict).toEqual({ ok: true, notes: [] });
      else if (expected === "reject") expect(verdict).toEqual({ ok: false, code });
      else expect(verdict).toEqual({ ok: true, notes: expected === "warn" ? [code] : [] });
    });

  it("reads all eight orientations, and takes one out of range for upright", async () => {
    const orientations = [];
    for (const name of ["1", "2", "3", "4", "5", "6", "7", "8", "99_invalid"]) {
      const check = checkImage(await readBadInput(`img/exif_orient_${name}.jpg`), "a.jpg");
      orientations.push(check.ok ? check.header.orientation : null);
    }
    expect(orientations).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 1]);
  });

  it("says in words what a file is instead of a picture", async () => {
    const reasons = [];
    for (const name of ["html_named.jpg", "git_lfs_pointer.png", "phone.heic", "huge_header.png"]) {
      const check = checkImage(await readBadInput(`img/${name}`), name);
      reasons.push(check.ok ? null : check.reason);
    }
    expect(reasons).toEqual([
      "it is a web page, likely saved in place of the picture",
      "it is a Git LFS pointer; run “git lfs pull” to get the picture",
      "it is a HEIC photo; export it from the phone as JPEG",
      "it is 60000 × 60000 pixels, more than 64 million",
    ]);
  });

  it("gives a verdict on 2,000 damaged pictures, each in less than a second", async () => {
    const originals = await Promise.all(
      badInputs("img")
        .filter(({ path }) => !/bomb|garbage/.test(path))
        .map(async ({ path }) => ({ path, bytes: await readBadInput(path) })),
    );
    const seen = new Set<string>();
    let slowest = 0;
    for (let k = 0; k < 2000; k += 1) {
      const { path, bytes } = originals[k % originals.length] as (typeof originals)[number];
      const from = performance.now();
      const check = checkImage(mutate(bytes, path, k), path);
      slowest = Math.max(slowest, performance.now() - from);
      seen.add(check.ok ? "ok" : check.code);
      if (check.ok) expect(check.header.width * check.header.height).toBeGreaterThan(0);
    }
    expect(slowest).toBeLessThan(1000);
    expect(seen.has("ok") && seen.has("IMG_TRUNCATED") && seen.has("IMG_DECODE")).toBe(true);
  });
});
