// Series drawn by the recipe: which field is in which channel, and through which colours.
import { expect, it } from "vitest";
import { readChoice } from "../choice";
import { colourOf } from "../series/colourMap";
import { differenceField, summationField } from "../series/fields";
import { seriesPicture } from "./seriesPicture";

const series = Float32Array.from({ length: 50 }, (_, i) => Math.sin(i / 4) + i / 40);

function draw(fields: Record<string, number | string>) {
  const read = readChoice(seriesPicture, { kind: "seriesPicture", ...fields });
  if ("length" in read) throw new Error(read.join());
  return seriesPicture.draw?.(series, read);
}

const byte = (value: number): number => Math.round(((value + 1) / 2) * 255);

it("puts one field into each channel", () => {
  const pixels = draw({ size: 16, red: "gadf", green: "gasf", blue: "recurrence" });
  expect(pixels).toMatchObject({ width: 16, height: 16, channels: 3 });
  const channel = (c: number) => [...(pixels?.data ?? [])].filter((_, i) => i % 3 === c);
  expect(channel(0)).toEqual([...differenceField(series, 16)].map(byte));
  expect(channel(1)).toEqual([...summationField(series, 16)].map(byte));
  expect(channel(2).filter((_, i) => i % 17 === 0)).toEqual(Array.from({ length: 16 }, () => 0));
});

it("draws the first field through a colour map", () => {
  const pixels = draw({ size: 16, red: "gasf", colours: "viridis" });
  const [first = 0] = summationField(series, 16);
  expect([...(pixels?.data.subarray(0, 3) ?? [])]).toEqual([...colourOf((first + 1) / 2, "viridis")]);
});
