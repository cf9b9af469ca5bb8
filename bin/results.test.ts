// The files of the headless runner: their columns, their quoting, and the numbers in full.
import { describe, expect, it } from "vitest";
import { RECIPES } from "../src/spec/recipes";
import type { EpochRow } from "../src/spec/run";
import { batchesCsv, historyCsv, predictionsCsv } from "./results.mjs";
import { clock, progressWriter, tableHead, tableRow } from "./table.mjs";

const row: EpochRow = {
  stage: 2,
  epoch: 0,
  step: 10,
  trainLoss: 0.1 + 0.2,
  validLoss: null,
  metrics: [0.5, null],
  seconds: 61.5,
};

describe("tables", () => {
  it("history counts epochs over the whole run and keeps every digit", () => {
    expect(historyCsv([row, { ...row, stage: 4 }], ["accuracyThresh", "fbeta"])).toBe(
      "epoch,train_loss,valid_loss,accuracyThresh,fbeta,seconds\n" +
        "0,0.30000000000000004,,0.5,,61.5\n1,0.30000000000000004,,0.5,,61.5\n",
    );
  });

  it("batches have one line a step", () => {
    const batch = { step: 3, stage: 0, epoch: 0, loss: 0.25, smooth: 0.3, lr: 1e-5, momentum: 0.95 };
    expect(batchesCsv([batch])).toBe("step,loss,lr,momentum\n3,0.25,0.00001,0.95\n");
  });

  it("predictions of single labels name the likeliest class; names with commas are quoted", () => {
    const { shapes, planet } = RECIPES;
    if (!shapes || !planet) throw new Error("these recipes are built in");
    const single = {
      task: "singleLabel" as const,
      vocab: ["cat", 'dog, "big"'],
      paths: ["a.jpg"],
      items: [7],
      targets: [0],
      probabilities: [0.25, 0.75],
      losses: [1.5],
    };
    const head = "item,target,prediction,probabilities,loss\n";
    expect(predictionsCsv(single, shapes)).toBe(`${head}a.jpg,cat,"dog, ""big""",0.25 0.75,1.5\n`);
    const multi = { ...single, task: "multiLabel" as const, vocab: ["haze", "road"], targets: [0, 1] };
    const above = { ...multi, probabilities: [0.19, 0.21] };
    expect(predictionsCsv(above, planet)).toBe(`${head}a.jpg,road,road,0.19 0.21,1.5\n`);
  });
});

describe("numbers and points", () => {
  const { shapes } = RECIPES;
  if (!shapes) throw new Error("this recipe is built in");
  const found = { vocab: ["nose"], paths: ["a.jpg", "b.jpg"], items: [7, 8], losses: [0.5, 1] };

  it("points are in the pixels of each file, wherever the model's picture lies in it", () => {
    const points = {
      ...{ ...found, task: "points" as const, targets: [-1, 0, 0, 0], values: [0.5, 1, 0, -1] },
      frames: [10, 80, 480, 400, 0, 0, 50, 50, -20, 1],
    };
    expect(predictionsCsv(points, shapes)).toBe(
      "item,target nose y,target nose x,nose y,nose x,loss\na.jpg,10,280,370,480,0.5\nb.jpg,25,40,0,40,1\n",
    );
  });

  it("numbers are as they are in the table", () => {
    const ages = { ...found, task: "regression" as const, targets: [30, 40], values: [31.5, 38], frames: [] };
    expect(predictionsCsv(ages, shapes)).toBe("item,target nose,nose,loss\na.jpg,30,31.5,0.5\nb.jpg,40,38,1\n");
  });
});

describe("the table on the terminal", () => {
  it("looks like fastai's", () => {
    expect(tableHead(["accuracy"])).toBe("epoch       train_loss  valid_loss  accuracy    time");
    expect(tableRow({ ...row, metrics: [0.9] }, ["accuracy"])).toBe(
      "0           0.300000    #na#        0.900000    01:02",
    );
    expect(clock(3725)).toBe("1:02:05");
  });

  it("tells progress once per phase and every ten seconds where there is no terminal", () => {
    const lines: string[] = [];
    const stream = { isTTY: false, write: (text: string) => lines.push(text) };
    let time = 0;
    const writer = progressWriter(stream as unknown as NodeJS.WriteStream, () => time);
    const at = { stage: 0, epoch: 0, epochs: 2, batches: 4, steps: 8, elapsed: 2000, left: null, gpuBytes: null };
    const numbers = { itemsPerSecond: 12, loss: 0.5, lr: 0.001 };
    for (const batch of [1, 2, 3]) writer.show({ phase: "training", ...at, batch, step: batch, ...numbers });
    time = 10_001;
    writer.show({ phase: "training", ...at, batch: 4, step: 4, ...numbers });
    expect(lines).toEqual([
      "training · epoch 1/2 · batch 1/4 · 12 % · 00:02 elapsed · 12.0 items/s · loss 0.500 · lr 1.0e-3\n",
      "training · epoch 1/2 · batch 4/4 · 50 % · 00:02 elapsed · 12.0 items/s · loss 0.500 · lr 1.0e-3\n",
    ]);
  });
});
