"""Whole runs of fastai's Learner, written out: the optimizer's step by layer groups, freezing, epochs, validation."""
import math

import torch
from torch import nn
from torch.nn import functional as F

from formulas import one_cycle, rates_of
from made import fill, summary, uniform
from networks import learner_model

LOSSES = {"CrossEntropyLoss": F.cross_entropy, "BCEWithLogitsLoss": F.binary_cross_entropy_with_logits, "MSELoss": F.mse_loss, "L1Loss": F.l1_loss}


class Stepper:
    """fastai's OptimWrapper over PyTorch's rules, a list of parameters for each layer group."""

    def __init__(self, run, groups):
        self.run, self.groups, self.step, self.state = run, groups, 0, {}

    def apply(self, lrs, momentum):
        run, self.step = self.run, self.step + 1
        params = [p for group in self.groups for p in group if p.grad is not None]
        if run["clip"]:
            nn.utils.clip_grad_norm_(params, run["clip"])
        for group, lr in zip(self.groups, lrs):
            for p in group:
                if p.grad is None:
                    continue
                g = p.grad
                if run["true_wd"]:
                    p.data.mul_(1 - run["wd"] * lr)
                else:
                    g = g + run["wd"] * p.data
                self.move(p, g, lr, momentum)

    def move(self, p, g, lr, momentum, sqr_mom=0.99, eps=1e-8):
        state = self.state.setdefault(p, {})
        if self.run["opt"] == "sgd":
            v = state["v"] = g.clone() if "v" not in state else state["v"].mul_(momentum).add_(g)
            p.data.sub_(lr * v)
            return
        m = state["m"] = state.get("m", torch.zeros_like(p)).mul_(momentum).add_(g, alpha=1 - momentum)
        v = state["v"] = state.get("v", torch.zeros_like(p)).mul_(sqr_mom).addcmul_(g, g, value=1 - sqr_mom)
        size = lr / (1 - momentum**self.step)
        p.data.addcdiv_(m, v.sqrt().div_(math.sqrt(1 - sqr_mom**self.step)).add_(eps), value=-size)


def freeze_all_but_last(groups):
    for modules in groups[:-1]:
        for module in modules:
            for part in module.modules():
                norm = isinstance(part, (nn.BatchNorm1d, nn.BatchNorm2d))
                for p in part.parameters(recurse=False):
                    p.requires_grad_(norm)


def train(salt, run, cycle, dtype):
    model, groups = learner_model(run["arch"], run["n_out"], run["y_range"])
    fill(salt, model).to(dtype)
    x = uniform(salt, run["input"]["name"], run["input"]["shape"]).to(dtype)
    y = torch.tensor(run["targets"])
    if y.is_floating_point():
        y = y.to(dtype)
    if run["freeze"]:
        freeze_all_but_last(groups)
    owned = [[p for m in modules for p in m.parameters() if p.requires_grad] for modules in groups]
    loss_func = LOSSES[run["loss_func"]]
    n, bs = run["n"], run["bs"]
    steps = run["epochs"] * (n // bs)
    cycles = [one_cycle(steps, top, **cycle) for top in rates_of(run["lr_arg"], len(groups))]
    stepper = Stepper(run, owned)
    result = {"loss": [], "lr": [], "mom": [], "valid_loss": []}
    for step in range(steps):
        model.train()
        at = step % (n // bs) * bs
        loss = loss_func(model(x[at : at + bs]), y[at : at + bs])
        model.zero_grad(set_to_none=True)
        loss.backward()
        lrs, momentum = [cycle[0][step] for cycle in cycles], cycles[0][1][step]
        stepper.apply(lrs, momentum)
        result["loss"].append(loss.item())
        result["lr"].append(lrs)
        result["mom"].append(momentum)
        if (step + 1) % (n // bs) == 0:
            with torch.no_grad():
                result["valid_loss"].append(loss_func(model.eval()(x), y).item())
    state = model.state_dict()
    result["params"] = {k: summary(v) for k, v in state.items() if not k.endswith("num_batches_tracked")}
    return result


def runs(salt, wanted):
    entries = {}
    for name, options in wanted.items():
        run = {"freeze": False, "wd": 0.01, "true_wd": True, "clip": None, "opt": "adam", "y_range": None, **options}
        shape = [run["n"], 3, run["size"], run["size"]]
        run["input"] = {"name": f"input:{name}", "shape": shape}
        draw = uniform(salt, f"target:{name}", [run["n"], run["n_out"]])
        if run["loss_func"] == "CrossEntropyLoss":
            run["targets"] = (((draw[:, 0] + 1) * run["n_out"] / 2).floor().long().clamp(max=run["n_out"] - 1)).tolist()
        elif run["loss_func"] == "BCEWithLogitsLoss":
            run["targets"] = (draw > 0.2).float().tolist()
        else:
            run["targets"] = draw.tolist()
        # The file does not name the cycle: its rates and momenta show it.
        cycle = run.pop("cycle", {})
        f32, f64 = train(salt, run, cycle, torch.float32), train(salt, run, cycle, torch.float64)
        entries[f"train:{name}"] = {**run, **f32, "float64": {k: f64[k] for k in ("loss", "valid_loss", "params")}}
    return entries
