"""The generator of the reference numbers, and fastai's U-Net and head, in plain PyTorch."""

import math

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.nn.utils import spectral_norm, weight_norm
from torchvision.models.resnet import BasicBlock


def uniform(name, shape):
    """Values in [-1, 1) of a name: FNV-1a seeds mulberry32."""
    seed = 0x811C9DC5
    for byte in name.encode():
        seed = ((seed ^ byte) * 0x01000193) & 0xFFFFFFFF
    mask = np.uint64(0xFFFFFFFF)
    size = int(np.prod(shape)) if len(shape) else 1
    step = (np.arange(1, size + 1, dtype=np.uint64) * np.uint64(0x6D2B79F5)) & mask
    a = (np.uint64(seed) + step) & mask
    t = ((a ^ (a >> np.uint64(15))) * (a | np.uint64(1))) & mask
    t = ((t + (((t ^ (t >> np.uint64(7))) * (t | np.uint64(61))) & mask)) & mask) ^ t
    r = t ^ (t >> np.uint64(14))
    return torch.from_numpy((r.astype(np.float64) / 2**31 - 1).astype(np.float32)).reshape(shape)


def fill(model):
    """Every tensor of the state from its own name and shape."""
    for name, value in model.state_dict().items():
        if name.endswith("num_batches_tracked"):
            value.zero_()
            continue
        u = uniform(name, list(value.shape))
        if name.endswith("running_mean"):
            u = 0.1 * u
        elif name.endswith("running_var"):
            u = 1 + 0.5 * u.abs()
        elif value.dim() == 1:
            u = 0.1 * u + (1 if name.endswith("weight") else 0)
        else:
            u = u * math.sqrt(3 / np.prod(value.shape[1:]))
        value.copy_(u)
    return model


def conv_layer(inputs, outputs, kernel=3, norm="batch", activation=True, attention=False):
    batch = norm in ("batch", "batchZero")
    conv = nn.Conv2d(inputs, outputs, kernel, bias=not batch, padding=(kernel - 1) // 2)
    conv = {"weight": weight_norm, "spectral": spectral_norm}.get(norm, lambda same: same)(conv)
    layers = [conv]
    if activation:
        layers.append(nn.ReLU(inplace=True))
    if batch:
        layers.append(nn.BatchNorm2d(outputs))
    if attention:
        layers.append(SelfAttention(outputs))
    return nn.Sequential(*layers)


class SelfAttention(nn.Module):
    def __init__(self, channels):
        super().__init__()
        one = lambda outputs: spectral_norm(nn.Conv1d(channels, outputs, 1, bias=False))
        self.query, self.key, self.value = one(channels // 8), one(channels // 8), one(channels)
        self.gamma = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        size = x.size()
        x = x.view(*size[:2], -1)
        f, g, h = self.query(x), self.key(x), self.value(x)
        beta = F.softmax(torch.bmm(f.permute(0, 2, 1), g), dim=1)
        return (self.gamma * torch.bmm(h, beta) + x).view(*size)


class PixelShuffle(nn.Module):
    def __init__(self, inputs, outputs, norm, blur=False):
        super().__init__()
        self.conv = conv_layer(inputs, 4 * outputs, 1, norm, activation=False)
        self.blur = blur

    def forward(self, x):
        x = F.pixel_shuffle(F.relu(self.conv(x)), 2)
        return F.avg_pool2d(F.pad(x, (1, 0, 1, 0), mode="replicate"), 2, stride=1) if self.blur else x


class Block(nn.Module):
    def __init__(self, inputs, skip, last, blur, attention, norm, shuffle):
        super().__init__()
        merged = inputs // 2 + skip
        self.outputs = merged // 2 if last else merged
        self.shuf = PixelShuffle(inputs, inputs // 2, shuffle, blur)
        self.bn = nn.BatchNorm2d(skip)
        self.conv1 = conv_layer(merged, self.outputs, norm=norm)
        self.conv2 = conv_layer(self.outputs, self.outputs, norm=norm, attention=attention)

    def forward(self, x, skip):
        x = self.shuf(x)
        if x.shape[-2:] != skip.shape[-2:]:
            x = F.interpolate(x, skip.shape[-2:], mode="nearest")
        return self.conv2(self.conv1(F.relu(torch.cat([x, self.bn(skip)], 1))))


class ResBlock(nn.Module):
    def __init__(self, channels, norm, bottle):
        super().__init__()
        inner = channels // 2 if bottle else channels
        self.layers = nn.ModuleList([conv_layer(channels, inner, norm=norm), conv_layer(inner, channels, norm=norm)])

    def forward(self, x):
        return self.layers[1](self.layers[0](x)) + x


class Unet(nn.Module):
    """fastai's DynamicUnet; `norm` as `DecoderNorm` of the studio."""

    def __init__(self, encoder, classes, size, norm="none", blur=False, blurFinal=True, selfAttention=False,
                 yRange=None, lastCross=True, bottle=False, detachSkips=False):  # fmt: skip
        super().__init__()
        shapes, x = [], torch.zeros(1, 3, *size)
        encoder.eval()
        for part in encoder:
            x = part(x)
            shapes.append(x.shape)
        self.places = [i for i in range(len(shapes) - 1) if shapes[i][-1] != shapes[i + 1][-1]][::-1]
        self.detach, self.range = detachSkips, yRange
        inner, shuffle = ("batch", "weight") if norm == "mixed" else (norm, norm)
        channels = shapes[-1][1]
        middle = [conv_layer(channels, 2 * channels, norm=inner), conv_layer(2 * channels, channels, norm=inner)]
        layers = [encoder, nn.BatchNorm2d(channels), nn.ReLU(), nn.Sequential(*middle)]
        for i, place in enumerate(self.places):
            last = i == len(self.places) - 1
            attention = selfAttention and i == len(self.places) - 3
            layers.append(
                Block(channels, shapes[place][1], last, blur and (not last or blurFinal), attention, inner, shuffle)
            )
            channels, end = layers[-1].outputs, shapes[place][-2:]
        self.shuffle = len(layers)
        layers.append(PixelShuffle(channels, channels, shuffle))
        if tuple(2 * side for side in end) != tuple(size):
            layers.append(nn.Identity())
        self.cross = len(layers) if lastCross else None
        if lastCross:
            channels += 3
            layers += [nn.Identity(), ResBlock(channels, inner, bottle)]
        layers.append(conv_layer(channels, classes, 1, inner, activation=False))
        self.layers = nn.ModuleList(layers)

    def forward(self, picture):
        x, kept = picture, {}
        for i, part in enumerate(self.layers[0]):
            x = part(x)
            kept[i] = x.detach() if self.detach else x
        x = self.layers[3](F.relu(self.layers[1](x)))
        for i, place in enumerate(self.places):
            x = self.layers[4 + i](x, kept[place])
        x = self.layers[self.shuffle](x)
        if x.shape[-2:] != picture.shape[-2:]:
            x = F.interpolate(x, picture.shape[-2:], mode="nearest")
        if self.cross is not None:
            x = self.layers[self.cross + 1](torch.cat([x, picture], 1))
        x = self.layers[-1](x)
        return x if self.range is None else torch.sigmoid(x) * (self.range[1] - self.range[0]) + self.range[0]


def mini_encoder(width, stride=2):
    """The studio's resnetMini of depth 1: a ResNet whose stem is one 3x3 convolution."""
    layers = [nn.Conv2d(3, width, 3, stride, 1, bias=False), nn.BatchNorm2d(width), nn.ReLU(inplace=True), nn.Identity()]
    inputs = width
    for i in range(4):
        outputs, step = width * 2**i, 1 if i == 0 else 2
        down = None
        if i > 0:
            down = nn.Sequential(nn.Conv2d(inputs, outputs, 1, step, bias=False), nn.BatchNorm2d(outputs))
        layers.append(nn.Sequential(BasicBlock(inputs, outputs, step, down)))
        inputs = outputs
    return nn.Sequential(*layers)


class Head(nn.Sequential):
    """fastai's create_head without dropout."""

    def __init__(self, features, classes, hidden, concat=True, first_bn=True, bn_final=False, y_range=None):
        wide = 2 * features if concat else features
        layers = [nn.Identity(), nn.Flatten(), *([nn.BatchNorm1d(wide)] if first_bn else []), nn.Linear(wide, hidden),
                  nn.ReLU(inplace=True), nn.BatchNorm1d(hidden), nn.Linear(hidden, classes)]  # fmt: skip
        if bn_final:
            layers.append(nn.BatchNorm1d(classes, momentum=0.01))
        super().__init__(*layers)
        self.concat, self.range = concat, y_range

    def forward(self, x):
        mean = F.adaptive_avg_pool2d(x, 1)
        x = super().forward(torch.cat([F.adaptive_max_pool2d(x, 1), mean], 1) if self.concat else mean)
        return x if self.range is None else torch.sigmoid(x) * (self.range[1] - self.range[0]) + self.range[0]


def groups_of(stages, splits, head):
    """How many parameters fastai's layer groups have."""
    parts = list(stages)
    bounds = [0, *splits, len(parts)]
    counts = [sum(len(list(part.parameters())) for part in parts[a:b]) for a, b in zip(bounds, bounds[1:])]
    return [*counts, len(list(head.parameters()))]
