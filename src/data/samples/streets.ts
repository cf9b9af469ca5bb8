// The sample "streets": painted street scenes with a class for every pixel, in the layout of CamVid.
import { classPng, colourPng } from "./raster";
import type { Sample, SampleFile } from "./sample";
import { paintStreet, STREET_CODES } from "./street";

const SIZE = { width: 128, height: 96 };
const SEED = 23;
const FRAMES = 14;
/** Frames of one street look alike, so whole streets are kept back. */
const TRAIN_STREETS = 9;
const VALID_STREETS = 3;

const text = (lines: readonly string[]): Blob => new Blob([`${lines.join("\n")}\n`], { type: "text/plain" });

function files(): SampleFile[] {
  const all = Array.from({ length: TRAIN_STREETS + VALID_STREETS }, (_, street) =>
    Array.from({ length: FRAMES }, (_, frame) => ({
      street,
      frame,
      stem: `${String(street + 1).padStart(4, "0")}TP_${String(30 * (frame + 1)).padStart(6, "0")}`,
    })),
  ).flat();
  const kept = all.filter(({ street }) => street >= TRAIN_STREETS).map(({ stem }) => `${stem}.png`);
  return [
    { path: "codes.txt", make: async () => text(STREET_CODES) },
    { path: "valid.txt", make: async () => text(kept) },
    ...all.flatMap(({ street, frame, stem }) => {
      const painted = () => paintStreet(SIZE, SEED, street, frame);
      return [
        { path: `images/${stem}.png`, make: () => colourPng(painted()) },
        { path: `labels/${stem}_P.png`, make: () => classPng(painted()) },
      ];
    }),
  ];
}

export const streets: Sample = {
  id: "streets",
  label: "Street scenes",
  help: "168 painted frames from twelve streets, with a mask that says of every pixel whether it is road, car, tree, sky …",
  recipe: "streets",
  files,
};
