// Streets of CamVid through the headless runner: a U-Net beats the largest class, tiles, masks as files, and the lesson's ladder.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { isFast } from "./fixtures/adapter";
import { hasShared, sharedFolder } from "./fixtures/folders";
import { compareMasks } from "./fixtures/savedMasks";
import { expect, test } from "./fixtures/test";

const root = resolve(import.meta.dirname, "..");
/** A network that a software GPU trains in seconds. */
const small = ["model.arch=resnetMini", 'model.options={"width":8}', "data.batchSize=8"];

let folder: string;
test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "glasshouse-"));
});
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.beforeEach(async ({ openFresh }) => {
  test.skip(!hasShared, "the reference data is not beside the repository");
  const page = await openFresh();
  test.skip(!(await isFast(page)), "this adapter takes minutes for a U-Net");
});

function train(data: string, name: string, sets: readonly string[]) {
  const out = join(folder, name);
  const words = ["train", "--recipe", "camvid", "--data", join(sharedFolder, data), "--out", out, "--masks", join(out, "masks.zip")]; // prettier-ignore
  const all = [...words, ...[...small, ...sets].flatMap((set) => ["--set", set])];
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, "bin/glasshouse.mjs"), ...all], {
    encoding: "utf8",
    env: { ...process.env, GLASSHOUSE_GPU: process.env["GLASSHOUSE_GPU"] ?? "software" },
  });
  expect(stderr).not.toContain("Problem");
  expect(status, stderr).toBe(0);
  const result = JSON.parse(readFileSync(join(out, "result.json"), "utf8")) as {
    readonly metrics: Readonly<Record<string, number>>;
    readonly items: { readonly valid: number };
  };
  return { out, stdout, stderr, result };
}

test("a U-Net on CamVid is right on far more pixels than the largest class, and its masks are exact files", async () => {
  const { out, result } = train("data/camvid", "camvid", [
    "data.transforms.0.size=48",
    "data.transforms.0.width=64",
    'train.stages=[{"do":"fitOneCycle","epochs":6,"lr":0.01}]',
  ]);
  const { names, codes, right, largest } = await compareMasks(join(out, "masks.zip"), "data/camvid");
  console.log(`camvid: ${right.toFixed(3)} of the pixels right, ${largest.toFixed(3)} are of the largest class; said ${JSON.stringify(result.metrics)}`); // prettier-ignore
  expect([names.length, codes.length, result.items.valid]).toEqual([21, 12, 20]);
  expect(right).toBeGreaterThan(largest + 0.15);
  // Scored at 48 × 64 by the studio, at 360 × 480 here.
  expect(Math.abs(right - (result.metrics["accCamvid"] ?? 0))).toBeLessThan(0.03);
});

test("camvid_tiny is trained on pieces and predicted whole in tiles", async () => {
  const { out, stderr, result } = train("data/camvid_tiny", "tiny", [
    "data.transforms.0.size=96",
    "data.transforms.0.width=128",
    'data.augment=[{"kind":"flip","p":0.5},{"kind":"randCrop","height":48,"width":64,"tiles":true}]',
    'train.stages=[{"do":"fitOneCycle","epochs":4,"lr":0.01}]',
  ]);
  // There is no valid.txt: the runner holds a part of the pictures out, and says so.
  expect(stderr).toContain("data.split");
  const { names, codes, right, largest, meanIou } = await compareMasks(join(out, "masks.zip"), "data/camvid_tiny");
  console.log(`camvid_tiny in tiles: ${right.toFixed(3)} right, ${largest.toFixed(3)} are of the largest class`);
  expect([names.length, codes.length]).toEqual([result.items.valid + 1, 32]);
  expect(right).toBeGreaterThan(largest + 0.1);
  // The whole picture at its own size: what the studio scores is what lies in the files.
  expect(Math.abs(right - (result.metrics["accCamvid"] ?? 0))).toBeLessThan(1e-4);
  expect(Math.abs(meanIou - (result.metrics["meanIou"] ?? 0))).toBeLessThan(1e-4);
});

test("the lesson's stages run as a whole: frozen, found, free, and all of it again at twice the size", () => {
  const epochs = [2, 4, 7, 9].map((stage) => `train.stages.${stage}.epochs=1`);
  const { out, stdout } = train("data/camvid", "ladder", [
    ...epochs,
    "train.stages.1.steps=8",
    "train.stages.5.size=48",
    "data.transforms.0.size=24",
    "data.transforms.0.width=32",
    "data.limit=24",
  ]);
  expect(stdout.match(/^epoch /gm)).toHaveLength(4);
  const recipe = JSON.parse(readFileSync(join(out, "recipe.json"), "utf8")) as { train: { stages: readonly { do: string; pctStart?: number }[] } }; // prettier-ignore
  const { stages } = recipe.train;
  expect(stages.map((stage) => stage.do).join(" ")).toBe("freeze lrFind fitOneCycle unfreeze fitOneCycle setSize freeze fitOneCycle unfreeze fitOneCycle"); // prettier-ignore
  expect(stages.flatMap(({ pctStart }) => pctStart ?? [])).toEqual([0.9, 0.8, 0.8]);
  const rows = readFileSync(join(out, "history.csv"), "utf8").trim().split("\n").slice(1);
  const losses = rows.map((row) => Number(row.split(",")[2]));
  expect(losses.every(Number.isFinite)).toBe(true);
  // The weights are carried over: it does not start again from guessing among twelve classes.
  expect(losses[2]).toBeLessThan(losses[0] ?? 0);
  expect(existsSync(join(out, "masks.zip"))).toBe(true);
});
