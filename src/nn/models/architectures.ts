// The architectures one can choose, each describing itself.
import type { ParamSpec } from "../../spec/params";
import type { Init } from "../init";
import { Sequential } from "../layers/sequential";
import type { Architecture } from "./architecture";
import type { Body } from "./body";
import { FEATURE_NETS } from "./featureNets";
import { resnetFeatures, resnetParts } from "./resnet";
import type { ResNetConfig } from "./resnet";

/** A ResNet's body. */
export function resnetBody(config: ResNetConfig, init: Init): Body {
  const parts = resnetParts(config, init).map(([, module]) => module);
  const module = new Sequential(parts);
  return { module, stages: module, features: resnetFeatures(config), splits: [6] };
}

type Shape = Pick<ResNetConfig, "block" | "blocks">;

/** The networks of torchvision by depth. */
export const RESNETS = {
  resnet18: { block: "BasicBlock", blocks: [2, 2, 2, 2] },
  resnet34: { block: "BasicBlock", blocks: [3, 4, 6, 3] },
  resnet50: { block: "Bottleneck", blocks: [3, 4, 6, 3] },
  resnet101: { block: "Bottleneck", blocks: [3, 4, 23, 3] },
  resnet152: { block: "Bottleneck", blocks: [3, 8, 36, 3] },
} as const satisfies Record<string, Shape>;

/** torchvision's configuration of one of them. */
export function resnetConfig(shape: Shape, channels: number): ResNetConfig {
  return { ...shape, width: 64, stem: { kernel: 7, stride: 2, pool: true }, channels };
}

function standard(id: keyof typeof RESNETS, label: string, help: string): Architecture {
  return {
    id,
    label,
    help,
    params: [],
    encoder: true,
    make: (_options, channels, init) => resnetBody(resnetConfig(RESNETS[id], channels), init),
  };
}

const miniParams: readonly ParamSpec[] = [
  {
    kind: "number",
    id: "width",
    label: "Width",
    help: "Channels after the first layer; each of the four stages doubles them. Twice the width is about four times the work.",
    default: 16,
    min: 8,
    max: 256,
    step: 8,
    integer: true,
  },
  {
    kind: "number",
    id: "depth",
    label: "Depth",
    help: "Residual blocks in each of the four stages. Width 64 and depth 2 is a ResNet-18 for small pictures.",
    default: 1,
    min: 1,
    max: 8,
    step: 1,
    integer: true,
  },
  {
    kind: "number",
    id: "stem",
    label: "First shrink",
    help: "By how much the first layer shrinks the picture before the stages do (1, 2 or 4). 1 sees the most detail, 4 is the fastest; take 1 or 2 up to 64 pixels.",
    default: 2,
    min: 1,
    max: 4,
    step: 1,
    integer: true,
    advanced: true,
  },
];

const resnetMini: Architecture = {
  id: "resnetMini",
  label: "ResNet mini",
  help: "A small residual network of free width and depth. Made for small pictures and for computers without a strong GPU.",
  params: miniParams,
  encoder: true,
  make(options, channels, init) {
    const [width, depth, shrink] = ["width", "depth", "stem"].map((id) => Number(options[id])) as [
      number,
      number,
      number,
    ];
    const stem = { kernel: 3, stride: shrink === 1 ? 1 : 2, pool: shrink > 2 };
    return resnetBody({ block: "BasicBlock", blocks: [depth, depth, depth, depth], width, stem, channels }, init);
  },
};

/** Every architecture, in the order of the menu. */
export const ARCHITECTURES: readonly Architecture[] = [
  resnetMini,
  standard(
    "resnet18",
    "ResNet-18",
    "11 million parameters. The fastest of the standard networks and a good first choice.",
  ),
  standard("resnet34", "ResNet-34", "21 million parameters. The lesson's usual choice: better than 18, still quick."),
  standard(
    "resnet50",
    "ResNet-50",
    "24 million parameters. The most accurate of the usual three; needs about twice the memory.",
  ),
  standard("resnet101", "ResNet-101", "43 million parameters. Slow; worth it only with much data and a strong GPU."),
  standard("resnet152", "ResNet-152", "58 million parameters. The slowest; needs a GPU with much memory."),
  ...FEATURE_NETS,
];
