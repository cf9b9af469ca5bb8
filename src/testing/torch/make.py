#!/usr/bin/env python3
"""Writes what PyTorch computes for small formula-filled models: run it beside Debian's python3-torch and -torchvision.

    python3 src/testing/torch/make.py
"""

import json
import pathlib

import torch
import torch.nn as nn
import torch.nn.functional as F
import torchvision.models as tv

from models import Head, Unet, fill, groups_of, mini_encoder, uniform

here = pathlib.Path(__file__).parent
digits = lambda x: float(f"{x:.7g}")


def summary(tensor):
    """[mean, length, first, last]"""
    t = tensor.detach().double().flatten()
    return [digits(x) for x in (t.mean().item(), t.norm().item(), t[0].item(), t[-1].item())]


def measure(model, name, size, targets):
    """Evaluation, then one training step forward and back."""
    # Double precision, so that the numbers are what is meant and not one machine's rounding of it.
    fill(model).double()
    x = uniform(f"input:{name}", [len(targets), 3, *size]).double()
    state = {key: list(value.shape) for key, value in model.state_dict().items() if "num_batches" not in key}
    model.eval()
    with torch.no_grad():
        evaluated = summary(model(x))
    model.train()
    loss = F.cross_entropy(model(x), targets)
    loss.backward()
    gradients = {key: summary(p.grad if p.grad is not None else torch.zeros_like(p)) for key, p in model.named_parameters()}
    buffers = {key: summary(value) for key, value in model.named_buffers() if "num_batches" not in key}
    return {"shape": list(x.shape), "state": state, "eval": evaluated, "loss": digits(loss.item()), "grads": gradients,
            "after": buffers}  # fmt: skip


UNETS = {
    "plain": ((32, 32), {}),
    "batch": ((32, 32), {"norm": "batch", "bottle": True}),
    "mixed": ((32, 24), {"norm": "mixed", "blur": True, "blurFinal": False}),
    "weight": ((32, 32), {"norm": "weight", "blur": True, "yRange": [-1, 2]}),
    "spectral": ((32, 32), {"norm": "spectral", "selfAttention": True}),
    "odd": ((45, 61), {"lastCross": False}),
    "detached": ((32, 32), {"detachSkips": True}),
}


def unets():
    result = {}
    for name, (size, options) in UNETS.items():
        torch.manual_seed(0)
        model = Unet(mini_encoder(8), 5, size, **options)
        u = uniform(f"target:{name}", [2, *size])
        targets = ((u + 1) * 5 / 2).floor().clamp(max=4).long()
        result[name] = {"options": options, **measure(model, name, size, targets)}
    return result


def alexnet(a, b, c, d, e):
    """torchvision's `features` in other widths."""
    features = tv.alexnet().features
    widths = {0: (3, a), 3: (a, b), 6: (b, c), 8: (c, d), 10: (d, e)}
    for i, (inputs, outputs) in widths.items():
        old = features[i]
        features[i] = nn.Conv2d(inputs, outputs, old.kernel_size, old.stride, old.padding)
    return features, e


def small_nets():
    """The same code as the large networks, narrow: features, their channels, layer splits, picture size."""
    plan = [8, "M", 16, 16, "M", 24, "M"]
    vgg = tv.vgg.make_layers(plan, batch_norm=True)
    dense = tv.DenseNet(growth_rate=4, block_config=(2, 3, 2, 2), num_init_features=8, bn_size=2).features
    return {
        "squeezenet1_1": (tv.squeezenet1_1().features, 512, [5, 8], (48, 53)),
        "vgg": (vgg, 24, [4], (32, 27)),
        "densenet": (dense, dense.norm5.num_features, [7], (80, 91)),
        "mobilenet_v2": (tv.mobilenet_v2(width_mult=0.25).features, 1280, [10], (96, 96)),
        "alexnet": (*alexnet(8, 24, 48, 32, 32), [6], (95, 111)),
    }


def classifiers():
    result = {}
    for name, (features, channels, splits, size) in small_nets().items():
        head = Head(channels, 5, 16, bn_final=name == "vgg", concat=name != "densenet",
                    first_bn=name != "squeezenet1_1", y_range=[-2, 2] if name == "alexnet" else None)  # fmt: skip
        model = nn.Sequential(nn.Sequential(features), head)
        result[name] = {"groups": groups_of(features, splits, head), **measure(model, name, size, torch.tensor([3, 1, 0, 4, 2, 1]))}
    return result


def hashed(lines):
    """FNV-1a of the lines."""
    value = 0x811C9DC5
    for byte in "\n".join(lines).encode():
        value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    return value


def full_size():
    """Names and shapes of the large networks as one number, parameters, layer groups."""
    result = {}
    splits = {"squeezenet1_1": [5, 8], "vgg16_bn": [22], "densenet121": [7], "mobilenet_v2": [10], "alexnet": [6]}
    for name, split in splits.items():
        features = getattr(tv, name)().features
        state = nn.Sequential(nn.Sequential(features)).state_dict()
        lines = [f"{key} {','.join(map(str, value.shape))}" for key, value in state.items()]
        count = sum(p.numel() for p in features.parameters())
        result[name] = {"names": hashed(lines), "parameters": count, "groups": groups_of(features, split, nn.ReLU())[:-1]}
    return result


def write(name, value):
    (here / name).write_text(json.dumps(value, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    torch.manual_seed(0)
    write("unets.json", unets())
    write("classifiers.json", classifiers())
    write("fullSize.json", full_size())
