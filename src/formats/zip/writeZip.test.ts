// Zips that we write, read again by our own reader.
import { describe, expect, it } from "vitest";
import { openZip } from "./zip";
import { writeZip, type ZipEntry } from "./writeZip";

async function readAgain(entries: readonly ZipEntry[]): Promise<ZipEntry[]> {
  const archive = await openZip(writeZip(entries));
  if (!archive.ok) throw new Error(archive.error.title);
  const { names, read } = archive.value;
  return Promise.all(
    [...names.entries()].map(async ([i, path]) => {
      const blob = await read(i);
      if (!blob.ok) throw new Error(blob.error.title);
      return { path, bytes: new Uint8Array(await blob.value.arrayBuffer()) };
    }),
  );
}

describe("writeZip", () => {
  it("keeps names and bytes, in their order", async () => {
    const entries = [
      { path: "labels/Straße 1.png", bytes: Uint8Array.of(1, 2, 3) },
      { path: "labels/空.png", bytes: new Uint8Array(70_000).fill(7) },
      { path: "codes.txt", bytes: new TextEncoder().encode("Sky\nRoad\n") },
      { path: "empty.png", bytes: new Uint8Array() },
    ];
    expect(await readAgain(entries)).toEqual(entries);
  });

  it("gives the same bytes for the same files", async () => {
    const make = () => writeZip([{ path: "a.png", bytes: Uint8Array.of(9) }]).arrayBuffer();
    expect(await make()).toEqual(await make());
  });

  it("holds more files than the old record can count", async () => {
    const entries = Array.from({ length: 66_000 }, (_, i) => ({ path: `${i}.png`, bytes: Uint8Array.of(i & 255) }));
    const archive = await openZip(writeZip(entries));
    if (!archive.ok) throw new Error(archive.error.title);
    expect([archive.value.names.length, archive.value.names.at(-1)]).toEqual([66_000, "65999.png"]);
  });
});
