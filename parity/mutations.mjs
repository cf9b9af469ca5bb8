// Constants that the suite must notice when one of them is wrong: one exact text each, and the cases that must then fail.

/**
 * @typedef {object} Mutation
 * @property {string} what
 * @property {string} file Under src.
 * @property {string} find Stands exactly once in the file.
 * @property {string} replace
 * @property {readonly string[]} cases Each of them must fail, and they are the smallest set.
 */

/** @type {readonly Mutation[]} */
export const MUTATIONS = [
  {
    what: "stride in the second convolution of a basic block",
    file: "nn/models/resnet.ts",
    find: "kernel: 3, stride }, { outputs, kernel: 3, stride: 1 }",
    replace: "kernel: 3, stride: 1 }, { outputs, kernel: 3, stride }",
    cases: ["resnet/resnet18 eval"],
  },
  {
    what: "stride in the first convolution of a bottleneck",
    file: "nn/models/resnet.ts",
    find: "kernel: 1, stride: 1 },\n      { outputs: width, kernel: 3, stride },",
    replace: "kernel: 1, stride },\n      { outputs: width, kernel: 3, stride: 1 },",
    cases: ["resnet/resnet50 eval"],
  },
  {
    what: "epsilon of the batch norms, 1e-5 → 1e-3",
    file: "kernels/batchNorm.ts",
    find: "eps: 1e-5 }",
    replace: "eps: 1e-3 }",
    cases: ["resnet/resnet18 train", "cnn/resnet18"],
  },
  {
    what: "momentum of the running statistics, 0.1 → 0.09",
    file: "kernels/batchNorm.ts",
    find: "momentum: 0.1,",
    replace: "momentum: 0.09,",
    cases: ["resnet/resnet18 train"],
  },
  {
    what: "running variance without its unbiased factor",
    file: "kernels/batchNormPrograms.ts",
    find: "variance * count / (count - 1.0)",
    replace: "variance",
    cases: ["resnet/resnet18 train"],
  },
  {
    what: "batch norm's gradient without its slope",
    file: "kernels/batchNormPrograms.ts",
    find: '${v.training ? "second * inverse * inverse / count"',
    replace: '${v.training ? "0.0 * second"',
    cases: ["resnet/resnet18 train"],
  },
  {
    what: "means before maxima in the head's pooling",
    file: "kernels/gridConcatPool.ts",
    find: "  y[own] = best;\n  y[own + u.channels * cells] = sum",
    replace: "  y[own + u.channels * cells] = best;\n  y[own] = sum",
    cases: ["train/planet_frozen"],
  },
  {
    what: "first layer group cut after layer3",
    file: "nn/models/architectures.ts",
    find: "features: resnetFeatures(config), splits: [6]",
    replace: "features: resnetFeatures(config), splits: [7]",
    cases: ["cnn/resnet18"],
  },
  {
    what: "Adam's second momentum, 0.99 → 0.999",
    file: "optim/adam.ts",
    find: "sqrMom = 0.99",
    replace: "sqrMom = 0.999",
    cases: ["train/planet_frozen"],
  },
  {
    what: "weight decay decoupled where it is an L2 penalty, and the other way round",
    file: "optim/fused.ts",
    find: "(trueWd ? { wd: amount",
    replace: "(!trueWd ? { wd: amount",
    cases: ["train/single_label_clip"],
  },
  {
    what: "one-cycle's rise, 30 % → 25 %",
    file: "spec/schedules/oneCycle.ts",
    find: "pctStart = 0.3",
    replace: "pctStart = 0.25",
    cases: ["training/one_cycle"],
  },
  {
    what: "smoothed loss without its correction",
    file: "train/smoothing.ts",
    find: "average / (1 - beta ** count)",
    replace: "average",
    cases: ["training/smooth"],
  },
  {
    what: "label smoothing spread over one class more",
    file: "kernels/softmaxCrossEntropy.ts",
    find: "value += u.smoothing * spread / (f32(u.classes)",
    replace: "value += u.smoothing * spread / ((f32(u.classes) + 1.0)",
    cases: ["training/losses"],
  },
  {
    what: "F-beta with β instead of β² below",
    file: "train/metrics/fbeta.ts",
    find: "mul(precision, beta ** 2)",
    replace: "mul(precision, beta)",
    cases: ["training/metrics"],
  },
  {
    what: "reflection that repeats the border pixel",
    file: "kernels/augmentPrograms.ts",
    find: "let span = f32(size - 1);",
    replace: "let span = f32(size);",
    cases: ["augment/rotate30_reflection"],
  },
  {
    what: "brightness by natural values instead of logits",
    file: "data/augment/brightness.ts",
    find: "Math.log(value / (1 - value))",
    replace: "value - 0.5",
    cases: ["augment/brightness"],
  },
  {
    what: "gates of the LSTM: input and forget exchanged",
    file: "kernels/lstmPrograms.ts",
    find: "let cell = gf * before + gi * gg;",
    replace: "let cell = gi * before + gf * gg;",
    cases: ["text/language model", "text/classifier"],
  },
  {
    what: "repeated characters counted from three on",
    file: "data/text/rules.ts",
    find: "(\\S)(\\1{3,})",
    replace: "(\\S)(\\1{2,})",
    cases: ["text/rules"],
  },
  {
    what: "hidden state forgotten between the batches of a text",
    file: "nn/models/text/awdLstm.ts",
    find: "this.#hidden ?? this.#zeroStates(batch)",
    replace: "this.#zeroStates(batch)",
    cases: ["text/language model", "text/classifier"],
  },
  {
    what: "one chunk of a long text kept too many",
    file: "nn/models/text/keptChunks.ts",
    find: "keep: start > length - maxLen }",
    replace: "keep: start > length - maxLen - bptt }",
    cases: ["text/classifier"],
  },
  {
    what: "padding that learns in the embedding of a text",
    file: "kernels/embedding.ts",
    find: "if (i32(row) != u.padding) {",
    replace: "if (u.padding != 99999) {",
    cases: ["text/classifier"],
  },
  {
    what: "means of a text over its padding too",
    file: "kernels/maskedConcatPool.ts",
    find: "sum / max(count, 1.0);",
    replace: "sum / f32(u.steps);",
    cases: ["text/classifier"],
  },
  {
    what: "TAR of a text weighed like AR",
    file: "kernels/activationPenalty.ts",
    find: "sum += u.b * d * d;",
    replace: "sum += u.a * d * d;",
    cases: ["text/language model"],
  },
  {
    what: "rows and columns exchanged in the pixel shuffle",
    file: "kernels/pixelShuffle.ts",
    find: "* 2u + quarter / 2u;\n  let large = (large_row * u.width * 2u + w * 2u + quarter % 2u)",
    replace: "* 2u + quarter % 2u;\n  let large = (large_row * u.width * 2u + w * 2u + quarter / 2u)",
    cases: ["unet/pixelshuffle"],
  },
  {
    what: "gradients of the cross-entropy 1 % too long, where a nudge decides how near they must be",
    file: "kernels/softmaxCrossEntropy.ts",
    find: "dx[i] = d * part * norm[0] * dy[0];",
    replace: "dx[i] = 1.01 * d * part * norm[0] * dy[0];",
    cases: ["resnet/resnet50 train", "train/sgd_l2wd", "unet/default train"],
  },
  {
    what: "gradients of weight norm's lengths not over the direction's length",
    file: "kernels/weightNorm.ts",
    find: "dg[i] = sum / norm[i];",
    replace: "dg[i] = sum;",
    cases: ["unet/default train"],
  },
  {
    what: "difference field with its angles exchanged",
    file: "data/series/fields.ts",
    find: "up(i) * at(j) - at(i) * up(j)",
    replace: "at(i) * up(j) - up(i) * at(j)",
    cases: ["gaf/fields"],
  },
];
