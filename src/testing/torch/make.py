#!/usr/bin/env python3
"""Writes what PyTorch computes for small formula-filled models: run it beside Debian's python3-torch and -torchvision.

    python3 src/testing/torch/make.py
"""

import json
import pathlib

import torch
import torch.nn as nn
import torch.nn.functional as F

from models import Head, Unet, fill, mini_encoder, uniform

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
    x = uniform(f"input:{name}", [2, 3, *size]).double()
    state = {key: list(value.shape) for key, value in model.state_dict().items() if "num_batches" not in key}
    model.eval()
    with torch.no_grad():
        evaluated = summary(model(x))
    model.train()
    loss = F.cross_entropy(model(x), targets)
    loss.backward()
    gradients = {key: summary(p.grad if p.grad is not None else torch.zeros_like(p)) for key, p in model.named_parameters()}
    buffers = {key: summary(value) for key, value in model.named_buffers() if "num_batches" not in key}
    return {"size": list(size), "state": state, "eval": evaluated, "loss": digits(loss.item()), "grads": gradients,
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


def write(name, value):
    (here / name).write_text(json.dumps(value, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    torch.use_deterministic_algorithms(True)
    write("unets.json", unets())
