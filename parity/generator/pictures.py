"""fastai's transforms of pictures, masks and points with fixed values, in PyTorch; the lists of get_transforms; scaling."""
import math

import torch
from torch.nn import functional as F

from made import uniform

CORNERS = [[-1, -1], [-1, 1], [1, -1], [1, 1]]
PAD_MODES = {"reflection": "reflect", "zeros": "constant", "border": "replicate"}


def affine(name, v):
    """3 × 3 matrix that takes places of the result to places of the picture."""
    if name == "rotate":
        a = math.radians(v["degrees"])
        return [[math.cos(a), -math.sin(a), 0], [math.sin(a), math.cos(a), 0], [0, 0, 1]]
    if name == "zoom":
        s = 1 / v["scale"]
        return [[s, 0, (1 - s) * (2 * v["col_pct"] - 1)], [0, s, (1 - s) * (2 * v["row_pct"] - 1)], [0, 0, 1]]
    if name == "squish":
        s = v["scale"]
        if s <= 1:
            return [[s, 0, (1 - s) * (2 * v["col_pct"] - 1)], [0, 1, 0], [0, 0, 1]]
        return [[1, 0, 0], [0, 1 / s, (1 - 1 / s) * (2 * v["row_pct"] - 1)], [0, 0, 1]]
    if name == "flip_affine":
        return [[-1, 0, 0], [0, 1, 0], [0, 0, 1]]
    if name == "dihedral_affine":
        x, y = -1 if v["k"] & 1 else 1, -1 if v["k"] & 2 else 1
        return [[0, x, 0], [y, 0, 0], [0, 0, 1]] if v["k"] & 4 else [[x, 0, 0], [0, y, 0], [0, 0, 1]]
    return None


def corners(name, v):
    """Where a coordinate function moves the four corners."""
    m = v.get("magnitude")
    if name == "symmetric_warp":
        return [[-1 - m, -1 - m], [-1 - m, 1 + m], [1 + m, -1 - m], [1 + m, 1 + m]]
    moved = [list(map(float, c)) for c in CORNERS]
    if name == "perspective_warp":
        return [[x + m[2 * i], y + m[2 * i + 1]] for i, (x, y) in enumerate(moved)]
    if name == "tilt":
        axis, ends = (1, (2, 3) if v["direction"] == 0 else (0, 1)) if v["direction"] < 2 else (0, (1, 3) if v["direction"] == 2 else (0, 2))
        for i in ends:
            moved[i][axis] += m * moved[i][axis]
        return moved
    if name == "skew":
        corner, axis = divmod(v["direction"], 2)
        moved[corner][axis] += m * moved[corner][axis]
        return moved
    return None


def perspective(flow, target):
    """The perspective that takes the moved corners to the picture's own."""
    rows, values = [], []
    for (x, y), (u, w) in zip(target, CORNERS):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -w * x, -w * y]]
        values += [u, w]
    solved = torch.linalg.solve(torch.tensor(rows, dtype=torch.float64), torch.tensor(values, dtype=torch.float64))
    matrix = torch.cat([solved, torch.ones(1).double()]).view(3, 3)
    moved = torch.cat([flow, torch.ones_like(flow[..., :1])], -1) @ matrix.T.float()
    return moved[..., :2] / moved[..., 2:]


def proportioned(m, size):
    m = torch.tensor(m, dtype=torch.float32)
    m[0, 1] *= size[0] / size[1]
    m[1, 0] *= size[1] / size[0]
    return m


def product(tfms):
    result = torch.eye(3)
    for name, v in tfms:
        m = affine(name, v)
        result = result if m is None else result @ torch.tensor(m, dtype=torch.float32)
    return result.tolist() if any(affine(name, v) for name, v in tfms) else None


def grid(size):
    y, x = torch.meshgrid(torch.linspace(-1, 1, size[0]), torch.linspace(-1, 1, size[1]), indexing="ij")
    return torch.stack([x, y], -1)


def sample(px, flow, mode, padding):
    if mode == "bilinear":
        reach, shrunk = 2 / (flow.max() - flow.min()).item(), min(px.shape[1] / flow.shape[0], px.shape[2] / flow.shape[1]) / 2
        # Where a picture shrinks to less than half, fastai averages areas first.
        if shrunk > 1 and shrunk > reach:
            px = F.interpolate(px[None], scale_factor=1 / shrunk, mode="area")[0]
    return F.grid_sample(px[None], flow[None], mode=mode, padding_mode=padding, align_corners=True)[0]


def crop_pad(px, size, v, padding):
    rows, cols = size
    down, right = max((rows - px.shape[1] + 1) // 2, 0), max((cols - px.shape[2] + 1) // 2, 0)
    if down or right:
        px = F.pad(px[None], (right, right, down, down), mode=PAD_MODES[padding])[0]
    share = lambda name: min(v.get(name, 0.5), 1 - 1e-7)
    row, col = int((px.shape[1] - rows + 1) * share("row_pct")), int((px.shape[2] - cols + 1) * share("col_pct"))
    return px[:, row : row + rows, col : col + cols]


def frame_of(shape, target, method):
    if target is None:
        return None
    if method == 3:
        return target
    ratio = (min if method == 1 else max)(shape[0] / target[0], shape[1] / target[1])
    return round(shape[0] / ratio), round(shape[1] / ratio)


def picture(px, tfms, target, method, padding, mask):
    """One picture (or mask) through the transforms in fastai's order: coordinates, affine, light, pixels, crop."""
    frame, mode = frame_of(px.shape[1:], target, method), "nearest" if mask else "bilinear"
    matrix, warps = product(tfms), [corners(name, v) for name, v in tfms if corners(name, v)]
    if warps or matrix or (frame and frame != tuple(px.shape[1:])):
        size = frame or tuple(px.shape[1:])
        flow = grid(size)
        for warp in warps:
            flow = perspective(flow, warp)
        if matrix:
            m = proportioned(matrix, size)
            flow = flow @ m[:2, :2].T + m[:2, 2]
        px = sample(px, flow, mode, padding)
    for name, v in tfms:
        if not mask and name in ("brightness", "contrast"):
            logit = torch.logit(px.clamp(1e-7, 1 - 1e-7))
            px = torch.sigmoid(logit + math.log(v["change"] / (1 - v["change"])) if name == "brightness" else logit * v["scale"])
    for name, v in tfms:
        if name == "flip_lr":
            px = px.flip(2)
        if name == "dihedral":
            px = px.flip([d for bit, d in ((1, 1), (2, 2)) if v["k"] & bit])
            px = px.transpose(1, 2) if v["k"] & 4 else px
    if target and method in (1, 2):
        px = crop_pad(px, target, dict(tfms).get("crop_pad", {}), padding)
    return px


def points(yx, size, tfms, target, method):
    """The same for points; none is left out. Warps written down with fixed values take them forward."""
    flow = yx.flip(1) * 2 / torch.tensor([size[1], size[0]]) - 1
    frame = frame_of(size, target, method) or size
    matrix = product(tfms)
    if matrix:
        m = proportioned(matrix, frame)
        flow = (flow - m[:2, 2]) @ torch.linalg.inv(m[:2, :2].T)
    for warp in [corners(name, v) for name, v in tfms if corners(name, v)][::-1]:
        flow = perspective(flow, warp)
    if any(name == "flip_lr" for name, _ in tfms):
        flow = flow * torch.tensor([-1.0, 1.0])
    if target and method in (1, 2):
        h, w = frame
        down, right = max((target[0] - h + 1) // 2, 0), max((target[1] - w + 1) // 2, 0)
        flow = flow * torch.tensor([w / (w + 2 * right), h / (h + 2 * down)])
        h, w, v = h + 2 * down, w + 2 * right, dict(tfms).get("crop_pad", {})
        row, col = (int((have - want + 1) * min(v.get(k, 0.5), 1 - 1e-7)) for have, want, k in ((h, target[0], "row_pct"), (w, target[1], "col_pct")))
        flow = (flow + 1) * torch.tensor([w / target[1], h / target[0]]) - torch.tensor([2 * col / target[1], 2 * row / target[0]]) - 1
    return flow.flip(1)


def entry_of(px, mask, yx, tfms, kw):
    """One entry: `tfms` as (name, values), `kw` as fastai's keyword arguments."""
    numbers = kw.get("size")
    target = tuple(numbers) if isinstance(numbers, tuple) else (numbers, numbers) if numbers else None
    method = kw.get("resize_method", 3 if isinstance(numbers, tuple) else 1)
    padding = kw.get("padding_mode", "reflection")
    ordered = sorted(tfms, key=lambda t: 4 if corners(*t) else 5)
    results = {
        "image": picture(px, ordered, target, method, padding, False),
        "mask": picture(mask, ordered, target, method, padding, True),
    }
    # fastai's dihedral knows no points.
    if not any(name == "dihedral" for name, _ in tfms):
        results["points_unit_yx"] = points(yx, tuple(px.shape[1:]), ordered, target, method)
    words = {k: v if k == "padding_mode" else str(v) for k, v in kw.items()}
    resolved = [{"name": name, "resolved": v} for name, v in tfms]
    return {"tfms": resolved, "kw": words, "out": list(results["image"].shape)}, results


def pictures(salt, size, wanted, lists):
    """`wanted`: name → (transforms, keyword arguments). A picture of made values smoothed by its neighbours."""
    rough = (uniform(salt, "image", [3, *size]) + 1) / 2
    image = F.avg_pool2d(F.pad(rough[None], (2, 2, 2, 2), mode="replicate"), 5, stride=1)[0].clamp(0, 1)
    mask = ((uniform(salt, "mask", [1, *(n // 4 + 1 for n in size)]) + 1) * 3).floor().repeat_interleave(4, 1).repeat_interleave(4, 2)[:, : size[0], : size[1]]
    yx = (uniform(salt, "points", [5, 2]) * 0.8 + 1) / 2 * torch.tensor([float(n) for n in size])
    entries, tensors = {}, {"image": image, "mask": mask, "points_yx": yx}
    for name, (tfms, kw) in wanted.items():
        entries[name], results = entry_of(image, mask, yx, tfms, kw)
        tensors.update({f"{name}.{kind}": value for kind, value in results.items()})
    entries.update({f"get_transforms_{name}": listed(**options) for name, options in lists.items()})
    mean, std = torch.tensor([0.485, 0.456, 0.406]), torch.tensor([0.229, 0.224, 0.225])
    x = (uniform(salt, "normalize.x", [2, 3, 5, 7]) + 1) / 2
    tensors.update({"normalize.x": x, "normalize.y": (x - mean[:, None, None]) / std[:, None, None]})
    entries["imagenet_stats"] = [[0.485, 0.456, 0.406], [0.229, 0.224, 0.225]]
    return entries, tensors


def listed(do_flip=True, flip_vert=False, max_rotate=10.0, max_zoom=1.1, max_lighting=0.2, max_warp=0.2, p_affine=0.75, p_lighting=0.75):
    """fastai's get_transforms, printed as Python prints it."""
    show = lambda kind, name, kwargs, p: (
        f"RandTransform(tfm={kind} ({name}), kwargs={kwargs}, p={p}, resolved={{}}, do_run=True, is_random=True, use_on_y=True)"
    )
    place, res = {"row_pct": (0, 1), "col_pct": (0, 1)}, []
    res.append(show("TfmCrop", "crop_pad", {**place, "padding_mode": "reflection"}, 1.0))
    if do_flip:
        res.append(show("TfmAffine", "dihedral_affine", {}, 1.0) if flip_vert else show("TfmPixel", "flip_lr", {}, 0.5))
    if max_warp:
        res.append(show("TfmCoord", "symmetric_warp", {"magnitude": (-max_warp, max_warp)}, p_affine))
    if max_rotate:
        res.append(show("TfmAffine", "rotate", {"degrees": (-max_rotate, max_rotate)}, p_affine))
    if max_zoom > 1:
        res.append(show("TfmAffine", "zoom", {"scale": (1.0, max_zoom), **place}, p_affine))
    if max_lighting:
        change = (0.5 * (1 - max_lighting), 0.5 * (1 + max_lighting))
        res.append(show("TfmLighting", "brightness", {"change": change}, p_lighting))
        res.append(show("TfmLighting", "contrast", {"scale": (1 - max_lighting, 1 / (1 - max_lighting))}, p_lighting))
    return [res, [show("TfmCrop", "crop_pad", {}, 1.0)]]
