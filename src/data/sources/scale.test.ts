// A hundred thousand files in one archive: how long the index takes, and how much memory it holds.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { stopwatch } from "../../testing/stopwatch";
import { storedZip } from "../../testing/storedZip";
import { tinyTar } from "../../testing/tinyTar";
import { openZip } from "../../formats/zip/zip";
import { openSource } from "./openSource";

setFlagsFromString("--expose-gc");
const gc = runInNewContext("gc") as () => void;
const COUNT = 100_000;

/** Bytes that are held once nothing is left to be collected. */
async function settledMemory(): Promise<number> {
  for (let k = 0; k < 4; k += 1) {
    gc();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** Seconds that something took, or its time on the processor where other work on the machine held it up. */
async function timed<T>(act: () => Promise<T>): Promise<{ seconds: number; value: T }> {
  const took = stopwatch();
  const value = await act();
  return { seconds: took() / 1000, value };
}

/** Seconds of the quickest attempt, and what the last one holds. */
async function measured<T>(
  act: () => Promise<T>,
  attempts = 1,
): Promise<{ seconds: number; megabytes: number; value: T }> {
  let best = Number.POSITIVE_INFINITY;
  for (let k = 1; k < attempts; k += 1) best = Math.min(best, (await timed(act)).seconds);
  const before = await settledMemory();
  const { seconds, value } = await timed(act);
  const megabytes = ((await settledMemory()) - before) / 2 ** 20;
  return { seconds: Math.min(best, seconds), megabytes, value };
}

describe("100,000 files", () => {
  it("of a zip are listed in less than a second and 30 MB", async () => {
    const archive = storedZip(COUNT);
    const { seconds, megabytes, value } = await measured(() => openZip(archive), 3);
    console.log(`zip, list of entries: ${seconds.toFixed(2)} s, ${megabytes.toFixed(1)} MB`);
    expect(value.ok && value.value.names.length).toBe(COUNT);
    expect(seconds).toBeLessThan(1);
    expect(megabytes).toBeLessThan(30);
  });

  it("of a zip become a source, sorted and known by path, in less than two seconds", async () => {
    const file = new File([storedZip(COUNT)], "many.zip");
    const { seconds, megabytes, value } = await measured(() => openSource([{ kind: "archive", file }]));
    console.log(`zip, whole index: ${seconds.toFixed(2)} s, ${megabytes.toFixed(1)} MB`);
    expect(value.ok && value.value.images.length).toBe(COUNT);
    expect(seconds).toBeLessThan(2);
    expect(megabytes).toBeLessThan(90);
  });

  it("of a tar become a source in less than four seconds", async () => {
    const one = Uint8Array.of(1);
    const tar = tinyTar(Array.from({ length: COUNT }, (_, i) => [`${i % 100}/${i}.jpg`, one] as const));
    const file = new File([tar], "many.tar");
    const { seconds, megabytes, value } = await measured(() => openSource([{ kind: "archive", file }]));
    console.log(`tar, whole index: ${seconds.toFixed(2)} s, ${megabytes.toFixed(1)} MB`);
    expect(value.ok && value.value.images.length).toBe(COUNT);
    expect(seconds).toBeLessThan(4);
    const picked = value.ok ? await value.value.read(COUNT - 1) : null;
    expect(picked?.ok && picked.value.size).toBe(1);
  });
});
