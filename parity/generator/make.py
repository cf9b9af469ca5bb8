#!/usr/bin/env python3
"""Writes a reference directory of the suite's format with another salt, other sizes, classes and hyper-parameters.

Needs PyTorch and torchvision (Debian: apt-get install python3-torch python3-torchvision):
    /usr/bin/python3 parity/generator/make.py DIR [--salt SALT] [--seed N]
    npm run parity -- --reference DIR
fastai's own arithmetic (schedules, the learner's step, metrics, losses) is written out here in PyTorch and numpy, apart
from ours, so that the two only agree when both are right.
"""
import argparse
import json
import os
import random

import torch
import torchvision

from formulas import cycles, even_mults, losses, multi_metrics, rates_of, reg_metrics, seg_metrics, single_metrics, smooth
from made import write_safetensors
from networks import networks, resnets
from runs import runs


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory")
    parser.add_argument("--salt", default="another")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    salt, draw = options.salt, random.Random(options.seed)
    torch.set_num_threads(1)
    os.makedirs(options.directory, exist_ok=True)

    def write(name, content):
        with open(os.path.join(options.directory, name), "w") as file:
            json.dump(content, file)

    write("meta.json", {"salt": salt, "torch": torch.__version__, "torchvision": torchvision.__version__})
    size = lambda: draw.choice([48, 56, 72, 80])
    resnet_shapes = {
        "resnet18": (draw.randint(3, 40), [3, 3, size(), size()]),
        "resnet50": (draw.randint(3, 40), [2, 3, 64, 96]),
        "resnet101": (draw.randint(3, 40), [2, 3, 64, 64]),
    }
    entries, tensors = resnets(salt, resnet_shapes)
    write("resnet.json", entries)
    write_safetensors(os.path.join(options.directory, "resnet.safetensors"), tensors)

    heads = {
        "resnet18": {"n_out": draw.randint(2, 30), "lin": (draw.choice([128, 200]), 64), "dropout": 0.3},
        "resnet101": {"n_out": draw.randint(2, 30), "lin": (), "dropout": 0.25},
    }
    write("vision_models.json", networks(heads))

    share = lambda low, high: round(draw.uniform(low, high), 3)
    wanted_cycles = [
        {"n": draw.randint(30, 90), "lr_max": share(0.001, 0.1)},
        {"n": draw.randint(5, 40), "lr_max": share(0.001, 0.1), "pct_start": share(0.1, 0.9)},
        {"n": draw.randint(5, 40), "lr_max": share(0.001, 0.1), "moms": [share(0.8, 0.9), share(0.6, 0.7)], "div_factor": 7.0},
        {"n": 2, "lr_max": 0.01, "final_div": 40.0},
    ]
    rates = lambda: sorted(share(0.0001, 0.01) for _ in range(2))
    (a, b), n = rates(), draw.randint(2, 6)
    scores = [(name, {"average": kind}) for name in ("Precision", "Recall", "FBeta") for kind in ("macro", "micro", "weighted")]
    scores += [("FBeta", {"average": "macro", "beta": 1}), ("KappaScore", {}), ("KappaScore", {"weights": "quadratic"})]
    scores += [("KappaScore", {"weights": "linear"}), ("MatthewsCorreff", {}), ("ConfusionMatrix", {})]
    common = {"arch": "resnet18", "bs": 3, "n": 7, "epochs": 2}
    wanted_runs = {
        "classes": {**common, "loss_func": "CrossEntropyLoss", "n_out": draw.randint(3, 9), "size": 48, "lr_arg": {"start": None, "stop": share(0.001, 0.003)}, "clip": 0.2, "wd": share(0.02, 0.2)},
        "tags_frozen": {**common, "loss_func": "BCEWithLogitsLoss", "n_out": draw.randint(3, 9), "size": 56, "lr_arg": share(0.001, 0.003), "freeze": True},
        "angles": {**common, "bs": 4, "n": 9, "loss_func": "MSELoss", "n_out": draw.randint(1, 4), "size": 64, "lr_arg": {"start": 1e-5, "stop": 2e-4}, "y_range": [-0.7, 1.4]},
        "plain": {**common, "loss_func": "CrossEntropyLoss", "n_out": draw.randint(3, 9), "size": 64, "lr_arg": 3e-4, "opt": "sgd", "true_wd": False, "wd": share(0.02, 0.2)},
    }
    training = {
        "one_cycle": cycles(wanted_cycles),
        "lr_find_lrs": [1e-7 * (10 / 1e-7) ** (i / 100) for i in range(100)],
        "smooth": smooth(salt, share(0.7, 0.99), draw.randint(20, 90)),
        "even_mults": {f"slice({a},{b}),{n}": even_mults(a, b, n), f"slice({b}),{n}": rates_of({"start": None, "stop": b}, n)},
        "metrics": {
            "multi": multi_metrics(salt, [share(0.1, 0.6), 0.5], [(share(0.1, 0.6), 2), (0.4, 3)]),
            "single": single_metrics(salt, [2, 4], scores),
            "seg": seg_metrics(salt, draw.randint(0, 4), draw.randint(0, 4)),
            "reg": reg_metrics(salt),
        },
        "losses": losses(salt, share(0.05, 0.4), draw.randint(0, 6)),
        **runs(salt, wanted_runs),
    }
    write("training.json", training)


if __name__ == "__main__":
    main()
