// fastai's vision transforms: pictures, masks and points through fixed values; sizes, scaling, the lists of get_transforms.
import { z } from "zod";
import type { Rng } from "../../src/base/rng";
import { AUGMENTS, runSteps } from "../../src/data/augment";
import type { Step, Values } from "../../src/data/augment/augment";
import { adjugate } from "../../src/data/augment/affine";
import { movePoints, pictureMap, plainDraw, resized, sharedSizes, type Draw } from "../../src/data/augment/draw";
import { resizeTarget } from "../../src/data/augment/sizes";
import { readChoice } from "../../src/data/choice";
import { NORMALIZATIONS } from "../../src/data/normalize";
import { chainTransforms } from "../../src/data/transforms";
import { framePoints } from "../../src/data/transforms/frame";
import { augmentImages, augmentMasks, uploadImages } from "../../src/kernels/augmentImages";
import { IDENTITY_MATRIX, multiplyMatrices, type Padding, type PictureMap } from "../../src/kernels/augmentPlan";
import { NO_CLASS } from "../../src/spec/packedMask";
import { getTransforms } from "../../src/spec/getTransforms";
import { channelsLast } from "../../src/testing/uniform";
import type { Family, ParityCase, Quantity } from "../parityCase";
import { entryOf, type Reference, type ReferenceTensor } from "../reference";
import * as tolerance from "../tolerances";
import type { Tolerance } from "../tolerances";

const bytePixels: Tolerance = {
  measure: "absolute",
  limit: 1 / 255 + 1e-4,
  share: 0.99,
  why: "item transforms take and give bytes: half a step of rounding before, and half a step after",
};

const file = "augment.json";
const tensors = "augment.safetensors";

const resolvedSchema = z.record(z.string(), z.union([z.number(), z.string(), z.array(z.number())]));
const caseSchema = z.strictObject({
  tfms: z.array(z.strictObject({ name: z.string(), resolved: resolvedSchema })),
  kw: z.strictObject({
    size: z.string().optional(),
    resize_method: z.string().optional(),
    padding_mode: z.enum(["reflection", "border", "zeros"]).optional(),
  }),
  out: z.array(z.number().int()),
});
type Case = z.infer<typeof caseSchema>;

/** fastai's names, where ours are not the same in camel case. */
const KINDS: Readonly<Record<string, string>> = { flip_lr: "flip", crop: "cropPad" };
const METHODS: Readonly<Record<string, string>> = { 1: "crop", 2: "pad", 3: "squish" };

const camel = (name: string): string => name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());

/** How far a sampling place is moved, in widths and heights of the picture: where it lies halfway, either pixel is right. */
const SWAYS = [-1, 1].flatMap((x) => [-1, 1].map((y) => [1e-5 * x, 1e-5 * y] as const));

function swayed(map: PictureMap, [x, y]: readonly [number, number]): PictureMap {
  return { ...map, toSource: multiplyMatrices([1, 0, x, 0, 1, y, 0, 0, 1], map.toSource ?? IDENTITY_MATRIX) };
}

function stepOf(name: string): Step {
  const step = AUGMENTS.get(KINDS[name] ?? camel(name))?.steps[0];
  if (!step) throw new Error(`No augmentation is fastai's ${name}.`);
  return step;
}

const valuesOf = (resolved: Case["tfms"][number]["resolved"]): Values =>
  Object.fromEntries(Object.entries(resolved).map(([key, value]) => [camel(key), value]));

const numbersIn = (text: string): number[] => (text.match(/\d+/g) ?? []).map(Number);

/** Order of fastai's coordinate functions. */
const COORDINATES = 4;

/** fastai's `apply_tfms` for one picture, with our steps. */
function drawOf(
  { tfms, kw }: Case,
  source: readonly [number, number, number],
  find: (name: string, resolved: Case["tfms"][number]["resolved"]) => Step = stepOf,
): Draw {
  const [rows, columns = rows] = numbersIn(kw.size ?? "");
  const target = rows === undefined || columns === undefined ? null : ([rows, columns] as const);
  const listed = kw.size?.startsWith("(") === true;
  const method = METHODS[kw.resize_method ?? (listed ? "3" : "1")] ?? "none";
  const plain = plainDraw(source, 1);
  const begun = target && method !== "none" ? resized(resizeTarget(plain.source, target, method))(plain) : plain;
  const crops = target && (method === "crop" || method === "pad") ? { height: target[0], width: target[1] } : null;
  const added = crops && !tfms.some(({ name }) => name === "crop_pad") ? [{ name: "crop_pad", resolved: {} }] : [];
  const steps = [...added, ...tfms].flatMap(({ name, resolved }) => {
    const values = valuesOf(resolved);
    const step = find(name, resolved);
    if (name !== "crop_pad") return [{ step, values }];
    return crops ? [{ step, values: { ...values, ...crops, paddingMode: kw.padding_mode ?? "reflection" } }] : []; // prettier-ignore
  });
  return runSteps(begun, steps);
}

/**
 * The same for points. fastai moves points by the inverse of a coordinate function when the function's `invert` is among
 * its values, as it is whenever fastai draws them; values written down without it take points forward.
 */
function forPoints(name: string, resolved: Case["tfms"][number]["resolved"]): Step {
  const step = stepOf(name);
  if (step.order !== COORDINATES || "invert" in resolved) return step;
  return {
    ...step,
    apply: (values) => (draw) => {
      const own = step.apply(values)(plainDraw([...draw.frame, draw.channels])).before;
      return { ...draw, before: multiplyMatrices(adjugate(own), draw.before) };
    },
  };
}

const asPicture = ({ shape, data }: ReferenceTensor) => {
  const [channels = 1, height = 1, width = 1] = shape;
  return { channels, height, width, data: channelsLast(data, [1, ...shape]).data };
};

/** [1, H, W, C] in the reference's order. */
function channelsFirst(values: ArrayLike<number>, channels: number): Float32Array {
  const pixels = values.length / channels;
  return Float32Array.from(
    { length: values.length },
    (_, i) => values[(i % pixels) * channels + Math.floor(i / pixels)] as number,
  );
}

async function* runCase(reference: Reference, name: string, entry: Case): AsyncIterable<Quantity> {
  const expected = (kind: string) => reference.tensor(tensors, `${name}.${kind}`);
  const has = (kind: string) => reference.tensorNames(tensors).includes(`${name}.${kind}`);
  const image = asPicture(reference.tensor(tensors, "image"));
  const draw = drawOf(entry, [image.height, image.width, image.channels]);
  yield { quantity: "size", actual: [image.channels, ...draw.size], expected: entry.out, tolerance: tolerance.exact };
  const padding: Padding = entry.kw.padding_mode ?? "reflection";
  const options = { ...sharedSizes(draw), maps: [pictureMap(draw)], padding };
  const plain = { mean: Array.from({ length: image.channels }, () => 0), std: Array.from({ length: image.channels }, () => 1) }; // prettier-ignore
  const packed = uploadImages(image.data, [1, image.height, image.width, image.channels]);
  const pixels = await augmentImages(packed, { ...options, ...plain }).data();
  packed.dispose();
  yield { quantity: "picture", actual: channelsFirst(pixels, image.channels), expected: expected("image").data, tolerance: tolerance.pixels }; // prettier-ignore
  if (has("mask")) {
    const mask = asPicture(reference.tensor(tensors, "mask"));
    const ids = uploadImages(Uint8Array.from(mask.data), [1, mask.height, mask.width, 1]);
    const wanted = expected("mask").data;
    const actual = Float32Array.from(await augmentMasks(ids, { ...options, empty: 0 }).data());
    for (const sway of SWAYS) {
      const near = await augmentMasks(ids, { ...options, empty: 0, maps: [swayed(pictureMap(draw), sway)] }).data();
      near.forEach((id, i) => {
        if (id === wanted[i]) actual[i] = id;
      });
    }
    ids.dispose();
    yield { quantity: "mask", actual, expected: wanted, tolerance: tolerance.maskPixels };
  }
  if (has("points_unit_yx")) {
    const [height, width] = [image.height, image.width];
    const points = Float32Array.from(
      reference.tensor(tensors, "points_yx").data,
      (value, i) => (2 * value) / (i % 2 === 0 ? height : width) - 1,
    );
    movePoints(drawOf(entry, [height, width, image.channels], forPoints), points);
    yield {
      quantity: "points",
      actual: points,
      expected: expected("points_unit_yx").data,
      tolerance: tolerance.points,
    };
  }
  yield* runResize(reference, name, entry);
}

/** `RandTransform(tfm=TfmCoord (symmetric_warp), kwargs={'magnitude': (-0.2, 0.2)}, p=0.75, …)` */
function parseTransform(text: string) {
  const [, name = ""] = /\((\w+)\)/.exec(text) ?? [];
  const [, kwargs = ""] = /kwargs=\{(.*?)\}/.exec(text) ?? [];
  const [, p = ""] = /, p=([\d.]+)/.exec(text) ?? [];
  const ranges = [...kwargs.matchAll(/'(\w+)': \(([^)]*)\)/g)].map(
    ([, key = "", range = ""]) => [key, range.split(",").map(Number)] as const,
  );
  return { name, p: Number(p), ranges: new Map(ranges) };
}

/** An end of what can be drawn. */
const rngAt = (share: number): Rng => ({
  uniform: () => share,
  bits: () => 0,
  below: (n) => Math.floor(share * n * (1 - 1e-12)),
  normal: () => 0,
});

/** Arguments that give this list, the list that they give, and the range of everything in it. */
function* runList(reference: Reference, name: string): Iterable<Quantity> {
  const [train = [], valid = []] = reference.entry(file, name, z.array(z.array(z.string()))).map((list) => list.map(parseTransform)); // prettier-ignore
  const of = (transform: string) => train.find((one) => one.name === transform);
  const most = (transform: string, key: string): number => of(transform)?.ranges.get(key)?.[1] ?? 0;
  const list = getTransforms({
    doFlip: of("flip_lr") !== undefined || of("dihedral_affine") !== undefined,
    flipVert: of("dihedral_affine") !== undefined,
    maxRotate: most("rotate", "degrees"),
    maxZoom: most("zoom", "scale"),
    maxLighting: of("contrast") ? 1 - (of("contrast")?.ranges.get("scale")?.[0] ?? 1) : 0,
    maxWarp: most("symmetric_warp", "magnitude"),
    pAffine: (of("rotate") ?? of("zoom") ?? of("symmetric_warp"))?.p ?? 0.75,
    pLighting: of("brightness")?.p ?? 0.75,
    size: [8, 8],
  });
  const kinds = train.map(({ name: one }) => (one === "crop_pad" ? "randCrop" : (KINDS[one] ?? camel(one))));
  yield { quantity: "order of the list", actual: list.map(({ kind }) => kind), expected: kinds, tolerance: tolerance.exact }; // prettier-ignore
  yield { quantity: "validation list", actual: ["crop_pad"], expected: valid.map(({ name: one }) => one), tolerance: tolerance.exact }; // prettier-ignore
  for (const [i, choice] of list.entries()) {
    const theirs = train[i];
    const augment = AUGMENTS.get(choice.kind);
    const fields = augment && readChoice(augment, choice);
    const step = augment?.steps[0];
    if (!theirs || !fields || "length" in fields || !step) throw new Error(`${choice.kind} cannot be read.`);
    const p = augment.params.some(({ id }) => id === "p") ? fields.number("p") : 1;
    yield { quantity: "chance", item: theirs.name, actual: [p], expected: [theirs.p], tolerance: tolerance.points };
    const [low, high] = [step.resolve(rngAt(0), fields), step.resolve(rngAt(1), fields)];
    for (const [key, range] of theirs.ranges) {
      const first = (values: Values): number => [values[camel(key)]].flat().map(Number)[0] ?? Number.NaN;
      yield { quantity: "range", item: `${theirs.name} ${key}`, actual: [first(low), first(high)], expected: range, tolerance: tolerance.points }; // prettier-ignore
    }
  }
}

async function* runNormalize(reference: Reference): AsyncIterable<Quantity> {
  const [mean = [], std = []] = reference.entry(file, "imagenet_stats", z.array(z.array(z.number())));
  const stats = NORMALIZATIONS.get("imagenet")?.stats;
  yield { quantity: "ImageNet statistics", actual: [...(stats?.mean ?? []), ...(stats?.std ?? [])], expected: [...mean, ...std], tolerance: tolerance.points }; // prettier-ignore
  const x = reference.tensor(tensors, "normalize.x");
  const { data, shape } = channelsLast(x.data, x.shape);
  const [batch, height, width, channels] = shape;
  const packed = uploadImages(data, [batch, height, width, channels]);
  const y = await augmentImages(packed, { size: [height, width], mean, std }).data();
  const expected = reference.tensor(tensors, "normalize.y");
  yield { quantity: "normalised picture", actual: y, expected: channelsLast(expected.data, expected.shape).data, tolerance: tolerance.normalised }; // prettier-ignore
}

/** Entries that only resize: the same by the item transform, which takes and gives bytes. */
function* runResize(reference: Reference, name: string, entry: Case): Iterable<Quantity> {
  const { channels, height, width, data } = asPicture(reference.tensor(tensors, "image"));
  const { kw, tfms } = entry;
  const [rows, columns = rows] = numbersIn(kw.size ?? "");
  const centred = ({ resolved }: Case["tfms"][number]) =>
    [resolved["row_pct"], resolved["col_pct"]].every((share) => share === undefined || share === 0.5);
  if (rows === undefined || columns === undefined) return;
  if (tfms.some((one) => one.name !== "crop_pad" || !centred(one))) return;
  const method = METHODS[kw.resize_method ?? "1"] ?? "crop";
  const edge = kw.padding_mode === "zeros" ? "black" : (kw.padding_mode ?? "reflection");
  const chain = chainTransforms([{ kind: "resize", size: rows, width: columns, method, edge, sampling: "fastai" }]);
  if (!chain.ok) throw new Error(chain.error.items.join());
  const bytes = Uint8Array.from(data, (value) => Math.round(value * 255));
  const out = chain.value.run({ width, height, channels, data: bytes });
  const actual = channelsFirst(out.data, channels).map((value) => value / 255);
  yield { quantity: "picture, by item", actual, expected: reference.tensor(tensors, `${name}.image`).data, tolerance: bytePixels }; // prettier-ignore
  const mask = asPicture(reference.tensor(tensors, "mask"));
  const ids = chain.value.run({ ...mask, exact: true, data: Uint8Array.from(mask.data) }).data;
  // Beside a picture fastai pads with class 0; we say that there is no class.
  const shown = ids.map((id) => (id === NO_CLASS ? 0 : id));
  yield { quantity: "mask, by item", actual: shown, expected: reference.tensor(tensors, `${name}.mask`).data, tolerance: tolerance.maskPixels }; // prettier-ignore
  const points = framePoints(reference.tensor(tensors, "points_yx").data, chain.value.frame({ width, height }));
  yield { quantity: "points, by item", actual: points, expected: reference.tensor(tensors, `${name}.points_unit_yx`).data, tolerance: tolerance.points }; // prettier-ignore
}

/** A case for every set of transforms, each list, and the scaling. */
export const augmentFamily: Family = (reference) =>
  reference.keys(file).map((key): ParityCase => {
    const own = reference.tensorNames(tensors).filter((name) => name.startsWith(`${key}.`));
    const covers = [entryOf(file, key), ...own.map((name) => entryOf(tensors, name))];
    const common = { name: `augment/${key}`, cost: "light" } as const;
    if (key === "imagenet_stats") {
      const inputs = ["image", "mask", "points_yx", "normalize.x", "normalize.y"].map((name) => entryOf(tensors, name));
      return { ...common, covers: [...covers, ...inputs], run: () => runNormalize(reference) };
    }
    if (key.startsWith("get_transforms")) return { ...common, covers, run: () => runList(reference, key) };
    const entry = reference.entry(file, key, caseSchema);
    return { ...common, covers, run: () => runCase(reference, key, entry) };
  });
