// Packed masks come back as they were, and are small where classes lie in areas.
import { array, assert, integer, property, tuple } from "fast-check";
import { describe, expect, it } from "vitest";
import { packMask, unpackMask } from "./packedMask";

describe("packed masks", () => {
  it("come back as they were, with −1 as no class", () => {
    assert(
      property(array(tuple(integer({ min: -1, max: 254 }), integer({ min: 1, max: 40_000 })), { maxLength: 6 }), (runs) => {
        const ids = runs.flatMap(([id, length]) => Array.from({ length }, () => id));
        expect([...unpackMask(packMask(ids), ids.length)]).toEqual(ids.map((id) => (id < 0 ? 255 : id)));
      }), // prettier-ignore
      { numRuns: 50 },
    );
  });

  it("take four bytes for a picture of one class", () => {
    expect(packMask(new Int32Array(300 * 400).fill(3))).toHaveLength(4);
  });

  it("never run over the end of a damaged pack", () => {
    expect(unpackMask(Uint8Array.of(7, 255, 255), 3)).toEqual(Uint8Array.of(7, 7, 7));
  });
});
