// Paints one frame of a person's head and says where the head's centre is.
import { createRng, type Rng } from "../../base/rng";
import { createRaster, inEllipse, lit, paint, type Colour, type Raster } from "./raster";

export interface HeadFrame {
  readonly raster: Raster;
  /** The head's centre in pixels. */
  readonly x: number;
  readonly y: number;
  /** Half the head's height in pixels, from which its distance follows. */
  readonly radius: number;
  /** Turn of the head in the picture's plane, radians. */
  readonly roll: number;
}

interface Person {
  readonly skin: Colour;
  readonly hair: Colour;
  readonly shirt: Colour;
  readonly wall: Colour;
  readonly narrow: number;
  readonly fringe: number;
  readonly scale: number;
  readonly light: number;
}

const within = (rng: Rng, low: number, high: number): number => low + (high - low) * rng.uniform();
const pick = <T>(rng: Rng, list: readonly T[]): T => list[rng.below(list.length)] as T;

const SKINS: readonly Colour[] = [[232, 190, 164], [198, 148, 116], [146, 100, 74], [96, 66, 50], [220, 170, 140]]; // prettier-ignore
const HAIRS: readonly Colour[] = [
  [42, 30, 24],
  [96, 64, 38],
  [186, 148, 84],
  [28, 28, 32],
  [140, 136, 132],
];
const SHIRTS: readonly Colour[] = [
  [52, 76, 118],
  [120, 44, 48],
  [70, 92, 68],
  [196, 190, 180],
  [58, 58, 64],
];
const WALLS: readonly Colour[] = [
  [188, 190, 186],
  [160, 170, 184],
  [196, 182, 164],
  [140, 152, 146],
];

function personOf(rng: Rng): Person {
  return {
    skin: pick(rng, SKINS),
    hair: pick(rng, HAIRS),
    shirt: pick(rng, SHIRTS),
    wall: pick(rng, WALLS),
    narrow: within(rng, 0.68, 0.8),
    fringe: within(rng, 0.34, 0.62),
    scale: within(rng, 0.9, 1.1),
    light: within(rng, 0.82, 1.1),
  };
}

/** Frame `frame` of a person; the head looks around and moves about the picture. */
export function paintHead(
  size: { width: number; height: number },
  seed: number,
  who: number,
  frame: number,
): HeadFrame {
  const person = personOf(createRng(seed, "person", who));
  const rng = createRng(seed, "head", who, frame);
  const { width, height } = size;
  const raster = createRaster(width, height);
  const grain = createRng(rng.bits());
  const all = { left: 0, top: 0, right: width, bottom: height };
  const speck = (): number => person.light * (1 + 0.03 * grain.normal());
  const shelf = within(rng, 0.2, 0.8) * width;
  paint(raster, all, 0, (x, y) => lit(person.wall, speck() * (x > shelf ? 0.9 : 1) * (y > height * 0.9 ? 0.8 : 1)));

  const radius = height * within(rng, 0.17, 0.25) * person.scale;
  const x = within(rng, 0.24, 0.76) * width;
  const y = within(rng, 0.3, 0.62) * height;
  const roll = within(rng, -0.45, 0.45);
  const [yaw, pitch] = [within(rng, -0.8, 0.8), within(rng, -0.6, 0.6)];
  const rx = radius * person.narrow;

  // Shoulders and neck follow the head, a little behind.
  const shoulder = y + 1.55 * radius;
  paint(raster, all, 0, (px, py) =>
    inEllipse(px, py, x, shoulder + 1.5 * radius, 2.1 * radius, 1.5 * radius) ? lit(person.shirt, speck()) : null,
  );
  paint(raster, { left: x - 0.4 * rx, right: x + 0.4 * rx, top: y, bottom: shoulder + 0.25 * radius }, 0, () =>
    lit(person.skin, 0.82 * speck()),
  );
  const [cos, sin] = [Math.cos(roll), Math.sin(roll)];
  paint(raster, all, 0, (px, py) => {
    // In the head's own axes, in units of its radii.
    const [u, v] = [(cos * (px - x) + sin * (py - y)) / rx, (-sin * (px - x) + cos * (py - y)) / radius];
    if (u * u + (v * 0.94) ** 2 > 1.16 || v > 1.06) return null;
    const face = u * u + v * v <= 1;
    if (!face || v < -person.fringe) return v < 0.25 ? lit(person.hair, speck()) : null;
    // Features lie towards where the head looks; the centre of the head is where the nose is when it looks straight.
    const [fu, fv] = [u - 0.35 * yaw, v - 0.3 * pitch];
    for (const eye of [-0.38, 0.38]) {
      if (inEllipse(fu, fv, eye, -0.2, 0.07, 0.07)) return [30, 26, 26];
      if (inEllipse(fu, fv, eye, -0.2, 0.16, 0.09)) return [236, 234, 230];
      if (inEllipse(fu, fv, eye, -0.38, 0.2, 0.05)) return lit(person.hair, 0.9);
    }
    if (inEllipse(fu, fv, 0, 0.14, 0.1, 0.16)) return lit(person.skin, 0.78 * person.light);
    if (inEllipse(fu, fv, 0, 0.52, 0.26, 0.07)) return [156, 70, 70];
    return lit(person.skin, speck() * (1 - 0.18 * Math.max(0, u * Math.sign(yaw || 1))));
  });
  return { raster, x, y, radius, roll };
}
