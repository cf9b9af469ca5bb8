// The table of predictions opens in a spreadsheet and says what the screen says.
import { describe, expect, it } from "vitest";
import { packMask } from "../spec/packedMask";
import type { ClassInterpretation, MaskInterpretation, ValueInterpretation } from "../spec/run";
import { csvCell, predictionsCsv } from "./predictionsCsv";
import { sameThreshold } from "./scoring/threshold";

const base: ClassInterpretation = {
  runId: "a",
  task: "multiLabel",
  vocab: ["clear", "road"],
  items: Int32Array.from([7, 9]),
  paths: ["a,b.jpg", "c.jpg"],
  targets: Int32Array.from([1, 1, 0, 1]),
  probabilities: Float32Array.from([0.9, 0.25, 0.1, 0.5]),
  losses: Float32Array.from([0.5, 1]),
};

describe("predictions as CSV", () => {
  it("several labels: those above the thresholds, one probability a class", () => {
    expect(predictionsCsv(base, Float32Array.from([0.2, 0.3])).split("\r\n")).toEqual([
      "item,target,prediction,loss,p(clear),p(road)",
      '"a,b.jpg",clear road,clear,0.5,0.900000,0.250000',
      "c.jpg,road,road,1,0.100000,0.500000",
      "",
    ]);
  });

  it("one label: the most probable class", () => {
    const single: ClassInterpretation = { ...base, task: "singleLabel", targets: Int32Array.from([0, 1]) };
    expect(predictionsCsv(single, sameThreshold(0.2, 2))).toContain("c.jpg,road,road,1,");
  });

  it("points: in the pixels of each file, wherever the model's picture lies in it", () => {
    const points: ValueInterpretation = {
      ...{ runId: "a", task: "points", vocab: ["nose"], items: Int32Array.of(7), paths: ["a.jpg"] },
      ...{ losses: Float32Array.of(0.5), targets: Float32Array.of(-1, 0), values: Float32Array.of(0.5, 1) },
      frames: Float32Array.of(10, 80, 480, 400, 0),
    };
    expect(predictionsCsv(points, new Float32Array())).toBe(
      "item,target nose y,target nose x,nose y,nose x,loss\r\na.jpg,10,280,370,480,0.5\r\n",
    );
  });

  it("masks: how well each class lies on each picture, without the one that does not count", () => {
    const { runId, items, paths, losses } = base;
    const own: MaskInterpretation = {
      ...{ runId, items, paths, losses },
      task: "segmentation",
      vocab: ["sky", "road", "void"],
      size: [1, 4],
      targets: [[0, 0, 1, 2], [1, 1, 1, 1]].map(packMask),
      predicted: [[0, 1, 1, 1], [1, 1, 1, 1]].map(packMask),
      confusion: new Float64Array(9),
    }; // prettier-ignore
    expect(predictionsCsv(own, new Float32Array(), 2).split("\r\n")).toEqual([
      "item,loss,pixels right,mean IoU,IoU(sky),IoU(road),IoU(void)",
      '"a,b.jpg",0.5,0.666667,0.500000,0.500000,0.500000,',
      "c.jpg,1,1.00000,1.00000,,1.00000,",
      "",
    ]);
  });

  it("never hands a formula to a spreadsheet, and leaves numbers alone", () => {
    expect(["=1+1", "-1.5e-3", '@a"b', "plain"].map(csvCell)).toEqual(["'=1+1", "-1.5e-3", '"\'@a""b"', "plain"]);
  });
});
