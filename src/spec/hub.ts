// The catalogue of public encoders: the only thing that may be fetched from elsewhere, and only on a click.

export interface HubEntry {
  /** As the hub names it: owner/name. */
  readonly id: string;
  /** Commit of the hub's repository, so that what is fetched today is fetched next year too. */
  readonly revision: string;
  readonly arch: string;
  readonly label: string;
  readonly help: string;
  readonly licence: string;
  /** Parameters; the file takes four bytes for each. */
  readonly parameters: number;
  /** What its pictures were normalised by, as `data.normalize` calls it. */
  readonly normalize: string;
}

/** ImageNet classifiers under torchvision's or timm's names, as .safetensors. */
export const HUB_ENTRIES: readonly HubEntry[] = [
  {
    id: "timm/resnet18.tv_in1k",
    revision: "590dfdd48494d2316a8385e1ca7fbec3b9359b35",
    arch: "resnet18",
    label: "ResNet-18",
    help: "torchvision's first weights, trained on a million photographs of ImageNet.",
    licence: "BSD-3-Clause",
    parameters: 11_689_512,
    normalize: "imagenet",
  },
  {
    id: "timm/resnet34.tv_in1k",
    revision: "c983eba7f5e69bc3548a626d1b0b0b914e5de3a6",
    arch: "resnet34",
    label: "ResNet-34",
    help: "torchvision's first weights; what the lesson begins from.",
    licence: "BSD-3-Clause",
    parameters: 21_797_672,
    normalize: "imagenet",
  },
  {
    id: "timm/resnet50.tv_in1k",
    revision: "aa6c2d36d56bc0209040c02b5a7b7d7bf11d57b8",
    arch: "resnet50",
    label: "ResNet-50",
    help: "torchvision's first weights; the most accurate of the three.",
    licence: "BSD-3-Clause",
    parameters: 25_557_032,
    normalize: "imagenet",
  },
  {
    id: "timm/mobilenetv2_100.ra_in1k",
    revision: "f3ff81ba89de0bc46b546568ebeab2edef6b9d49",
    arch: "mobilenet_v2",
    label: "MobileNetV2",
    help: "timm's weights for a network that was made for phones.",
    licence: "Apache-2.0",
    parameters: 3_504_872,
    normalize: "imagenet",
  },
];

/** Where the file of an entry lies on the hub. */
export function hubPath(id: string): string {
  const revision = HUB_ENTRIES.find((entry) => entry.id === id)?.revision ?? "main";
  return `/${id}/resolve/${revision}/model.safetensors`;
}

/** What is kept of an entry on this computer. */
export interface HubState {
  readonly id: string;
  /** Bytes that are here; a cut off download goes on from them. */
  readonly kept: number;
  /** Null until the hub has told. */
  readonly total: number | null;
  readonly complete: boolean;
  /** SHA-256 of the whole file in hexadecimal, computed here. */
  readonly sha256: string | null;
}

export interface HubListing {
  /** The host that is asked, or null where this build asks nobody. */
  readonly host: string | null;
  readonly states: readonly HubState[];
}
