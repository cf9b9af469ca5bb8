// The architectures whose layers torchvision keeps in `features`: VGG, DenseNet, MobileNet, SqueezeNet, AlexNet.
import { byFanIn, kaimingUniform, type Init } from "../init";
import { Sequential } from "../layers/sequential";
import { ALEXNET, alexnetFeatures } from "./alexnet";
import type { Architecture } from "./architecture";
import { DENSENET121, densenetFeatures } from "./densenet";
import { mobilenetV2Features } from "./mobilenetV2";
import { SQUEEZENET_FEATURES, squeezenetFeatures } from "./squeezenet";
import { VGG16, vggFeatures } from "./vgg";

interface Features {
  readonly stages: Sequential;
  /** Channels that leave them. */
  readonly features: number;
}

/**
 * fastai's `create_body` leaves `features` as the body's only part. Its newer version also drops torchvision's pooling
 * to 7×7 or 6×6 after it, which only the old classifier needs; so do we.
 */
function entry(
  words: Pick<Architecture, "id" | "label" | "help">,
  splits: readonly number[],
  make: (channels: number, init: Init) => Features,
): Architecture {
  return {
    ...words,
    params: [],
    encoder: true,
    make(_options, channels, init) {
      const { stages, features } = make(channels, init);
      return { module: new Sequential([stages]), stages, features, splits };
    },
  };
}

export const FEATURE_NETS: readonly Architecture[] = [
  entry(
    {
      id: "mobilenet_v2",
      label: "MobileNetV2",
      help: "2.2 million parameters. Made for phones: little work for its accuracy, and quick on small GPUs.",
    },
    [10],
    (channels, init) => mobilenetV2Features(1, channels, init),
  ),
  entry(
    {
      id: "squeezenet1_1",
      label: "SqueezeNet 1.1",
      help: "0.7 million parameters. Very small and quick, without batch-norm; made to be started from pretrained weights.",
    },
    [5, 8],
    (channels, init) => ({ stages: squeezenetFeatures(channels, kaimingUniform(init)), features: SQUEEZENET_FEATURES }),
  ),
  entry(
    {
      id: "densenet121",
      label: "DenseNet-121",
      help: "7 million parameters. Accurate for its size, but it keeps many layers in memory.",
    },
    [7],
    (channels, init) => densenetFeatures(DENSENET121, channels, byFanIn(init)),
  ),
  entry(
    {
      id: "vgg16_bn",
      label: "VGG-16",
      help: "15 million parameters in plain convolutions. Four times the work of a ResNet-34; used where its features are.",
    },
    [22],
    (channels, init) => ({ stages: vggFeatures(VGG16, channels, init), features: 512 }),
  ),
  entry(
    {
      id: "alexnet",
      label: "AlexNet",
      help: "2.5 million parameters. The network of 2012, quick and coarse. Needs pictures of at least 63 pixels.",
    },
    [6],
    (channels, init) => ({ stages: alexnetFeatures(ALEXNET, channels, init), features: 256 }),
  ),
];
