// Paints one frame of a drive along a street, and which class of CamVid every pixel is of.
import { createRng, type Rng } from "../../base/rng";
import { createRaster, inEllipse, lit, paint, type Colour, type Raster } from "./raster";

/** Lines of codes.txt, in order. */
export const STREET_CODES = [
  "Sky",
  "Building",
  "Pole",
  "Road",
  "Sidewalk",
  "Tree",
  "Car",
  "Pedestrian",
  "Void",
] as const;
type Code = (typeof STREET_CODES)[number];
const code = (name: Code): number => STREET_CODES.indexOf(name);

export interface StreetSize {
  readonly width: number;
  readonly height: number;
}

const within = (rng: Rng, low: number, high: number): number => low + (high - low) * rng.uniform();
const pick = <T>(rng: Rng, list: readonly T[]): T => list[rng.below(list.length)] as T;

const WALLS: readonly Colour[] = [[150, 108, 86], [176, 160, 138], [128, 120, 118], [168, 132, 110], [120, 96, 90]]; // prettier-ignore
const PAINTS: readonly Colour[] = [[168, 32, 36], [36, 64, 130], [200, 200, 204], [40, 42, 46], [190, 160, 60], [60, 110, 80]]; // prettier-ignore
const CLOTHES: readonly Colour[] = [
  [60, 40, 120],
  [150, 40, 50],
  [40, 40, 44],
  [200, 150, 50],
  [50, 120, 120],
];

/** What stays the same along one street: light, skyline, colours. */
interface Street {
  readonly light: number;
  readonly horizon: number;
  readonly centre: number;
  readonly sky: Colour;
  readonly asphalt: number;
}

function streetOf(rng: Rng, { width, height }: StreetSize): Street {
  return {
    light: within(rng, 0.75, 1.12),
    horizon: height * within(rng, 0.4, 0.48),
    centre: width * within(rng, 0.44, 0.56),
    sky: pick(rng, [[150, 186, 226], [196, 208, 220], [124, 164, 214]] as const), // prettier-ignore
    asphalt: within(rng, 84, 112),
  };
}

/** Left and right edge of the road at a row. */
function roadAt({ horizon, centre }: Street, { width, height }: StreetSize, y: number): readonly [number, number] {
  const depth = (y - horizon) / (height - horizon);
  return [centre - width * (0.02 + 0.4 * depth), centre + width * (0.02 + 0.44 * depth)];
}

type Layer = (raster: Raster, street: Street, rng: Rng) => void;

const sky: Layer = (raster, { sky: colour, light }, rng) => {
  const grain = createRng(rng.bits());
  const all = { left: 0, top: 0, right: raster.width, bottom: raster.height };
  paint(raster, all, code("Sky"), (_x, y) => lit(colour, light * (1.08 - (0.25 * y) / raster.height) + 0.02 * grain.normal())); // prettier-ignore
};

const buildings: Layer = (raster, street, rng) => {
  const { width } = raster;
  const { centre, horizon, light } = street;
  for (const side of [-1, 1])
    for (let block = 5; block >= 0; block -= 1) {
      // The nearer, the higher and the further out.
      const [near, far] = [1 - block / 6, 1 - (block + 1) / 6];
      const outer = centre + side * width * (0.05 + 0.62 * near);
      const inner = centre + side * width * (0.05 + 0.62 * far);
      const top = horizon - horizon * (0.16 + near * within(rng, 0.35, 0.85));
      const wall = pick(rng, WALLS);
      const floor = 3 + 5 * near;
      const box = { left: Math.min(inner, outer), right: Math.max(inner, outer), top, bottom: horizon + raster.height * 0.5 * near }; // prettier-ignore
      paint(raster, box, code("Building"), (x, y) => {
        const window = (x - box.left) % floor > floor * 0.45 && (y - top) % (floor * 1.3) > floor * 0.6;
        return lit(window ? [72, 84, 100] : wall, light * (side > 0 ? 0.85 : 1.02));
      });
    }
};

const ground: Layer = (raster, street, rng) => {
  const grain = createRng(rng.bits());
  const { horizon, centre, light, asphalt } = street;
  const below = { left: 0, right: raster.width, top: horizon, bottom: raster.height };
  const speck = () => light + 0.04 * grain.normal();
  paint(raster, below, code("Sidewalk"), (x, y) => {
    const [left, right] = roadAt(street, raster, y);
    const width = 0.6 * (right - left);
    return x >= left - width && x <= right + width ? lit([156, 150, 146], speck()) : null;
  });
  paint(raster, below, code("Road"), (x, y) => {
    const [left, right] = roadAt(street, raster, y);
    if (x < left || x > right) return null;
    const depth = (y - horizon) / (raster.height - horizon);
    const dash = Math.abs(x - centre - 2 * depth) < 0.4 + 1.2 * depth && Math.sin(40 / (depth + 0.12)) > 0;
    return lit(dash ? [214, 212, 200] : [asphalt, asphalt, asphalt + 4], speck());
  });
};

const trees: Layer = (raster, street, rng) => {
  const grain = createRng(rng.bits());
  const count = rng.below(4);
  for (let i = 0; i < count; i += 1) {
    const depth = within(rng, 0.12, 0.6);
    const y = street.horizon + depth * (raster.height - street.horizon);
    const [left, right] = roadAt(street, raster, y);
    const reach = 0.35 * (right - left);
    const x = rng.uniform() < 0.5 ? left - reach : right + reach;
    const [rx, ry] = [raster.width * (0.04 + 0.1 * depth), raster.height * (0.07 + 0.16 * depth)];
    const crown = y - 1.9 * ry;
    const trunk = Math.max(1, 0.14 * rx);
    const box = { left: x - trunk, right: x + trunk, top: crown, bottom: y };
    paint(raster, box, code("Tree"), () => lit([84, 62, 44], street.light));
    const leaf: Colour = [within(rng, 44, 84), within(rng, 88, 122), within(rng, 36, 60)];
    paint(raster, { left: x - rx, right: x + rx, top: crown - ry, bottom: crown + ry }, code("Tree"), (px, py) =>
      inEllipse(px, py, x, crown, rx, ry) ? lit(leaf, street.light * (1 + 0.16 * grain.normal())) : null,
    );
  }
};

const poles: Layer = (raster, street, rng) => {
  for (const side of [-1, 1]) {
    if (rng.uniform() < 0.3) continue;
    const depth = within(rng, 0.15, 0.7);
    const y = street.horizon + depth * (raster.height - street.horizon);
    const [left, right] = roadAt(street, raster, y);
    const x = side < 0 ? left - 2 - 4 * depth : right + 2 + 4 * depth;
    const thick = 0.8 + 1.4 * depth;
    const top = y - raster.height * (0.22 + 0.42 * depth);
    const grey = lit([96, 98, 102], street.light);
    paint(raster, { left: x - thick, right: x + thick, top, bottom: y }, code("Pole"), () => grey);
    paint(
      raster,
      { left: x - 4 * thick, right: x + 4 * thick, top, bottom: top + 2 * thick },
      code("Pole"),
      () => grey,
    );
  }
};

const cars: Layer = (raster, street, rng) => {
  const depths = Array.from({ length: 1 + rng.below(3) }, () => within(rng, 0.08, 0.62)).sort((a, b) => a - b);
  for (const depth of depths) {
    const y = street.horizon + depth * (raster.height - street.horizon);
    const [left, right] = roadAt(street, raster, y);
    const wide = 0.3 * (right - left);
    const high = 0.72 * wide;
    const x = left + within(rng, 0.2, 0.8) * (right - left);
    const body = pick(rng, PAINTS);
    const box = { left: x - wide / 2, right: x + wide / 2, top: y - high, bottom: y };
    paint(raster, box, code("Car"), (px, py) => {
      const [u, v] = [(px - x) / (wide / 2), (y - py) / high];
      if (v > 0.55 && Math.abs(u) > 0.78 - 0.5 * (v - 0.55)) return null;
      if (v < 0.2) return Math.abs(u) > 0.55 ? [26, 26, 28] : [40, 40, 44];
      if (v > 0.55 && v < 0.92 && Math.abs(u) < 0.62) return lit([92, 108, 124], street.light);
      if (v < 0.42 && v > 0.26 && Math.abs(u) > 0.66) return [220, 60, 50];
      return lit(body, street.light * (0.85 + 0.3 * v));
    });
  }
};

const pedestrians: Layer = (raster, street, rng) => {
  const count = rng.below(4);
  for (let i = 0; i < count; i += 1) {
    const depth = within(rng, 0.15, 0.75);
    const y = street.horizon + depth * (raster.height - street.horizon);
    const [left, right] = roadAt(street, raster, y);
    const reach = within(rng, 0.08, 0.4) * (right - left);
    const x = rng.uniform() < 0.5 ? left - reach : right + reach;
    const high = raster.height * (0.07 + 0.25 * depth);
    const wide = high * 0.15;
    const coat = pick(rng, CLOTHES);
    const box = { left: x - 2 * wide, right: x + 2 * wide, top: y - high, bottom: y };
    paint(raster, box, code("Pedestrian"), (px, py) => {
      const v = (y - py) / high;
      if (inEllipse(px, py, x, y - 0.91 * high, wide * 0.8, high * 0.1)) return lit([196, 152, 126], street.light);
      if (v > 0.42 && v < 0.84 && Math.abs(px - x) < wide * 1.3) return lit(coat, street.light);
      if (v <= 0.42 && Math.abs(Math.abs(px - x) - wide * 0.6) < wide * 0.45) return lit([38, 40, 52], street.light);
      return null;
    });
  }
};

/** The bonnet of the car that films: nobody labels it. */
const bonnet: Layer = (raster, { light, centre }) => {
  const high = raster.height * 0.07;
  const box = { left: 0, right: raster.width, top: raster.height - high, bottom: raster.height };
  paint(raster, box, code("Void"), (x, y) =>
    inEllipse(x, y, centre, raster.height + high, raster.width * 0.62, high * 2) ? lit([52, 54, 60], light) : null,
  );
};

/** What lies behind comes first. */
const LAYERS: readonly Layer[] = [sky, buildings, ground, trees, poles, cars, pedestrians, bonnet];

/** Frame `frame` of street number `street`; the same two numbers always give the same pixels. */
export function paintStreet(size: StreetSize, seed: number, street: number, frame: number): Raster {
  const raster = createRaster(size.width, size.height);
  const place = streetOf(createRng(seed, "street", street), size);
  LAYERS.forEach((layer, i) => layer(raster, place, createRng(seed, "frame", street, frame, i)));
  return raster;
}
