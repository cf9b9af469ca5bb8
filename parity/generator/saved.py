"""What torch.save leaves behind: whole, cut off, and asking for code."""
import os
import pickle

import torch

from made import uniform, write_safetensors


class Asks:
    """A pickle that would call a function when it is opened."""

    def __reduce__(self):
        return (print, ("opened",))


def saved(salt, folder, width):
    os.makedirs(folder, exist_ok=True)
    base = uniform(salt, "pth.base", [width, 6])
    state = {
        "a.weight": base,
        "a.view": base[1:, ::2],
        "a.turned": base.T,
        "b.half": uniform(salt, "pth.half", [width]).half(),
        "b.brain": uniform(salt, "pth.brain", [3, width]).bfloat16(),
        "b.double": uniform(salt, "pth.double", [2, 2]).double(),
        "c.count": torch.tensor(salt.__len__() + 7),
        "c.ids": torch.arange(width),
    }
    path = lambda name: os.path.join(folder, name)
    torch.save(state, path("plain_zip.pth"))
    torch.save(state, path("plain_legacy.pth"), _use_new_zipfile_serialization=False)
    torch.save({"module." + k: v for k, v in state.items()}, path("parallel_zip.pth"))
    torch.save({"model": state, "opt": {"state": {}, "param_groups": [{"lr": 0.1}]}}, path("learner_zip.pth"))
    torch.save({"state": Asks(), **state}, path("evil_zip.pth"))
    with open(path("evil_plain.pkl"), "wb") as file:
        pickle.dump(Asks(), file)
    for name in ("plain_zip.pth", "plain_legacy.pth"):
        with open(path(name), "rb") as whole, open(path("truncated_" + name), "wb") as part:
            content = whole.read()
            part.write(content[: len(content) * 3 // 5])
    wide = {k: v.float() if v.is_floating_point() else v for k, v in state.items()}
    write_safetensors(path("expected.safetensors"), wide)
