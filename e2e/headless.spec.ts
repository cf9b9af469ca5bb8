// The headless runner: a recipe and data in, plain files out, the same numbers for the same seed.
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { hasShared, sharedFolder } from "./fixtures/folders";
import { glasshouse, table } from "./fixtures/glasshouse";

const results = ["history.csv", "batches.csv", "predictions.csv", "model.safetensors", "recipe.json", "result.json"];

/** A network and a number of items that a software GPU trains in seconds. */
const small = [
  "model.arch=resnetMini",
  'model.options={"width":8}',
  "data.transforms.0.size=32",
  "data.batchSize=16",
  "data.limit=96",
  'train.stages=[{"do":"fitOneCycle","epochs":2,"lr":0.01}]',
].flatMap((set) => ["--set", set]);

let folder: string;
test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "glasshouse-"));
});
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("trains on real pictures and writes every file; the same seed gives the same losses", () => {
  test.skip(!hasShared, "the reference data is not beside the repository");
  const data = join(sharedFolder, "data/planet_sample");
  const [first, second] = ["one", "two"].map((name) => join(folder, name)) as [string, string];
  const run = glasshouse("train", "--recipe", "planet", "--data", data, "--out", first, ...small);
  expect(run.stderr).not.toContain("Problem");
  expect(run.stderr).toContain("labels.csv");
  expect(run.status).toBe(0);
  expect(run.stdout).toMatch(/^epoch +train_loss +valid_loss +accuracyThresh +fbeta +time\n0 /);
  for (const name of results) expect(existsSync(join(first, name)), name).toBe(true);

  const history = table(join(first, "history.csv"));
  expect(history.map((row) => row["epoch"])).toEqual(["0", "1"]);
  expect(Number(history[1]?.["train_loss"])).toBeLessThan(Number(history[0]?.["train_loss"]));
  const result = JSON.parse(readFileSync(join(first, "result.json"), "utf8")) as Record<string, unknown>;
  expect(result).toMatchObject({ status: "finished", seed: 42, skipped: {}, items: { all: 96 } });
  const predictions = table(join(first, "predictions.csv"));
  expect(predictions).toHaveLength((result["items"] as { valid: number }).valid);

  expect(glasshouse("train", "--recipe", join(first, "recipe.json"), "--data", data, "--out", second).status).toBe(0);
  const batches = readFileSync(join(first, "batches.csv"), "utf8");
  expect(batches.split("\n").length).toBeGreaterThan(8);
  expect(readFileSync(join(second, "batches.csv"), "utf8")).toBe(batches);
  expect(readFileSync(join(second, "model.safetensors")).equals(readFileSync(join(first, "model.safetensors")))).toBe(
    true,
  );
});

test("a sample that the page draws needs no data", () => {
  const out = join(folder, "sample");
  const run = glasshouse("train", "--recipe", "shapes", "--out", out, ...small);
  expect(run.status, run.stderr).toBe(0);
  expect(table(join(out, "history.csv"))).toHaveLength(2);
});

test("names what is wrong, and ends with 1", () => {
  const unknown = glasshouse("train", "--recipe", "shapes", "--out", folder, "--set", "data.batchSize=-1");
  expect(unknown.status).toBe(1);
  expect(unknown.stderr).toContain("data.batchSize");
  const missing = glasshouse("train", "--recipe", "planet", "--data", join(folder, "none"), "--out", folder);
  expect(missing.status).toBe(1);
  expect(missing.stderr).toContain("Problem DATA_MISSING");
});

test("prints a built-in recipe that it can read again", () => {
  const { status, stdout } = glasshouse("recipe", "planet");
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ version: 1, task: "multiLabel", seed: 42 });
});
