#!/usr/bin/env python3
"""Holds this generator against numbers that fastai itself gave: /usr/bin/python3 parity/generator/check.py DIR

Reads a reference directory, makes its U-Nets, text models, transforms and fields again from the settings written there,
and exits with 1 where an output is off by more than float32 rounds.
"""
import ast
import json
import os
import struct
import sys

import numpy as np
import torch

import pictures
import series
import texts
from unets import unets

TYPES = {"F32": np.float32, "F64": np.float64, "I64": np.int64, "U8": np.uint8}


def read_safetensors(path):
    with open(path, "rb") as file:
        data = file.read()
    start = 8 + struct.unpack("<Q", data[:8])[0]
    part = lambda v: data[start + v["data_offsets"][0] : start + v["data_offsets"][1]]
    header = json.loads(data[8:start])
    header.pop("__metadata__", None)
    return {k: torch.from_numpy(np.frombuffer(part(v), TYPES[v["dtype"]]).reshape(v["shape"]).copy()) for k, v in header.items()}


def main(directory):
    load = lambda name: json.load(open(os.path.join(directory, name)))
    tensors = lambda name: read_safetensors(os.path.join(directory, name))
    salt, missed = load("meta.json")["salt"], []

    def compare(name, ours, theirs, limit=2e-5):
        off = (ours.double() - theirs.double()).abs().max().item() if ours.shape == theirs.shape else float("inf")
        print(f"{'ok  ' if off <= limit else 'MISS'} {name:32} {off:.1e}")
        missed.extend([name] if off > limit else [])

    def same(name, ours, theirs):
        print(f"{'ok  ' if ours == theirs else 'MISS'} {name}")
        missed.extend([] if ours == theirs else [name])

    vision, wanted = load("vision_models.json"), tensors("unet.safetensors")
    for key in (k for k in vision if k.startswith("unet.")):
        theirs, name = vision[key], key[5:]
        deep = "resnet50" if "layers.0.4.0.conv3.weight" in theirs["state"] else "resnet34" if "layers.0.4.2.conv1.weight" in theirs["state"] else "resnet18"
        opts = {k: v.split(".")[-1] if v.startswith("NormType") else ast.literal_eval(v) for k, v in theirs["opts"].items()}
        entries, made, _ = unets(salt, {name: (deep, theirs["n_classes"], theirs["input"]["shape"], theirs["eval_stride"], opts)}, [])
        compare(key, made[f"{key}.eval"], wanted[f"{key}.eval"])
        same(f"{key} names", list(entries[key]["state"].items()), list(theirs["state"].items()))

    text, wanted = load("text.json"), tensors("text.safetensors")
    # How ids are drawn is not part of the format; targets are.
    texts.ids_of = lambda _salt, name, shape, _cfg: wanted["lm.ids"] if name == "lm.ids" else wanted["clas.ids"][int(name.split(".")[-1]), -shape[0] :]
    entries, made = texts.language_model(salt, text["lm_cfg"], len(text["lm_loss_eval"]))
    lengths = (wanted["clas.ids"] != text["lm_cfg"]["pad_token"]).sum(1).tolist()
    rows = [shape[0] for name, shape in text["clas_state"].items() if name.startswith("1.") and len(shape) == 2]
    more, more_made = texts.classifier(salt, text["lm_cfg"], lengths, rows[-1], rows[:-1], text["clas_bptt"], text["clas_max_len"])
    for name in [name for name in wanted if name.split(".")[1] == "logits"]:
        compare(f"text {name}", {**made, **more_made}[name], wanted[name])
    for name in ("lm_state", "lm_fill", "lm_groups", "clas_state", "clas_repr"):
        same(f"text {name}", {**entries, **more}[name], text[name])
    lengths = lambda grads: torch.tensor([summary["l2"] for summary in grads.values()])
    compare("text lm_grads", lengths(entries["lm_grads"]), lengths(text["lm_grads"]))

    augment, wanted = load("augment.json"), tensors("augment.safetensors")
    for name, theirs in augment.items():
        if not isinstance(theirs, dict):
            continue
        kw = {k: v if k == "padding_mode" else ast.literal_eval(v) for k, v in theirs["kw"].items()}
        tfms = [(tfm["name"], tfm["resolved"]) for tfm in theirs["tfms"]]
        entry, made = pictures.entry_of(wanted["image"], wanted["mask"].float(), wanted["points_yx"], tfms, kw)
        same(f"augment {name}", entry, theirs)
        for kind, value in made.items():
            compare(f"augment {name}.{kind}", value, wanted[f"{name}.{kind}"])

    wanted = tensors("gaf.safetensors")
    means = next(name for name in wanted if name.startswith("paa"))
    series.uniform = lambda *_: wanted["series"].diff(prepend=torch.zeros(1, dtype=torch.float64))
    for name, value in series.fields(salt, len(wanted["series"]), len(wanted[means])).items():
        compare(f"series {name}", value, wanted[name])
    print(f"\n{len(missed)} missed")
    return 1 if missed else 0


if __name__ == "__main__":
    torch.set_num_threads(1)
    sys.exit(main(sys.argv[1]))
