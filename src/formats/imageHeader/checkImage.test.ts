// Picture headers: the verdict on every bad input.
import { describe, expect, it } from "vitest";
import { badInputs, readBadInput } from "../../testing/badInputs";
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
});
