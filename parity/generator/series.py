"""Gramian angular fields of a made series."""
import torch

from made import uniform


def fields(salt, length, size):
    series = uniform(salt, "series", [length]).cumsum(0).double()
    means = series.view(size, -1).mean(1)
    # The fields are those of the means, scaled to [-1, 1].
    x = (2 * means - means.max() - means.min()) / (means.max() - means.min())
    up = (1 - x**2).clamp(min=0).sqrt()
    return {
        "series": series,
        f"paa{size}": means,
        "gasf": torch.outer(x, x) - torch.outer(up, up),
        "gadf": torch.outer(up, x) - torch.outer(x, up),
    }
