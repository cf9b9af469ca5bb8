// Points, series, numbers and bands by the headless runner, on real data, against answers that need no model.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { expect, test } from "@playwright/test";
import { project, readCamera, readPose } from "../src/formats/points/biwiPose";
import { RECIPES } from "../src/spec/recipes";
import { tinyTiff } from "../src/testing/tinyTiff";
import { writeDiscs } from "./fixtures/discs";
import { hasShared, sharedFolder } from "./fixtures/folders";
import { glasshouse, pace, sets, table } from "./fixtures/glasshouse";
import { nearestNeighbour } from "./fixtures/nearestNeighbour";

test.describe.configure({ timeout: 420_000 });

/** A software GPU that needs longer for a small sample would need many minutes for these. */
const SLOW_SECONDS = 20;

let folder: string;
let slow = false;
test.beforeAll(() => {
  test.setTimeout(300_000);
  folder = mkdtempSync(join(tmpdir(), "glasshouse-"));
  slow = pace(join(folder, "pace")) > SLOW_SECONDS;
});
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));
test.beforeEach(() => test.skip(slow, "this adapter is too slow to train on real data in the time there is"));

const needsShared = (): void => test.skip(!hasShared, "the reference data is not beside the repository");
const data = (name: string): string => join(sharedFolder, "data", name);
const squeezenet = data("weights/squeezenet1_1_imagenet_features.safetensors");
const cycle = (epochs: number, lr: number) => [{ do: "fitOneCycle", epochs, lr }];

/** A network that a software GPU trains in a minute. */
const MINI = { "model.arch": "resnetMini", "model.options": { width: 8, depth: 1, stem: 2 } };
/** SqueezeNet's features of ImageNet, and a head that keeps what lies where, as a new project's does. */
const pretrained = (weights: string) => ({
  "model.arch": "squeezenet1_1",
  "model.options": {},
  "model.weights": { kind: "file", name: basename(weights), fit: "head" },
  // These features are nearly always 0: a batch norm of theirs divides by next to nothing.
  "model.head": { lin: [64], dropout: 0, grid: 4, bnFirst: false, yRange: [-1.1, 1.1] },
  // Smaller numbers than the ones it was trained on leave more of them above 0.
  "data.normalize": "imagenet",
  "data.batchSize": 16,
});
/** Moves, turns and enlarges a little, and lights otherwise. */
const moved = (pixels: number, height: number, width: number, padding: string) => [
  { kind: "randPad", pixels, height, width, padding },
  { kind: "rotate", max: 10, p: 0.75 },
  { kind: "zoom", max: 1.15, p: 0.75 },
  { kind: "brightness", max: 0.2, p: 0.75 },
  { kind: "contrast", max: 0.2, p: 0.75 },
];
const FLIP = { kind: "flip", p: 0.5 };

type Point = readonly [y: number, x: number];

interface Found {
  readonly truth: readonly number[];
  readonly answer: readonly number[];
}

/** Mean distance between points (y, x), in pixels of their files. */
function distance(rows: readonly Found[]): number {
  const each = rows.flatMap(({ truth, answer }) =>
    truth.flatMap((y, i) => {
      const [dy, dx] = [y - (answer[i] ?? NaN), (truth[i + 1] ?? NaN) - (answer[i + 1] ?? NaN)];
      return i % 2 === 0 ? [Math.hypot(dy, dx)] : [];
    }),
  );
  return each.reduce((sum, one) => sum + one, 0) / each.length;
}

const meanOf = (rows: readonly (readonly number[])[]): number[] =>
  (rows[0] ?? []).map((_, k) => rows.reduce((sum, row) => sum + (row[k] ?? NaN), 0) / rows.length);

/** Targets and answers of every validation item, by path. */
function predictions(out: string): Map<string, Found> {
  return new Map(
    table(join(out, "predictions.csv")).map((row) => {
      const columns = Object.keys(row);
      const names = columns.filter((name) => name.startsWith("target "));
      const read = (name: string): number => Number(row[name]);
      const truth = names.map(read);
      return [row["item"] ?? "", { truth, answer: names.map((name) => read(name.slice("target ".length))) }];
    }),
  );
}

/** Prints and checks how far off the model is against always answering the mean of `train`: (y, x) from −1 to 1. */
function better(out: string, train: readonly (readonly number[])[], sizeOf: (path: string) => Point, share: number) {
  const mean = meanOf(train);
  const rows = [...predictions(out)];
  const model = distance(rows.map(([, found]) => found));
  const constant = distance(
    rows.map(([path, { truth }]) => {
      const size = sizeOf(path);
      return { truth, answer: mean.map((value, i) => ((value + 1) / 2) * (size[i % 2] ?? NaN)) };
    }),
  );
  console.log(`off by ${model.toFixed(2)} px, always answering the training mean by ${constant.toFixed(2)} px (${rows.length} pictures)`); // prettier-ignore
  expect(rows.length).toBeGreaterThan(20);
  expect(model).toBeLessThan(share * constant);
} // prettier-ignore

test("head poses of real photographs, whole folders held out: under half as far off as the training mean", () => {
  needsShared();
  const [root, out, held] = [data("biwi_like"), join(folder, "biwi"), ["01", "02"]];
  const ran = glasshouse("train", "--recipe", "headpose", "--data", root, "--out", out, "--weights", squeezenet, ...sets({
    ...pretrained(squeezenet),
    "data.split.groups": held,
    "data.transforms.0.size": 96, "data.transforms.0.width": 128,
    // The head moves about the frame, so the frame is moved about it.
    "data.augment": [...moved(19, 96, 128, "zeros"), FLIP],
    "train.stages": [{ do: "freeze" }, ...cycle(24, 0.005)],
  })); // prettier-ignore
  expect(ran.status, ran.stderr).toBe(0);
  const train = readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !held.includes(entry.name))
    .flatMap(({ name }) => {
      const camera = readCamera(readFileSync(join(root, name, "rgb.cal"), "utf8"));
      const poses = readdirSync(join(root, name)).filter((file) => file.endsWith("_pose.txt"));
      return poses.map((file) => {
        const centre = readPose(readFileSync(join(root, name, file), "utf8"));
        if (!camera || !centre) throw new Error(`${name}/${file} cannot be read`);
        const [y, x] = project(centre, camera);
        return [y / 240 - 1, x / 320 - 1];
      });
    });
  better(out, train, () => [480, 640], 0.5);
});

interface Faces {
  readonly train: readonly (readonly number[])[];
  readonly sizeOf: (path: string) => Point;
}

/** Points (y, x) from −1 to 1 of the training faces; files are PNG, whatever they are called. */
function facesOf(points: readonly number[]): Faces {
  const root = data("faces_kpts");
  const name = (path: string): string => path.slice(path.lastIndexOf("/") + 1);
  const valid = new Set(readFileSync(join(root, "valid.txt"), "utf8").split(/\s+/).filter(Boolean).map(name));
  const sizeOf = (path: string): Point => {
    const header = readFileSync(join(root, "images", name(path)));
    return [header.readUInt32BE(20), header.readUInt32BE(16)];
  };
  const rows = readFileSync(join(root, "keypoints.csv"), "utf8").trim().split("\n").slice(1).map((line) => line.split(",")); // prettier-ignore
  const train = rows
    .filter(([file = ""]) => !valid.has(file))
    .map(([file = "", ...cells]) => {
      const [height, width] = sizeOf(file);
      return points.flatMap((k) => [(2 * Number(cells[2 * k + 1])) / height - 1, (2 * Number(cells[2 * k])) / width - 1]);
    });
  return { train, sizeOf };
} // prettier-ignore

const NOSE_TIP = 30;
const all68 = Array.from({ length: 68 }, (_, k) => k);

for (const { name, points, columns, augment, share } of [
  { name: "the nose tip", points: [NOSE_TIP], columns: ["60", "61"], augment: [FLIP], share: 0.6 },
  // Mirrored, a left eye would be called the right one.
  { name: "all 68 points", points: all68, columns: [], augment: [], share: 0.7 },
])
  test(`${name} of faces, other people held out: well nearer than the training mean`, () => {
    needsShared();
    const out = join(folder, `faces-${points.length}`);
    const ran = glasshouse("train", "--recipe", "headpose", "--data", data("faces_kpts"), "--out", out, "--weights", squeezenet, ...sets({
      ...pretrained(squeezenet),
      "data.labels": { kind: "pointColumns", columns, order: "xy", file: "keypoints.csv" },
      "data.transforms.0.size": 96, "data.transforms.0.width": 96,
      "data.augment": [...moved(8, 96, 96, "border"), ...augment],
      // All but the first layers learn, the features less than the head.
      "train.stages": [{ do: "freezeTo", group: -3 }, { do: "fitOneCycle", epochs: 20, lr: { start: 0.002, stop: 0.006 } }],
    }));
    expect(ran.status, ran.stderr).toBe(0);
    expect(ran.stderr).toContain("valid.txt");
    expect(ran.stderr).not.toContain("mirrored");
    const { train, sizeOf } = facesOf(points);
    better(out, train, sizeOf, share);
  }); // prettier-ignore

for (const [set, drawn, epochs] of [
  ["GunPoint", { colours: "channels", red: "gasf", green: "gadf", blue: "mtf" }, 40],
  ["GunPoint", { colours: "viridis", red: "recurrence" }, 40],
  ["ECG200", { colours: "channels", red: "gasf", green: "gadf", blue: "recurrence" }, 20],
] as const)
  test(`series of ${set} as ${Object.values(drawn).join(", ")}: about as good as the nearest neighbour`, () => {
    needsShared();
    const out = join(folder, `${set}-${drawn.red}`);
    const ran = glasshouse("train", "--recipe", "timeseries", "--data", join(data("ucr"), set), "--out", out, ...sets({
      ...MINI,
      "model.head": { lin: [32], dropout: 0.1 },
      "data.transforms": [{ kind: "seriesPicture", size: 48, ...drawn }],
      "data.batchSize": 10,
      "train.stages": cycle(epochs, 0.01),
    }));
    expect(ran.status, ran.stderr).toBe(0);
    const { metrics, items } = JSON.parse(readFileSync(join(out, "result.json"), "utf8")) as { metrics: { accuracy: number }; items: { valid: number } };
    const nearest = nearestNeighbour(set);
    console.log(`${set}: accuracy ${metrics.accuracy.toFixed(3)} on ${items.valid} series, nearest neighbour ${nearest.toFixed(3)}`);
    expect(metrics.accuracy).toBeGreaterThan(nearest - 0.1);
  }); // prettier-ignore

test("numbers in a table: a small network says how large a disc is, in the table's unit", async () => {
  const [root, out] = [join(folder, "discs"), join(folder, "discs-out")];
  await writeDiscs(root);
  const photos = RECIPES["photos"];
  if (!photos) throw new Error("the recipe photos is built in");
  const recipe = {
    ...photos,
    task: "regression",
    data: { ...photos.data, labels: { kind: "floatColumns", columns: ["age"], file: "ages.csv" }, transforms: [{ kind: "resize", size: 32, method: "squish" }], augment: [], batchSize: 16 },
    model: { ...photos.model, options: { width: 8, depth: 1, stem: 2 }, head: { lin: [32], dropout: 0, yRange: [0, 80] } },
    train: { ...photos.train, stages: cycle(20, 0.01) },
    metrics: [{ kind: "mae" }, { kind: "rmse" }, { kind: "r2" }],
  }; // prettier-ignore
  writeFileSync(join(folder, "discs.json"), JSON.stringify(recipe));
  const ran = glasshouse("train", "--recipe", join(folder, "discs.json"), "--data", root, "--out", out);
  expect(ran.status, ran.stderr).toBe(0);
  const { metrics } = JSON.parse(readFileSync(join(out, "result.json"), "utf8")) as {
    metrics: Record<"mae" | "rmse" | "r2", number>;
  };
  console.log(`discs: MAE ${metrics.mae.toFixed(2)}, RMSE ${metrics.rmse.toFixed(2)}, R² ${metrics.r2.toFixed(3)}`);
  expect(metrics.r2).toBeGreaterThan(0.9);
  expect(metrics.mae).toBeLessThan(metrics.rmse);
  // The metrics are those of the predictions that were written, in the table's own unit.
  const rows = [...predictions(out).values()].map(({ truth, answer }) => Math.abs((truth[0] ?? NaN) - (answer[0] ?? NaN))); // prettier-ignore
  expect(rows.reduce((sum, off) => sum + off, 0) / rows.length).toBeCloseTo(metrics.mae, 3);
});

test("four bands of 16 bits: the first convolution of real weights is adapted, and the fourth band counts", () => {
  needsShared();
  const weights = data("weights/resnet18_imagenet_to_layer3_bnfolded.safetensors");
  const [root, out] = [join(folder, "bands"), join(folder, "bands-out")];
  for (let i = 0; i < 64; i += 1) {
    const kind = i % 2 === 0 ? "dry" : "wet";
    // Three bands that say nothing, and a fourth one that does.
    const values = Array.from({ length: 32 * 32 * 4 }, (_, at) => {
      const [p, band] = [Math.floor(at / 4), at % 4];
      const noise = (((p + 7 * i) * 7919 * (band + 1)) % 2048) + 1024 * band;
      const pond = kind === "wet" && Math.hypot((p % 32) - 16, Math.floor(p / 32) - 10 - (i % 9)) < 8;
      return band === 3 && pond ? noise + 20_000 : noise;
    });
    mkdirSync(join(root, kind), { recursive: true });
    writeFileSync(join(root, kind, `${i}.tif`), tinyTiff({ width: 32, height: 32, channels: 4, bits: 16, values }));
  }
  const ran = glasshouse("train", "--recipe", "photos", "--data", root, "--out", out, "--weights", weights, ...sets({
    "model.arch": "resnet18",
    "model.options": {},
    "model.weights": { kind: "file", name: "resnet18_imagenet_to_layer3_bnfolded.safetensors", fit: "partial" },
    "data.channels": 4,
    "data.transforms.0.size": 32,
    "data.augment": [],
    "data.batchSize": 16,
    "train.stages": cycle(4, 0.002),
  })); // prettier-ignore
  expect(ran.status, ran.stderr).toBe(0);
  const result = JSON.parse(readFileSync(join(out, "result.json"), "utf8")) as {
    metrics: { accuracy: number; train_loss: number };
    stats: { mean: number[]; std: number[] };
  };
  console.log(`four bands: accuracy ${result.metrics.accuracy}, means ${result.stats.mean.map((one) => one.toFixed(4)).join(", ")}`);
  expect([result.stats.mean.length, result.stats.std.length]).toEqual([4, 4]);
  expect(result.stats.mean[3]).toBeGreaterThan(2 * (result.stats.mean[0] ?? NaN));
  expect(existsSync(join(out, "model.safetensors"))).toBe(true);
  expect(result.metrics.accuracy).toBeGreaterThan(0.85);
}); // prettier-ignore
