"""Networks: torchvision's ResNets whole, and fastai's body and head."""
import torch
import torchvision
from torch import nn
from torch.nn import functional as F

from made import fill, summary, uniform


def resnets(salt, wanted):
    entries, tensors = {}, {}
    for arch, (classes, shape) in wanted.items():
        model = fill(salt, getattr(torchvision.models, arch)(num_classes=classes))
        name = f"input:{arch}"
        x = uniform(salt, name, shape)
        targets = [(3 + 4 * i) % classes for i in range(shape[0])]
        state = {k: list(v.shape) for k, v in model.state_dict().items() if not k.endswith("num_batches_tracked")}
        with torch.no_grad():
            tensors[f"{arch}.eval_logits"] = model.eval()(x)
        logits = model.train()(x)
        loss = F.cross_entropy(logits, torch.tensor(targets))
        loss.backward()
        tensors[f"{arch}.train_logits"] = logits
        entries[arch] = {
            "loss_train_mode": loss.item(),
            "targets": targets,
            "input": {"name": name, "shape": list(shape)},
            "grads": {k: summary(p.grad) for k, p in model.named_parameters()},
            "running_after": {k: summary(b) for k, b in model.named_buffers() if "running" in k},
            "state": state,
        }
    return entries, tensors


class AdaptiveConcatPool2d(nn.Module):
    def __init__(self):
        super().__init__()
        self.ap, self.mp = nn.AdaptiveAvgPool2d(1), nn.AdaptiveMaxPool2d(1)

    def forward(self, x):
        return torch.cat([self.mp(x), self.ap(x)], 1)


class Flatten(nn.Module):
    def forward(self, x):
        return x.flatten(1)


class SigmoidRange(nn.Module):
    def __init__(self, low, high):
        super().__init__()
        self.low, self.high = low, high

    def forward(self, x):
        return torch.sigmoid(x) * (self.high - self.low) + self.low


def create_head(features, n_out, lin, dropout):
    widths, layers = [2 * features, *lin, n_out], [AdaptiveConcatPool2d(), Flatten()]
    for i, (ins, outs) in enumerate(zip(widths, widths[1:])):
        last = i == len(widths) - 2
        p = dropout if last else dropout / 2
        layers += [nn.BatchNorm1d(ins), *([nn.Dropout(p)] if p else []), nn.Linear(ins, outs)]
        layers += [] if last else [nn.ReLU(inplace=True)]
    return layers


def learner_model(arch, n_out, y_range=None, lin=(512,), dropout=0.0):
    """create_body + create_head, cut after layer2 and before the head."""
    body = nn.Sequential(*list(getattr(torchvision.models, arch)().children())[:-2])
    features = [m for m in body.modules() if isinstance(m, nn.BatchNorm2d)][-1].num_features
    head = create_head(features, n_out, lin, dropout)
    if y_range:
        head.append(SigmoidRange(*y_range))
    model = nn.Sequential(body, nn.Sequential(*head))
    return model, [list(body.children())[:6], list(body.children())[6:], [model[1]]]


def networks(wanted):
    """vision_models.json of classifiers: the head's layers, names and shapes, layer groups."""
    entries = {}
    for arch, options in wanted.items():
        model, groups = learner_model(arch, **options)
        names = {p: k for k, p in model.named_parameters()}
        entries[f"head_{arch}"] = [str(layer) for layer in model[1]]
        entries[f"groups_{arch}"] = [[names[p] for m in modules for p in m.parameters()] for modules in groups]
        state = model.state_dict().items()
        entries[f"state_{arch}"] = {k: list(v.shape) for k, v in state if not k.endswith("num_batches_tracked")}
    return entries
