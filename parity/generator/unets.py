"""fastai's DynamicUnet over torchvision's ResNets: names, outputs in eval mode, loss and gradients of a training step."""
import torch
import torchvision
from torch import nn
from torch.nn import functional as F
from torch.nn.utils import spectral_norm, weight_norm

from made import fill, summary, uniform
from networks import SigmoidRange

BATCH, BATCH_ZERO, WEIGHT, SPECTRAL = "Batch", "BatchZero", "Weight", "Spectral"


def conv_layer(ins, outs, ks=3, norm=BATCH, act=True, attention=False):
    batch = norm in (BATCH, BATCH_ZERO)
    conv = nn.Conv2d(ins, outs, ks, padding=ks // 2, bias=not batch)
    nn.init.kaiming_normal_(conv.weight)
    if norm in (WEIGHT, SPECTRAL):
        conv = (weight_norm if norm == WEIGHT else spectral_norm)(conv)
    layers = [conv] + ([nn.ReLU()] if act else []) + ([nn.BatchNorm2d(outs)] if batch else [])
    return nn.Sequential(*layers, *([SelfAttention(outs)] if attention else []))


class SelfAttention(nn.Module):
    """Every place attends to every place (Zhang et al. 2018), projections under spectral norm."""

    def __init__(self, width):
        super().__init__()
        self.query, self.key = self.project(width, width // 8), self.project(width, width // 8)
        self.value = self.project(width, width)
        self.gamma = nn.Parameter(torch.zeros(1))

    @staticmethod
    def project(ins, outs):
        conv = nn.Conv1d(ins, outs, 1, bias=False)
        nn.init.kaiming_normal_(conv.weight)
        return spectral_norm(conv)

    def forward(self, x):
        flat = x.flatten(2)
        q, k, v = self.query(flat), self.key(flat), self.value(flat)
        weights = torch.softmax(q.transpose(1, 2) @ k, dim=1)
        return (self.gamma * (v @ weights) + flat).view_as(x)


class PixelShuffle(nn.Module):
    def __init__(self, ins, outs, blur=False, norm=WEIGHT):
        super().__init__()
        self.conv = conv_layer(ins, 4 * outs, ks=1, norm=norm, act=False)
        # ICNR draws one filter in four; what a norm made of the weight is filled or kept, but the draw counts.
        nn.init.kaiming_normal_(torch.empty(ins, outs, 1, 1))
        self.shuf, self.blurred = nn.PixelShuffle(2), blur

    def forward(self, x):
        x = self.shuf(F.relu(self.conv(x)))
        return F.avg_pool2d(F.pad(x, (1, 0, 1, 0), mode="replicate"), 2, stride=1) if self.blurred else x


class Block(nn.Module):
    def __init__(self, below, skip, final_div, blur, attention, norms):
        super().__init__()
        self.shuf = PixelShuffle(below, below // 2, blur, **norms)
        self.bn = nn.BatchNorm2d(skip)
        ins = below // 2 + skip
        outs = ins if final_div else ins // 2
        self.conv1 = conv_layer(ins, outs, **norms)
        self.conv2 = conv_layer(outs, outs, attention=attention, **norms)

    def forward(self, x, skip):
        x = self.shuf(x)
        if x.shape[-2:] != skip.shape[-2:]:
            x = F.interpolate(x, skip.shape[-2:], mode="nearest")
        return self.conv2(self.conv1(F.relu(torch.cat([x, self.bn(skip)], 1))))


class ResBlock(nn.Module):
    def __init__(self, width, bottle, norms):
        super().__init__()
        inner, norm = width // 2 if bottle else width, norms.get("norm", BATCH)
        second = BATCH_ZERO if norm == BATCH else norm
        self.layers = nn.ModuleList([conv_layer(width, inner, norm=norm), conv_layer(inner, width, norm=second)])

    def forward(self, x):
        return x + self.layers[1](self.layers[0](x))


class Unet(nn.Module):
    """Layers stand in fastai's places, those without numbers as identities; forward knows what they do."""

    def __init__(self, encoder, classes, size, blur=False, blur_final=True, self_attention=False, y_range=None,
                 last_cross=True, bottle=False, norms=None):
        super().__init__()
        norms = norms or {}
        channels = encoder[0].in_channels
        shapes = self.shapes(encoder, self.dummy(channels, size))
        widths = [s[-1] for s in shapes]
        self.places = [i for i in range(len(widths) - 1) if widths[i] != widths[i + 1]][::-1]
        self.dummy(channels, size)
        ins = shapes[-1][1]
        middle = nn.Sequential(conv_layer(ins, 2 * ins, **norms), conv_layer(2 * ins, ins, **norms))
        layers, here = [encoder, nn.BatchNorm2d(ins), nn.ReLU(), middle], shapes[-1][-2:]
        self.blocks = range(4, 4 + len(self.places))
        for i, place in enumerate(self.places):
            last = i == len(self.places) - 1
            block = Block(ins, shapes[place][1], not last, blur and (not last or blur_final),
                          self_attention and i == len(self.places) - 3, norms)
            ins, here = block.conv2[0].out_channels, shapes[place][-2:]
            layers.append(block)
        if tuple(size) != tuple(shapes[0][-2:]):
            layers.append(PixelShuffle(ins, ins, **norms))
        PixelShuffle(ins, ins)
        self.resize = len(layers) if (2 * here[0], 2 * here[1]) != tuple(size) else None
        layers += [nn.Identity()] if self.resize else []
        self.cross = len(layers) if last_cross else None
        if last_cross:
            ins += channels
            layers += [nn.Identity(), ResBlock(ins, bottle, norms)]
        layers.append(conv_layer(ins, classes, ks=1, act=False, **norms))
        layers += [SigmoidRange(*y_range)] if y_range else []
        self.layers = nn.ModuleList(layers)

    @staticmethod
    def dummy(channels, size):
        return torch.empty(1, channels, *size).uniform_(-1.0, 1.0)

    @staticmethod
    @torch.no_grad()
    def shapes(encoder, x):
        found = []
        for part in encoder.eval():
            x = part(x)
            found.append(tuple(x.shape))
        return found

    def forward(self, picture):
        kept, x = {}, picture
        for i, part in enumerate(self.layers[0]):
            x = part(x)
            if i in self.places:
                # The ReLU after the first batch norm works in place.
                kept[i] = x
        for i, layer in enumerate(self.layers[1:], 1):
            if i in self.blocks:
                x = layer(x, kept[self.places[i - 4]])
            elif i == self.resize:
                x = F.interpolate(x, picture.shape[-2:], mode="nearest")
            else:
                x = torch.cat([x, picture], 1) if i == self.cross else layer(x)
        return x


def fill_unet(salt, model):
    """By the formula, but for weight_u and weight_v, which stay as they were drawn."""
    drawn = {k: v.clone() for k, v in model.state_dict().items() if k.endswith(("weight_u", "weight_v"))}
    fill(salt, model)
    model.load_state_dict(drawn, strict=False)
    return model


def named(model):
    return {k: list(v.shape) for k, v in model.state_dict().items() if not k.endswith("num_batches_tracked")}


def unets(salt, wanted, trained):
    """`wanted`: name → arch, classes, shape, stride, opts. Of `trained` names the training step too. Groups are the first's."""
    entries, tensors, groups = {}, {}, None
    for name, (arch, classes, shape, stride, opts) in wanted.items():
        torch.manual_seed(0)
        encoder = nn.Sequential(*list(getattr(torchvision.models, arch)().children())[:-2])
        norms = {"norm": opts["norm_type"]} if "norm_type" in opts else {}
        rest = {k: v for k, v in opts.items() if k != "norm_type"}
        model = fill_unet(salt, Unet(encoder, classes, shape[2:], norms=norms, **rest))
        x = uniform(salt, f"input:unet:{name}", shape)
        with torch.no_grad():
            y = model.eval()(x)
        tensors[f"unet.{name}.eval"] = y[:, :, ::stride, ::stride]
        printed = {k: f"NormType.{v}" if k == "norm_type" and v else str(v) for k, v in opts.items()}
        groups = groups or groups_of(model)
        entry = entries[f"unet.{name}"] = {
            "n_classes": classes, "input": {"name": f"input:unet:{name}", "shape": shape}, "eval_stride": stride,
            "size": shape[2:], "opts": printed, "out": list(y.shape), "eval": summary(y), "state": named(model),
        }
        if name not in trained:
            continue
        target = {"name": f"target:unet:{name}", "shape": [shape[0], *shape[2:]], "formula": "min(n_classes-1, floor((u+1)*n_classes/2))"}
        ids = ((uniform(salt, target["name"], target["shape"]) + 1) * classes / 2).floor().long().clamp(max=classes - 1)
        loss = F.cross_entropy(model.train()(x), ids)
        loss.backward()
        grads = {k: summary(p.grad) for k, p in model.named_parameters()}
        entry.update(target=target, train_loss=loss.item(), grads=grads)
    return entries, tensors, groups


def groups_of(model):
    """Layer groups of unet_learner: the encoder before and after its cut, and the rest."""
    names = {p: k for k, p in model.named_parameters()}
    encoder = list(model.layers[0])
    parts = [encoder[:6], encoder[6:], list(model.layers[1:])]
    return [[names[p] for m in modules for p in m.parameters()] for modules in parts]


def shuffle_alone(salt, ins, outs, size):
    model = fill(salt, PixelShuffle(ins, outs))
    x = uniform(salt, "pixelshuffle.x", [1, ins, *size])
    with torch.no_grad():
        y = model(x)
    return {"modules": str(model), "state": named(model)}, {"pixelshuffle.x": x, "pixelshuffle.y": y}
