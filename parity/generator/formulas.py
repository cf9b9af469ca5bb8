"""fastai's formulas: schedules, the smoothed loss, metrics, losses."""
import json
import math

import torch
from torch.nn import functional as F

from made import uniform


def cosine(start, end, pct):
    return end + (start - end) / 2 * (math.cos(math.pi * pct) + 1)


def one_cycle(n, lr_max, pct_start=0.3, div_factor=25.0, final_div=None, moms=(0.95, 0.85)):
    """Learning rates and momenta of n batches: the first begins the rise, each later one follows a step of a phase."""
    final_div = final_div or div_factor * 1e4
    rise = int(n * pct_start)
    phases = [(lr_max / div_factor, lr_max, *moms, max(1, rise)), (lr_max, lr_max / final_div, *moms[::-1], max(1, n - rise))]
    lrs, momenta, phase, done = [lr_max / div_factor], [moms[0]], 0, 0
    while len(lrs) < n:
        low, high, mom_low, mom_high, length = phases[phase]
        done += 1
        lrs.append(cosine(low, high, done / length))
        momenta.append(cosine(mom_low, mom_high, done / length))
        if done >= length:
            phase, done = phase + 1, 0
    return lrs, momenta


def even_mults(start, stop, n):
    return [start * (stop / start) ** (i / (n - 1)) for i in range(n)] if n > 1 else [stop]


def rates_of(lr, groups):
    if not isinstance(lr, dict):
        return [lr] * groups
    if lr["start"] is None:
        return [lr["stop"] / 10] * (groups - 1) + [lr["stop"]]
    return even_mults(lr["start"], lr["stop"], groups)


def cycles(wanted):
    entries = {}
    for options in wanted:
        lrs, momenta = one_cycle(**options)
        entries[json.dumps(options)] = {"lr": lrs, "mom": momenta}
    return entries


def smooth(salt, beta, n):
    losses = (2.5 + 0.5 * uniform(salt, "smooth", [n])).double().tolist()
    average, smoothed = 0.0, []
    for i, loss in enumerate(losses):
        average = beta * average + (1 - beta) * loss
        smoothed.append(average / (1 - beta ** (i + 1)))
    return {"beta": beta, "losses": losses, "smoothed": smoothed}


def confusion(predicted, targets, classes):
    cm = torch.zeros(classes, classes, dtype=torch.float64)
    for p, t in zip(predicted.tolist(), targets.tolist()):
        cm[t, p] += 1
    return cm


def averages(cm, average, beta):
    """fastai's precision, recall and F-beta of a confusion matrix [true, predicted]; F-beta is averaged over classes."""
    by_true, by_predicted, n = cm.sum(1) / cm.sum(), cm.sum(0) / cm.sum(), len(cm)
    weights = {"micro": by_predicted, "macro": torch.full((n,), 1 / n).double(), "weighted": by_true}[average]
    precision, recall = cm.diag() / cm.sum(0), cm.diag() / cm.sum(1)
    fbeta = (1 + beta**2) * precision * recall / (precision * beta**2 + recall + 1e-9)
    if average == "micro":
        fbeta = torch.full((n,), (cm.trace() / cm.sum()).item()).double()
    return {
        "Precision": (precision * weights).sum().item(),
        "Recall": (recall * (by_true if average == "micro" else weights)).sum().item(),
        "FBeta": (fbeta * weights).sum().item(),
    }


def kappa(cm, weights):
    expected = torch.outer(cm.sum(0), cm.sum(1)) / cm.sum()
    i = torch.arange(len(cm)).double()
    away = (i[:, None] - i[None, :]).abs()
    w = {None: (away > 0).double(), "linear": away, "quadratic": away**2}[weights]
    return (1 - (w * cm).sum() / (w * expected).sum()).item()


def matthews(cm):
    t, p, n = cm.sum(1), cm.sum(0), cm.sum()
    return ((cm.trace() * n - t @ p) / ((n**2 - p @ p) * (n**2 - t @ t)).sqrt()).item()


def multi_metrics(salt, thresholds, fbetas):
    probabilities, truth = torch.sigmoid(uniform(salt, "m.logits", [16, 17])), uniform(salt, "m.t", [16, 17]) > 0.3
    values = {}
    for thresh in thresholds:
        values[f"accuracy_thresh_{thresh}"] = ((probabilities > thresh) == truth).float().mean().item()
    for thresh, beta in fbetas:
        said = probabilities > thresh
        hits, eps, b2 = (said & truth).float().sum(1), 1e-9, beta**2
        precision, recall = hits / (said.float().sum(1) + eps), hits / (truth.float().sum(1) + eps)
        score = precision * recall / (precision * b2 + recall + eps) * (1 + b2)
        values[f"fbeta_{thresh}" + ("" if beta == 2 else f"_beta{beta}")] = score.mean().item()
    return values


def single_inputs(salt):
    return uniform(salt, "c.logits", [64, 7]), ((uniform(salt, "c.t", [64]) + 1) * 3.5).floor().long().clamp(max=6)


def single_metrics(salt, ks, scores):
    logits, targets = single_inputs(salt)
    predicted = logits.argmax(1)
    cm = confusion(predicted, targets, 7)
    right = (predicted == targets).float().mean().item()
    values = {"accuracy": right, "error_rate": 1 - right}
    for k in ks:
        values[f"top_k_{k}"] = (logits.topk(k).indices == targets[:, None]).any(1).float().mean().item()
    for name, options in scores:
        key = name + json.dumps(options)
        if name == "KappaScore":
            values[key] = kappa(cm, options.get("weights"))
        elif name == "MatthewsCorreff":
            values[key] = matthews(cm)
        elif name == "ConfusionMatrix":
            values[key] = cm.tolist()
        else:
            values[key] = averages(cm, options["average"], options.get("beta", 2))[name]
    return values


def seg_metrics(salt, camvid_void, foreground_void):
    logits = uniform(salt, "s.logits", [2, 5, 12, 10])
    targets = ((uniform(salt, "s.t", [2, 1, 12, 10]) + 1) * 2.5).floor().long()[:, 0]
    right = (logits.argmax(1) == targets).float()
    said, truth = logits[:, :2].argmax(1).flatten(1), (targets > 2).long().flatten(1)
    both, all_ = (said * truth).sum(1).float(), (said + truth).sum(1).float()
    return {
        f"acc_camvid_void{camvid_void}": right[targets != camvid_void].mean().item(),
        "dice_bin": (2 * both / all_).mean().item(),
        "iou_bin": (both / (all_ - both + 1e-8)).mean().item(),
        f"foreground_acc_void{foreground_void}": right[targets != foreground_void].mean().item(),
    }


def reg_metrics(salt):
    p, t = uniform(salt, "r.p", [32, 2]).flatten(), uniform(salt, "r.t", [32, 2]).flatten()
    return {
        "mse": F.mse_loss(p, t).item(),
        "rmse": F.mse_loss(p, t).sqrt().item(),
        "mae": (p - t).abs().mean().item(),
        "msle": F.mse_loss((1 + p).log(), (1 + t).log()).item(),
        "exp_rmspe": (((t.exp() - p.exp()) / t.exp()) ** 2).mean().sqrt().item(),
        "explained_variance": (1 - (t - p).var() / t.var()).item(),
        "r2": (1 - ((t - p) ** 2).sum() / ((t - t.mean()) ** 2).sum()).item(),
    }


def losses(salt, smoothing, ignored):
    logits, targets = single_inputs(salt)
    return {
        "ce": F.cross_entropy(logits, targets).item(),
        "ce_weighted": F.cross_entropy(logits, targets, torch.arange(1.0, 8.0)).item(),
        f"label_smoothing_{smoothing}": F.cross_entropy(logits, targets, label_smoothing=smoothing).item(),
        f"ce_ignore_{ignored}": F.cross_entropy(logits, targets, ignore_index=ignored).item(),
    }
