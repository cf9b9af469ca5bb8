// A grid fits its room: large cells for few classes, 24 pixels at least, and never wider than what there is.
import { describe, expect, it } from "vitest";
import { gridRoom } from "./gridRoom";

describe("the room of a grid", () => {
  it.each([
    { width: 424, classes: 4, pitch: 52, shown: 4 },
    { width: 820, classes: 11, pitch: 52, shown: 11 },
    { width: 330, classes: 11, pitch: 24, shown: 11 },
    { width: 900, classes: 32, pitch: 24, shown: 32 },
    { width: 330, classes: 32, pitch: 24, shown: 11 },
  ])("$classes classes in $width pixels: $shown cells of $pitch", ({ width, classes, pitch, shown }) => {
    expect(gridRoom(width, classes)).toMatchObject({ pitch, classes: shown });
  });

  it("is never left, from a phone's width on", () => {
    for (let width = 280; width < 1600; width += 7)
      for (const classes of [1, 2, 11, 32, 255]) {
        const { names, pitch, classes: shown } = gridRoom(width, classes);
        expect(names + pitch * shown).toBeLessThanOrEqual(width);
        expect(pitch).toBeGreaterThanOrEqual(24);
      }
  });

  it("shows all where it may scroll, each as small as a finger still hits", () => {
    expect(gridRoom(358, 32, true)).toMatchObject({ pitch: 24, classes: 32 });
    expect(gridRoom(1000, 8, true)).toEqual(gridRoom(1000, 8));
  });
});
