"""Made numbers: the generator, the filling of networks, summaries, and the writer of tensors."""
import json
import math
import struct

import numpy as np
import torch

MASK = 0xFFFFFFFF


def uniform(salt, name, shape):
    """Values of a name in [-1, 1): FNV-1a of salt + name seeds mulberry32."""
    seed = 0x811C9DC5
    for byte in (salt + name).encode():
        seed = ((seed ^ byte) * 0x01000193) & MASK
    n = int(np.prod(shape)) if len(shape) else 1
    with np.errstate(over="ignore"):
        i = np.arange(1, n + 1, dtype=np.uint32)
        a = np.uint32(seed) + i * np.uint32(0x6D2B79F5)
        t = (a ^ (a >> np.uint32(15))) * (a | np.uint32(1))
        t = (t + (t ^ (t >> np.uint32(7))) * (t | np.uint32(61))) ^ t
        r = t ^ (t >> np.uint32(14))
    return torch.from_numpy((r.astype(np.float64) / 2**31 - 1).astype(np.float32).reshape(shape))


def fill(salt, module):
    """The reference's weights by name and shape."""
    state = module.state_dict()
    for name, tensor in state.items():
        shape = tuple(tensor.shape)
        if name.endswith("num_batches_tracked"):
            tensor.zero_()
            continue
        u = uniform(salt, name, shape).double()
        if name.endswith("running_mean"):
            u = 0.1 * u
        elif name.endswith("running_var"):
            u = 1 + 0.5 * u.abs()
        elif len(shape) == 1:
            u = 0.1 * u + (1 if name.endswith("weight") else 0)
        else:
            u = u * math.sqrt(3 / np.prod(shape[1:]))
        tensor.copy_(u.float())
    return module


def summary(tensor):
    flat = tensor.detach().double().flatten()
    return {"mean": flat.mean().item(), "l2": flat.norm().item(), "first": flat[:4].tolist()}


def write_safetensors(path, tensors):
    header, offset, blobs = {}, 0, []
    for name, tensor in tensors.items():
        whole = tensor.dtype == torch.int64
        blob = (tensor if whole else tensor.detach().float()).contiguous().numpy().tobytes()
        header[name] = {"dtype": "I64" if whole else "F32", "shape": list(tensor.shape), "data_offsets": [offset, offset + len(blob)]}
        offset += len(blob)
        blobs.append(blob)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + b"".join(blobs))
