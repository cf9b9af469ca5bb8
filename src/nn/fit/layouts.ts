// Ways in which the same body is named: torchvision's, fastai's, timm's, and a body alone.

/** A file's name → the name within our body, or null where it belongs to something else (a head). */
type Layout = (name: string) => string | null;

const behind =
  (prefix: string): Layout =>
  (name) =>
    name.startsWith(prefix) ? name.slice(prefix.length) : null;

/** torchvision's ResNets, whose children fastai numbers. */
function resnet(name: string): string | null {
  const layer = /^layer([1-4])\.(.*)$/.exec(name);
  if (layer) return `${Number(layer[1]) + 3}.${layer[2]}`;
  const stem = /^(conv1|bn1)\.(.*)$/.exec(name);
  return stem ? `${stem[1] === "conv1" ? 0 : 1}.${stem[2]}` : null;
}

/**
 * torchvision's networks with `features` (VGG, SqueezeNet, DenseNet, MobileNet, AlexNet) as fastai's first part. Files of
 * DenseNet from before 2018 write `norm.1` for `norm1`.
 */
function features(name: string): string | null {
  const rest = behind("features.")(name);
  return rest === null ? null : `0.${rest.replace(/(denselayer\d+\.(?:norm|conv))\.([12])\./, "$1$2.")}`;
}

/** How many blocks the stages of MobileNetV2 have (Sandler et al. 2018, table 2). */
const MOBILE_STAGES = [1, 2, 3, 4, 3, 3, 1];
const MOBILE_PARTS: Readonly<Record<string, string>> = { conv_pw: "0.0", bn1: "0.1", conv_dw: "1.0", bn2: "1.1", conv_pwl: "2", bn3: "3" }; // prettier-ignore
/** The first block does not widen. */
const MOBILE_FIRST: Readonly<Record<string, string>> = { conv_dw: "0.0", bn1: "0.1", conv_pw: "1", bn2: "2" };

/** timm's MobileNetV2 → torchvision's. */
function timmMobileNet(name: string): string | null {
  const [part = "", ...rest] = name.split(".");
  const outer: Readonly<Record<string, string>> = { conv_stem: "0.0", bn1: "0.1", conv_head: "18.0", bn2: "18.1" };
  if (Object.hasOwn(outer, part)) return `0.${outer[part]}.${rest.join(".")}`;
  const block = /^blocks\.(\d)\.(\d)\.(\w+)\.(.*)$/.exec(name);
  if (!block) return null;
  const [, stage = "", index = "", layer = "", tail = ""] = block;
  const parts = stage === "0" ? MOBILE_FIRST : MOBILE_PARTS;
  if (!Object.hasOwn(parts, layer)) return null;
  const before = MOBILE_STAGES.slice(0, Number(stage)).reduce((sum, count) => sum + count, 0);
  return `0.${1 + before + Number(index)}.conv.${parts[layer]}.${tail}`;
}

/** Every layout; where two fit equally, the earlier one counts. */
export const LAYOUTS: readonly Layout[] = [
  behind("0."),
  resnet,
  features,
  behind("features."),
  timmMobileNet,
  behind("layers.0."),
  (name) => name,
];
