// What a small data set is for: features learnt elsewhere, kept as they are, and a head of one's own in two epochs.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { hasShared, sharedFolder } from "./fixtures/folders";
import { expect, test } from "./fixtures/test";

const root = resolve(import.meta.dirname, "..");

/** As a person would: the encoder frozen, fastai's own head; pictures a little smaller than the features were learnt on. */
const settings = [
  "model.arch=squeezenet1_1",
  "model.options={}",
  'model.head={"lin":[512],"dropout":0.5}',
  'data.split={"kind":"folder","train":"train","valid":"valid"}',
  'data.transforms=[{"kind":"resize","size":176,"method":"squish"}]',
  'data.augment=[{"kind":"flip"}]',
  'train.stages=[{"do":"freeze"},{"do":"fitOneCycle","epochs":2,"lr":0.003}]',
].flatMap((set) => ["--set", set]);

test("SqueezeNet's features and a fresh head tell cats from dogs in 93 of 100 photographs", async ({ page, site }) => {
  test.skip(!hasShared, "the reference data is not beside the repository");
  await page.goto(site.url);
  // Of the software GPUs, only one made for tests has half floats; the other would take half an hour.
  const quick = await page.evaluate(async () => (await navigator.gpu.requestAdapter())?.features.has("shader-f16"));
  test.skip(quick !== true, "this browser's GPU is too slow for 700 photographs");
  test.setTimeout(600_000);
  const out = mkdtempSync(join(tmpdir(), "glasshouse-transfer-"));
  try {
    const [data, weights] = ["data/cats_dogs", "data/weights/squeezenet1_1_imagenet_features.safetensors"].map((path) => join(sharedFolder, path)) as [string, string]; // prettier-ignore
    const words = ["train", "--recipe", "photos", "--data", data, "--weights", weights, "--out", out, ...settings];
    const run = spawnSync(process.execPath, [join(root, "bin/glasshouse.mjs"), ...words], {
      encoding: "utf8",
      env: { ...process.env, GLASSHOUSE_GPU: process.env["GLASSHOUSE_GPU"] ?? "software" },
    });
    expect(run.status, run.stderr.slice(-2000)).toBe(0);
    // The file says how its pictures were scaled, and the recipe follows.
    expect(run.stderr).toContain("data.normalize is caffe");
    const [head = "", ...rows] = readFileSync(join(out, "history.csv"), "utf8").trim().split("\n");
    const accuracy = Number(rows.at(-1)?.split(",")[head.split(",").indexOf("accuracy")]);
    expect(accuracy).toBeGreaterThanOrEqual(0.93);
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
});
