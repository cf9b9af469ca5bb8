// Pictures that a person looks at before training are decoded once, and what was found then is said like the rest.
import { expect, it } from "vitest";
import { encodePng } from "../formats/png/encodePng";
import { memoryStore } from "../storage/memoryStore";
import { fakeDecoder } from "../testing/fakeDecoder";
import { memoryIndex } from "../testing/nodeSource";
import { createCacheStore } from "./cacheStore";
import { createDataset } from "./dataset";
import { decodeAll } from "./decodeAll";
import { createPixelCache } from "./pixelCache";

it("what was found while looking at a picture is told with the rest, and its pixels are kept", async () => {
  // Two pixels a side: that a picture is tiny is worth saying.
  const tiny = await encodePng({ width: 2, height: 2, channels: 1, data: Uint8Array.of(0, 80, 160, 255) });
  const index = await memoryIndex({ "p/a.png": tiny, "p/b.png": tiny, "p/c.png": tiny });
  const file = await createCacheStore(memoryStore()).open("x", 3, 192);
  const cache = createPixelCache({ records: 3, recordBytes: 192, budget: 2 ** 20, file });
  const decoder = fakeDecoder();
  const dataset = createDataset({
    ...{ index, files: Int32Array.of(0, 1, 2), path: (item) => index.paths[item] ?? "", series: null, decoder, cache },
    ...{ shape: [8, 8, 3], transforms: [{ kind: "resize", size: 8, method: "squish" }], range: undefined },
    ...{ targetBytes: 0, target: () => Promise.resolve(undefined) },
  });
  const seen = await dataset.decode(1);
  if (!seen.ok) throw new Error(seen.reason);
  dataset.look(1, seen);
  expect([cache.has(1), file?.has(1)]).toEqual([true, false]);
  const outcome = await decodeAll(dataset, [0, 1, 2], { parallel: 1, earlier: null, onProgress: undefined, signal: undefined }); // prettier-ignore
  expect(outcome.notes.map(([code, paths]) => [code, [...paths].sort()])).toEqual([["IMG_TINY", ["a.png", "b.png", "c.png"]]]); // prettier-ignore
  expect(decoder.decoded.toSorted()).toEqual(["a.png", "b.png", "c.png"]);
  expect([0, 1, 2].map((item) => file?.has(item))).toEqual([true, true, true]);
});
