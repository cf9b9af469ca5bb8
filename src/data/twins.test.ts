// Copies are found whatever their size and light; different pictures are not taken for copies.
import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { decodePng } from "../formats/png/decodePng";
import { hasShared, readShared, sharedPath } from "../testing/shared";
import { createRng } from "../base/rng";
import type { Pixels } from "./decode/pixels";
import { apart, findTwins, hashDistance, pictureHash } from "./twins";
import { resample } from "./transforms/resample";

/** A picture of soft blobs. */
function scene(seed: number, size = 64): Pixels {
  const rng = createRng("scene", seed);
  const blobs = Array.from({ length: 12 }, () => [rng.uniform(), rng.uniform(), 0.05 + 0.2 * rng.uniform(), 255 * rng.uniform()] as const); // prettier-ignore
  const data = new Uint8Array(size * size * 3);
  for (let i = 0; i < size * size; i += 1) {
    const [x, y] = [(i % size) / size, Math.floor(i / size) / size];
    let [value, weight] = [60, 1];
    for (const [bx, by, radius, light] of blobs) {
      const share = 8 * Math.exp(-((x - bx) ** 2 + (y - by) ** 2) / radius ** 2);
      value += share * light;
      weight += share;
    }
    data.fill(Math.round(value / weight), 3 * i, 3 * i + 3);
  }
  return { width: size, height: size, channels: 3, data };
}

const hashOf = (pixels: Pixels): string => {
  const hash = pictureHash(pixels);
  if (hash === null) throw new Error("flat");
  return hash;
};

describe("twins", () => {
  it("look the same at another size, in other light, and with noise", () => {
    const rng = createRng("noise");
    for (let seed = 0; seed < 20; seed += 1) {
      const one = scene(seed);
      const darker = { ...one, data: one.data.map((value) => Math.round(value * 0.8)) };
      const noisy = { ...one, data: one.data.map((value) => Math.min(255, Math.max(0, value + rng.below(5) - 2))) };
      const smaller = resample(one, 48, 48);
      for (const other of [darker, noisy, smaller]) {
        expect(hashDistance(hashOf(one), hashOf(other))).toBeLessThanOrEqual(24);
        expect(apart(hashOf(one), hashOf(other))).toBeLessThan(0.01);
      }
    }
  });

  it("are not seen where there are none: 200 scenes", () => {
    const hashes = new Map(Array.from({ length: 200 }, (_, i) => [i, hashOf(scene(1000 + i))]));
    const items = [...hashes.keys()];
    expect(findTwins(hashes, items.slice(0, 150), items.slice(150))).toEqual([]);
  });

  it("are found between the sets, each with its like", () => {
    const copies = [3, 7, 11];
    const hashes = new Map<number, string>();
    for (let i = 0; i < 40; i += 1) hashes.set(i, hashOf(scene(i)));
    for (const [k, of] of copies.entries()) hashes.set(100 + k, hashOf(resample(scene(of), 50, 50)));
    const train = Array.from({ length: 40 }, (_, i) => i);
    expect(findTwins(hashes, train, [100, 101, 102])).toEqual([
      [100, 3],
      [101, 7],
      [102, 11],
    ]);
  });

  it("says nothing of flat pictures", () => {
    expect(pictureHash({ width: 8, height: 8, channels: 3, data: new Uint8Array(192).fill(9) })).toBeNull();
  });
});

describe.skipIf(!hasShared)("twins among real pictures", () => {
  const load = async (folder: string): Promise<Pixels[]> => {
    const names = readdirSync(sharedPath(`data/${folder}`)).filter((name) => name.endsWith(".png"));
    return Promise.all(
      names.map(async (name) => {
        const { samples, ...size } = decodePng(await readShared(`data/${folder}/${name}`));
        return { ...size, data: Uint8Array.from(samples) };
      }),
    );
  };
  const hashed = (pictures: readonly Pixels[], from = 0): [number, string][] =>
    pictures.flatMap((pixels, i) => {
      const hash = pictureHash(pixels);
      return hash === null ? [] : [[from + i, hash] as [number, string]];
    });
  const places = (pairs: readonly (readonly [number, string])[]): number[] => pairs.map(([place]) => place);

  it("takes none of 699 handwritten digits for one of 709 others, and finds copies of them", async () => {
    const [three, seven] = [await load("mnist_tiny/train/3"), await load("mnist_tiny/train/7")];
    const train = [...three, ...seven];
    const valid = [...(await load("mnist_tiny/valid/3")), ...(await load("mnist_tiny/valid/7"))];
    const [own, others] = [hashed(train), hashed(valid, 10_000)];
    expect(findTwins(new Map([...own, ...others]), places(own), places(others))).toEqual([]);
    const darker = hashed(train.map((pixels) => ({ ...pixels, data: pixels.data.map((value) => Math.round(0.8 * value)) })), 20_000); // prettier-ignore
    const found = findTwins(new Map([...own, ...darker]), places(own), places(darker));
    console.log(`digits: ${found.length} of ${darker.length} darker copies found`);
    expect(found.filter(([copy, item]) => copy - 20_000 === item).length).toBeGreaterThan(0.95 * darker.length);
  });

  it("finds street scenes squeezed by a quarter, and calls none of another scene its copy", async () => {
    const all = await load("camvid_tiny/images");
    const squeezed = hashed(all.map((pixels) => resample(pixels, 96, 72)), 1000); // prettier-ignore
    const own = hashed(all);
    const found = findTwins(new Map([...own, ...squeezed]), places(own), places(squeezed));
    console.log(`street scenes: ${found.length} of ${squeezed.length} squeezed copies found`);
    expect(found.length).toBeGreaterThan(0.9 * squeezed.length);
    expect(found.filter(([copy, item]) => copy - 1000 !== item)).toEqual([]);
  });
});
