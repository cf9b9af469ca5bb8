// Augmentations: ranges, shares, composition in fastai's order, independence of batches, and points that follow pictures.
import { describe, expect, it } from "vitest";
import { planMaps, multiplyMatrices } from "../../kernels/augmentPlan";
import { referenceImages, referenceMasks } from "../../kernels/augmentReference";
import type { Choice } from "../../spec/recipe";
import { getTransforms, TRANSFORM_PRESETS } from "../../spec/getTransforms";
import { AUGMENTS, chainAugments, type AugmentChain, type Source } from ".";
import { adjugate, IDENTITY, mapPoint, multiply, perspective } from "./affine";
import { movePoints, pictureMap, plainDraw, sharedSizes, type Draw } from "./draw";

const SQUARE: Source = [64, 64, 3];

const chainOf = (choices: readonly Choice[], seed = 42): AugmentChain => {
  const chain = chainAugments(choices, seed);
  if (!chain.ok) throw new Error(chain.error.items.join());
  return chain.value;
};
const draws = (choices: readonly Choice[], count = 2000, source = SQUARE): Draw[] => {
  const chain = chainOf(choices);
  return Array.from({ length: count }, (_, item) => chain.draw(0, item, source));
};
const degrees = ({ affine }: Draw): number => (Math.atan2(affine[3], affine[0]) * 180) / Math.PI;
const share = (all: readonly Draw[], test: (draw: Draw) => boolean): number => all.filter(test).length / all.length;
const turnedOf = ({ affine }: Draw): boolean => affine.some((value, i) => value !== IDENTITY[i]);

/** A picture of one channel seen through a draw, by the kernel's own definition. */
function see(draw: Draw, data: ArrayLike<number>, source: Source): Float32Array {
  const { shared, numbers } = planMaps([1, ...source], { ...sharedSizes(draw), maps: [pictureMap(draw)] });
  const ones = Array.from({ length: source[2] }, () => 1);
  return referenceImages({ data, numbers, shared }, { mean: ones.map(() => 0), std: ones, unit: 1 });
}

describe("single augmentations", () => {
  it("rotate turns three quarters of the pictures by up to its angle, evenly both ways", () => {
    const all = draws([{ kind: "rotate", max: 10 }]);
    const angles = all.filter(turnedOf).map(degrees);
    // 2,000 draws: three standard deviations of a share of 0.75 are 0.029.
    expect(Math.abs(share(all, turnedOf) - 0.75)).toBeLessThan(0.03);
    expect(Math.max(...angles)).toBeLessThanOrEqual(10);
    expect(Math.min(...angles)).toBeGreaterThanOrEqual(-10);
    expect(Math.max(...angles) - Math.min(...angles)).toBeGreaterThan(19);
  });

  it("flip mirrors half of the pictures left to right, pixel by pixel", () => {
    const all = draws([{ kind: "flip" }]);
    expect(Math.abs(share(all, ({ place }) => place[0] === -1) - 0.5)).toBeLessThan(0.034);
    const flipped = all.find(({ place }) => place[0] === -1) as Draw;
    const row = Float32Array.from({ length: 64 * 64 * 3 }, (_, i) => (Math.floor(i / 3) % 64) / 64);
    const seen = see(flipped, row, SQUARE);
    expect([seen[0], seen[63 * 3]]).toEqual([63 / 64, 0]);
  });

  it("dihedral lays a square in all eight ways, and mirrors what is not square", () => {
    const ways = (source: Source) => new Set(draws([{ kind: "dihedral" }], 200, source).map(({ place }) => place.map((v) => v + 0).join())); // prettier-ignore
    expect(ways(SQUARE).size).toBe(8);
    expect(ways([32, 64, 3]).size).toBe(4);
    expect(chainOf([{ kind: "dihedral" }]).size([32, 64, 3])).toEqual([32, 64]);
  });

  it("zoom never shows anything beyond the picture", () => {
    for (const { affine } of draws([{ kind: "zoom", max: 1.3, p: 1 }])) {
      expect(affine[0]).toBeGreaterThanOrEqual(1 / 1.3);
      expect(Math.abs(affine[2]) + affine[0]).toBeLessThanOrEqual(1 + 1e-12);
      expect(Math.abs(affine[5]) + affine[4]).toBeLessThanOrEqual(1 + 1e-12);
    }
  });

  it("brightness 0.2 moves middle grey to between 0.4 and 0.6", () => {
    const greys = draws([{ kind: "brightness", max: 0.2, p: 1 }]).map(({ shift }) => 1 / (1 + Math.exp(-shift)));
    expect(Math.min(...greys)).toBeGreaterThanOrEqual(0.4);
    expect(Math.max(...greys)).toBeLessThanOrEqual(0.6);
    expect(Math.max(...greys) - Math.min(...greys)).toBeGreaterThan(0.19);
  });

  it("contrast 0.2 scales by 0.8 to 1.25, evenly in the logarithm", () => {
    const scales = draws([{ kind: "contrast", max: 0.2, p: 1 }]).map(({ scale }) => scale);
    expect(Math.min(...scales)).toBeGreaterThanOrEqual(0.8 - 1e-12);
    expect(Math.max(...scales)).toBeLessThanOrEqual(1.25 + 1e-12);
    const mean = scales.reduce((sum, scale) => sum + Math.log(scale), 0) / scales.length;
    expect(Math.abs(mean)).toBeLessThan(0.01);
  });

  it("light acts in logit space: 0.2 with change 0.6 gives 0.272727, with contrast 1.25 gives 0.150221", () => {
    const apply = (kind: string, values: Record<string, number>): number => {
      const draw = AUGMENTS.get(kind)?.steps[0]?.apply(values)(plainDraw([1, 1, 1])) as Draw;
      return see(draw, [0.2], [1, 1, 1])[0] as number;
    };
    expect(apply("brightness", { change: 0.6 })).toBeCloseTo(0.272727, 6);
    expect(apply("contrast", { scale: 1.25 })).toBeCloseTo(0.150221, 6);
  });

  it("symmetric warp has fastai's coefficients", () => {
    const m = perspective([0, 0, 0, 0, 0, -0.2, 0, 0.2]);
    // fastai's find_coeffs for magnitudes (0.2, 0, 0, 0).
    const expected = [1, 0, 0.090909, 0, 0.909091, 0, 0.090909, 0, 1];
    m.forEach((value, i) => expect(value).toBeCloseTo(expected[i] as number, 5));
    const [x, y] = mapPoint(m, 1, 1);
    expect([x, y]).toEqual([expect.closeTo(1, 5), expect.closeTo(0.833333, 5)]);
  });

  it("cutout blacks out at most a square of its side, clipped at the edges", () => {
    for (const { holes } of draws([{ kind: "cutout", length: 20, holes: 3, p: 1 }], 300)) {
      expect(holes.length).toBeGreaterThanOrEqual(1);
      expect(holes.length).toBeLessThanOrEqual(3);
      for (const [top, bottom, left, right] of holes) {
        expect(Math.min(top, left)).toBeGreaterThanOrEqual(0);
        expect(Math.max(bottom, right)).toBeLessThanOrEqual(64);
        expect(Math.max(bottom - top, right - left)).toBeLessThanOrEqual(20);
      }
    }
  });

  it("random channel spares the last one and leaves pictures of one channel one", () => {
    const channels = (count: number) => new Set(draws([{ kind: "rgbRandomize", p: 1 }], 200, [8, 8, count]).map(({ noise }) => noise?.channel)); // prettier-ignore
    expect(channels(4)).toEqual(new Set([0, 1, 2]));
    expect(channels(1)).toEqual(new Set([0]));
  });
});

describe("sizes", () => {
  it("random crop trains anywhere and validates in the middle", () => {
    const chain = chainOf([{ kind: "randCrop", height: 32, width: 48 }]);
    const source: Source = [64, 96, 3];
    expect(chain.size(source)).toEqual([32, 48]);
    expect(chain.evaluate(source).place).toEqual([1, 0, 24, 0, 1, 16]);
    const rows = new Set(
      draws([{ kind: "randCrop", height: 32, width: 48 }], 1500, source).map(({ place }) => place[5]),
    );
    // All 33 places, the last one included.
    expect(rows).toEqual(new Set(Array.from({ length: 33 }, (_, i) => i)));
  });

  it("pad and random crop keeps the size of small pictures and shifts them by up to the rim", () => {
    const choices = [{ kind: "randPad", pixels: 4, height: 32, width: 32 }];
    const chain = chainOf(choices);
    expect(chain.size([32, 32, 3])).toEqual([32, 32]);
    const data = Float32Array.from({ length: 32 * 32 }, (_, i) => i / 1024);
    expect([...see(chain.evaluate([32, 32, 1]), data, [32, 32, 1])]).toEqual([...data]);
    const shifts = draws(choices, 500, [32, 32, 1]).map(({ place }) => place[2]);
    expect([Math.min(...shifts), Math.max(...shifts)]).toEqual([0, 8]);
  });

  it("last size prepares as fastai's resize methods do", () => {
    const size = { height: 24, width: 24 };
    const source: Source = [32, 40, 3];
    const of = (method: string) => chainOf([{ kind: "finalSize", ...size, method, padding: "zeros" }]).evaluate(source);
    expect(of("squish")).toMatchObject({ frame: [24, 24], size: [24, 24], beyond: null });
    expect(of("crop")).toMatchObject({ frame: [24, 30], size: [24, 24], place: [1, 0, 3, 0, 1, 0] });
    expect(of("pad")).toMatchObject({ frame: [19, 24], size: [24, 24], beyond: { size: [19, 24], offset: [-2, 0] } });
  });

  it("random resized crop stays within the picture and falls back to its middle", () => {
    const choices = [{ kind: "randResizeCrop", height: 32, width: 32, maxScale: 4 }];
    for (const draw of draws(choices, 300, [60, 90, 3]))
      for (const [x, y] of [
        [-1, -1],
        [1, -1],
        [-1, 1],
        [1, 1],
      ] as const) {
        const [sx, sy] = mapPoint(draw.before, x, y);
        expect(Math.max(Math.abs(sx), Math.abs(sy))).toBeLessThanOrEqual(1 + 1e-9);
      }
    const middle = chainOf(choices).evaluate([60, 90, 3]);
    expect(middle.size).toEqual([32, 32]);
    expect(middle.before[0]).toBeCloseTo(60 / 90, 12);
  });

  it("averages down first where fewer than half of the pixels are sampled, unless a zoom makes up for it", () => {
    const shrink = (zoom: number) =>
      pictureMap(chainOf([{ kind: "finalSize", height: 16, width: 16 }, { kind: "zoom", max: zoom, p: 1 }]).draw(0, 3, [64, 64, 3])).reduced; // prettier-ignore
    expect(shrink(1)).toEqual([32, 32]);
    const near = Array.from({ length: 60 }, (_, i) => pictureMap(chainOf([{ kind: "finalSize", height: 16, width: 16 }, { kind: "zoom", max: 3, p: 1 }]).draw(0, i, [64, 64, 3])).reduced); // prettier-ignore
    expect(new Set(near.map((size) => size?.join() ?? "full"))).toEqual(new Set(["32,32", "full"]));
    expect(pictureMap(plainDraw([64, 64, 3])).reduced).toBeNull();
  });
});

describe("composition", () => {
  const all: readonly Choice[] = [...getTransforms(), { kind: "jitter", p: 1 }, { kind: "cutout", p: 1 }];

  it("multiplies in the list's order within an order, and flips last", () => {
    const one = (choices: readonly Choice[]) => draws(choices, 1)[0] as Draw;
    const [rotate, zoom, flip] = [
      { kind: "rotate", p: 1 },
      { kind: "zoom", p: 1 },
      { kind: "flip", p: 1 },
    ];
    expect(one([flip, rotate, zoom]).affine).toEqual(multiply(one([rotate]).affine, one([zoom]).affine));
    expect(one([flip, zoom, rotate]).affine).toEqual(multiply(one([zoom]).affine, one([rotate]).affine));
    expect(one([flip, rotate])).toEqual(one([rotate, flip]));
  });

  it("gives an item of an epoch the same draw each time, and another one in another epoch", () => {
    const [chain, other] = [chainOf(all), chainOf(all, 43)];
    expect(chain.draw(3, 17, SQUARE)).toEqual(chain.draw(3, 17, SQUARE));
    const others = [chain.draw(4, 17, SQUARE), chain.draw(3, 18, SQUARE), other.draw(3, 17, SQUARE)];
    for (const draw of others) expect(draw).not.toEqual(chain.draw(3, 17, SQUARE));
  });

  it("never lets one augmentation shift another's draws", () => {
    for (const { id } of AUGMENTS.all) {
      if (id === "rotate") continue;
      const alone = draws([{ kind: "rotate", p: 1 }], 1)[0] as Draw;
      const chain = chainOf([{ kind: id }, { kind: "rotate", p: 1 }]).draw(0, 0, SQUARE);
      const before = chainOf([{ kind: id }]).draw(0, 0, SQUARE);
      expect(chain.affine, id).toEqual(multiply(before.affine, alone.affine));
    }
  });

  it("lights first and then changes contrast, as fastai's two steps in logit space do", () => {
    const light = { kind: "brightness", p: 1 };
    const both = draws([light, { kind: "contrast", p: 1 }], 1)[0] as Draw;
    const alone = draws([light], 1)[0] as Draw;
    expect(both.shift).toBeCloseTo(alone.shift * both.scale, 12);
  });

  it("has a draw for every augmentation at its defaults, of the size it promises, for any number of channels", () => {
    for (const { id } of AUGMENTS.all)
      for (const source of [
        [64, 80, 1],
        [80, 64, 4],
        [70, 70, 3],
      ] as const) {
        const chain = chainOf([{ kind: id }]);
        const draw = chain.draw(1, 2, source);
        expect(draw.size, id).toEqual(chain.size(source));
        const seen = see(
          draw,
          Float32Array.from({ length: source[0] * source[1] * source[2] }, () => 0.5),
          source,
        );
        expect(seen.every(Number.isFinite), id).toBe(true);
      }
  });
});

describe("test-time augmentation", () => {
  const look = (choices: readonly Choice[], index: number, item = 0, source = SQUARE): Draw =>
    chainOf(choices).testTime({ index, scale: 1.35 }, item, source);

  it("zooms by 1.35 into each corner, mirrored and not, as fastai numbers the eight views", () => {
    for (let index = 0; index < 8; index += 1) {
      const { affine, place } = look([], index);
      const rest = 1 - 1 / 1.35;
      const [column, row] = [index & 2 ? rest : -rest, index & 1 ? rest : -rest];
      [1 / 1.35, 0, column, 0, 1 / 1.35, row].forEach((value, i) => expect(affine[i]).toBeCloseTo(value, 12));
      expect(place[0]).toBe(index & 4 ? -1 : 1);
    }
  });

  it("keeps other augmentations, leaves flips and zooms out, and is the same each time", () => {
    const choices = [...getTransforms({ pAffine: 1, pLighting: 1 }), { kind: "dihedral" }];
    const draw = look(choices, 0, 5);
    expect(draw.place).toEqual(IDENTITY);
    expect(draw.scale).not.toBe(1);
    // The turn, and fastai's zoom after it.
    expect(Math.hypot(draw.affine[0], draw.affine[3])).toBeCloseTo(1 / 1.35, 12);
    expect(look(choices, 0, 5)).toEqual(draw);
    expect(look(choices, 0, 6).scale).not.toBe(draw.scale);
  });

  it("cuts into the view's corner where pictures are cut", () => {
    const cut = [{ kind: "randCrop", height: 32, width: 32 }];
    expect(look(cut, 0).place).toEqual([1, 0, 0, 0, 1, 0]);
    expect(look(cut, 3).place).toEqual([1, 0, 32, 0, 1, 32]);
  });
});

describe("points and masks follow the picture", () => {
  const turning: readonly Choice[] = [
    ...getTransforms({ maxWarp: 0.3, maxRotate: 25, pAffine: 1 }),
    { kind: "squish", p: 1 },
    { kind: "tilt", p: 1 },
    { kind: "skew", p: 1 },
  ];
  const cases: readonly (readonly [string, readonly Choice[], Source])[] = [
    ["get_transforms, squish, tilt, skew", turning, [61, 81, 1]],
    ["dihedral on a square", [{ kind: "dihedral" }, { kind: "rotate", p: 1 }], [71, 71, 1]],
    ["pad and random crop", [{ kind: "randPad", pixels: 9, height: 60, width: 70 }, { kind: "flip" }], [61, 81, 1]],
    [
      "last size, cropped",
      [
        { kind: "finalSize", height: 50, width: 50 },
        { kind: "rotate", p: 1 },
      ],
      [61, 81, 1],
    ],
    ["random resized crop", [{ kind: "randResizeCrop", height: 48, width: 56 }], [61, 81, 1]],
  ];

  it.each(cases)("%s", (_, choices, source) => {
    const [h, w] = source;
    const chain = chainOf(choices);
    let inside = 0;
    for (let item = 0; item < 12; item += 1) {
      const draw = chain.draw(0, item, source);
      const [row, column] = [0.35 * h, 0.6 * w];
      // A soft spot, whose centre of weight is found again in the result.
      const spot = Float32Array.from({ length: h * w }, (__, i) => {
        const [dy, dx] = [Math.floor(i / w) + 0.5 - row, (i % w) + 0.5 - column];
        return Math.exp(-(dx * dx + dy * dy) / 18);
      });
      const { shared, numbers } = planMaps([1, h, w, 1], { ...sharedSizes(draw), padding: "zeros", maps: [pictureMap({ ...draw, scale: 1, shift: 0 })] }); // prettier-ignore
      const seen = referenceImages({ data: spot, numbers, shared }, { mean: [0], std: [1], unit: 1 });
      const mask = referenceMasks({ data: Uint8Array.from(spot, (v) => (v > 0.5 ? 7 : 0)), numbers, shared }, -1);
      const point = Float32Array.of((2 * row) / h - 1, (2 * column) / w - 1);
      movePoints(draw, point);
      const [tall, wide] = draw.size;
      const [py, px] = [(((point[0] as number) + 1) / 2) * tall, (((point[1] as number) + 1) / 2) * wide];
      if (px < 12 || py < 12 || px > wide - 12 || py > tall - 12) continue;
      inside += 1;
      const centre = (weights: ArrayLike<number>, of: (i: number) => number): number => {
        let [sum, moment] = [0, 0];
        for (let i = 0; i < weights.length; i += 1) {
          sum += weights[i] as number;
          moment += (weights[i] as number) * of(i);
        }
        return moment / sum;
      };
      const ids = Array.from(mask, (value) => (value === 7 ? 1 : 0));
      for (const weights of [seen, ids]) {
        // fastai measures points in half pictures and pixels from their centres: up to 1/2 pixel between the two.
        expect(Math.abs(centre(weights, (i) => (i % wide) + 0.5) - px)).toBeLessThan(1);
        expect(Math.abs(centre(weights, (i) => Math.floor(i / wide) + 0.5) - py)).toBeLessThan(1);
      }
    }
    expect(inside).toBeGreaterThan(3);
  });

  it("keeps points that leave the picture", () => {
    const draw = AUGMENTS.get("zoom")?.steps[0]?.apply({ scale: 2, rowPct: 0, colPct: 0 })(plainDraw(SQUARE)) as Draw;
    const points = Float32Array.of(0.5, 0.5);
    movePoints(draw, points);
    expect([...points]).toEqual([2, 2]);
  });
});

it("inverts matrices up to a factor", () => {
  const m = perspective([0.1, -0.05, 0.2, 0, 0.05, 0.1, -0.1, 0.15]);
  const product = multiplyMatrices(m, adjugate(m));
  const unit = product.map((value) => value / product[0]);
  [1, 0, 0, 0, 1, 0, 0, 0, 1].forEach((value, i) => expect(unit[i]).toBeCloseTo(value, 12));
});

it("offers presets whose every entry can be read", () => {
  for (const { augment } of TRANSFORM_PRESETS) expect(chainAugments(augment, 1).ok).toBe(true);
});
