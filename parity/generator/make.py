#!/usr/bin/env python3
"""Writes a reference directory of the suite's format with another salt, other sizes, classes and hyper-parameters.

Needs PyTorch and torchvision (Debian: apt-get install python3-torch python3-torchvision):
    /usr/bin/python3 parity/generator/make.py DIR [--salt SALT] [--seed N]
    npm run parity -- --reference DIR
fastai's own arithmetic (schedules, the learner's step, metrics, losses, U-Nets, texts, transforms) is written out here in
PyTorch and numpy, apart from ours, so that the two only agree when both are right.
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
from pictures import pictures
from runs import runs
from saved import saved
from series import fields
from texts import classifier, language_model
from unets import groups_of, shuffle_alone, unets


def unet_choices(draw):
    """name → arch, classes, shape, stride, options: the layer groups are those of the first."""
    classes = lambda: draw.randint(2, 30)
    return {
        "plain": ("resnet18", classes(), [2, 3, 64, 96], 2, {}),
        "odd": ("resnet34", classes(), [1, 3, draw.randrange(71, 99, 2), draw.randrange(70, 98, 3)], 3, {"blur": True, "blur_final": False}),
        "attention": ("resnet18", classes(), [2, 3, 64, 64], 3, {"self_attention": True, "y_range": (-0.5, 2.0)}),
        "weight": ("resnet18", classes(), [1, 3, 64, 64], 2, {"norm_type": "Weight", "bottle": True}),
        "spectral": ("resnet18", classes(), [1, 3, 64, 80], 2, {"norm_type": "Spectral", "blur": True}),
        "no_norm": ("resnet18", classes(), [1, 3, 64, 64], 2, {"norm_type": None}),
        # Over ResNet-50 the middle is a weight of 300 MB, more than a software GPU binds.
        "deep": ("resnet34", classes(), [1, 3, 64, 64], 4, {"last_cross": False, "norm_type": "Batch"}),
    }


def picture_choices(draw):
    """name → transforms with their values, fastai's keyword arguments."""
    part = lambda low, high: round(draw.uniform(low, high), 3)
    at = lambda: {"row_pct": part(0, 1), "col_pct": part(0, 1)}
    rotate = lambda: ("rotate", {"degrees": part(-90, 90)})
    zoom = lambda: ("zoom", {"scale": part(1, 2), **at()})
    warp = lambda: ("symmetric_warp", {"magnitude": part(-0.3, 0.3)})
    light = lambda: [("brightness", {"change": part(0.2, 0.8)}), ("contrast", {"scale": part(0.5, 2)})]
    wanted = {f"rotate_{mode}": ([rotate()], {"padding_mode": mode}) for mode in ("zeros", "border", "reflection")}
    wanted.update({f"dihedral_{k}": ([("dihedral", {"k": k})], {}) for k in (1, 2, 4, 7)})
    wanted.update({f"dihedral_affine_{k}": ([("dihedral_affine", {"k": k})], {}) for k in (1, 2, 5)})
    wanted.update({f"tilt_{k}": ([("tilt", {"direction": k, "magnitude": part(-0.3, 0.3)})], {}) for k in range(4)})
    wanted.update({f"skew_{k}": ([("skew", {"direction": k, "magnitude": part(-0.3, 0.3)})], {}) for k in range(8)})
    many = lambda: [("flip_lr", {}), rotate(), zoom(), ("squish", {"scale": part(0.6, 1.6), **at()}), warp(), *light()]
    wanted.update(
        zoom=([zoom()], {}),
        squish_wide=([("squish", {"scale": part(1.1, 1.5), **at()})], {}),
        flip_affine=([("flip_affine", {})], {}),
        light=(light(), {}),
        warp=([warp()], {}),
        perspective=([("perspective_warp", {"magnitude": [part(-0.2, 0.2) for _ in range(8)]})], {}),
        many=(many(), {}),
        many_small=(many(), {"size": 20}),
        many_wide=([*many(), ("crop_pad", at())], {"size": (20, 31), "resize_method": 1}),
        shrunk=([], {"size": (17, 22), "resize_method": 3}),
        cropped=([("crop_pad", at())], {"size": draw.randint(18, 45), "resize_method": 1}),
        padded=([("crop_pad", at())], {"size": (70, 80), "resize_method": 2, "padding_mode": draw.choice(["zeros", "border", "reflection"])}),
    )
    return wanted


def list_choices(draw):
    part = lambda low, high: round(draw.uniform(low, high), 2)
    return {
        "some": {"max_rotate": part(5, 40), "max_zoom": part(1.1, 1.6), "max_lighting": part(0.1, 0.4), "max_warp": part(0.1, 0.4), "p_affine": part(0.3, 0.9), "p_lighting": part(0.3, 0.9)},
        "upside_down": {"flip_vert": True, "max_warp": 0.0, "max_lighting": part(0.05, 0.3)},
        "still": {"do_flip": False, "max_zoom": 1.0, "max_rotate": part(5, 40)},
    }


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
    entries, tensors, groups = unets(salt, unet_choices(draw), ["plain", "attention"])
    shuffle, more = shuffle_alone(salt, 12, 6, (draw.randint(3, 9), draw.randint(3, 9)))
    groups = {"groups_unet18": groups}
    write("vision_models.json", {**networks(heads), **entries, **groups, "pixelshuffle_icnr": shuffle})
    write_safetensors(os.path.join(options.directory, "unet.safetensors"), {**tensors, **more})

    cfg = {"emb_sz": draw.randint(6, 20), "n_hid": draw.randint(12, 30), "n_layers": draw.choice([2, 4]), "pad_token": 1}
    cfg.update(bidir=False, vocab=draw.randint(40, 120), bs=draw.randint(2, 6), bptt=draw.randint(5, 12))
    texts, tensors = language_model(salt, cfg, batches=4)
    lengths = [draw.randint(20, 40), *(draw.randint(3, 30) for _ in range(5))]
    more, more_tensors = classifier(salt, cfg, lengths, draw.randint(2, 6), (draw.randint(4, 12), 5), draw.randint(5, 9), draw.randint(10, 25))
    write("text.json", {**texts, **more})
    write_safetensors(os.path.join(options.directory, "text.safetensors"), {**tensors, **more_tensors})

    entries, tensors = pictures(salt, (draw.randint(50, 70), draw.randint(50, 70)), picture_choices(draw), list_choices(draw))
    write("augment.json", entries)
    write_safetensors(os.path.join(options.directory, "augment.safetensors"), tensors)
    write_safetensors(os.path.join(options.directory, "gaf.safetensors"), fields(salt, 60, draw.choice([10, 12, 15, 20, 30])))
    saved(salt, os.path.join(options.directory, "pth"), draw.randint(3, 9))

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
        "distances": {**common, "loss_func": "L1Loss", "n_out": 2, "size": 48, "lr_arg": 4e-4, "cycle": {"pct_start": 0.5, "div_factor": 10.0, "moms": (0.9, 0.8)}},
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
