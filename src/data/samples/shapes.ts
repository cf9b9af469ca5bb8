// The sample "shapes": one drawn shape a picture, in a folder named after it.
import { createRng, type Rng } from "../../base/rng";
import { picture, type Sample, type SampleFile } from "./sample";

const SIZE = 48;
const SEED = 7;
const TRAIN = 90;
const VALID = 30;

/** Corners (or a circle) in a unit circle; drawn turned, scaled and coloured at random. */
const OUTLINES: Readonly<Record<string, (path: Path2D) => void>> = {
  circle: (path) => path.arc(0, 0, 1, 0, 2 * Math.PI),
  square: (path) => polygon(path, 4, 1, 1),
  star: (path) => polygon(path, 10, 1, 0.42),
  triangle: (path) => polygon(path, 3, 1, 1),
};

/** A closed polygon whose corners lie in turn at the outer and the inner radius. */
function polygon(path: Path2D, corners: number, outer: number, inner: number): void {
  for (let i = 0; i < corners; i += 1) {
    const angle = (2 * Math.PI * i) / corners;
    const radius = i % 2 === 0 ? outer : inner;
    path.lineTo(radius * Math.cos(angle), radius * Math.sin(angle));
  }
  path.closePath();
}

const colour = (rng: Rng, light: number): string =>
  `hsl(${rng.below(360)} ${40 + rng.below(50)}% ${light + rng.below(16)}%)`;

/** A dark shape, turned and scaled, on light paper with a few faint scraps. */
function drawShape(context: OffscreenCanvasRenderingContext2D, name: string, rng: Rng): void {
  context.fillStyle = colour(rng, 82);
  context.fillRect(0, 0, SIZE, SIZE);
  for (let i = 0; i < 6; i += 1) {
    context.fillStyle = colour(rng, 76);
    context.fillRect(rng.below(SIZE), rng.below(SIZE), 2 + rng.below(6), 2 + rng.below(6));
  }
  const radius = SIZE * (0.28 + 0.14 * rng.uniform());
  const room = SIZE - 2 * radius;
  const path = new Path2D();
  OUTLINES[name]?.(path);
  context.translate(radius + room * rng.uniform(), radius + room * rng.uniform());
  context.rotate(2 * Math.PI * rng.uniform());
  context.scale(radius, radius * (0.85 + 0.15 * rng.uniform()));
  context.fillStyle = colour(rng, 18);
  // oxlint-disable-next-line unicorn/no-array-fill-with-reference-type -- a canvas, not an array
  context.fill(path);
}

function files(): SampleFile[] {
  const all: SampleFile[] = [];
  for (const [split, count] of [
    ["train", TRAIN],
    ["valid", VALID],
  ] as const)
    for (const name of Object.keys(OUTLINES))
      for (let i = 1; i <= count; i += 1)
        all.push({
          path: `${split}/${name}/${name}_${i}.png`,
          make: () =>
            picture(SIZE, "image/png", (context) => drawShape(context, name, createRng(SEED, split, name, i))),
        });
  return all;
}

export const shapes: Sample = {
  id: "shapes",
  label: "Shapes",
  help: "480 drawn circles, squares, stars and triangles in all colours and sizes. One label each, by folder.",
  recipe: "shapes",
  files,
};
