"""fastai's AWD-LSTM: a language model over batches with carried state, and a classifier of texts padded in front."""
import math

import torch
from torch import nn
from torch.nn import functional as F

from made import fill, summary, uniform

class Recurrent(nn.Module):
    """Embedding and LSTMs without dropout; the state goes on from batch to batch until it is reset."""

    def __init__(self, cfg):
        super().__init__()
        self.encoder = nn.Embedding(cfg["vocab"], cfg["emb_sz"], padding_idx=cfg["pad_token"])
        ends, directions = [0, cfg["n_layers"]], 2 if cfg["bidir"] else 1
        width = lambda i: cfg["emb_sz"] if i in ends else cfg["n_hid"]
        self.rnns = nn.ModuleList(
            nn.LSTM(width(i), width(i + 1) // directions, batch_first=True, bidirectional=cfg["bidir"])
            for i in range(cfg["n_layers"])
        )
        self.reset()

    def reset(self):
        self.states = [None] * len(self.rnns)

    def forward(self, ids):
        x, states = self.encoder(ids), []
        for rnn, state in zip(self.rnns, self.states):
            x, state = rnn(x, state)
            states.append(tuple(part.detach() for part in state))
        self.states = states
        return x


def salted(salt, cfg, model):
    """Every tensor uniform within 1 / sqrt(n_hid), by its plain name under `0.`."""
    for name, p in model.named_parameters():
        p.data.copy_(uniform(salt, f"0.{name}", list(p.shape)) / math.sqrt(cfg["n_hid"]))
    return model


def listed(model, inside):
    """fastai's names for these tensors, in its order, each with the plain name it is filled by."""
    names = [(f"0{inside}.encoder.weight", "encoder.weight"), (f"0{inside}.encoder_dp.emb.weight", "encoder_dp.emb.weight")]
    for i, rnn in enumerate(model.rnns):
        # Weight drop takes this one out of the LSTM and puts it back changed.
        names.append((f"0{inside}.rnns.{i}.weight_hh_l0_raw", f"rnns.{i}.weight_hh_l0"))
        names += [(f"0{inside}.rnns.{i}.module.{k}", f"rnns.{i}.{k}") for k, _ in rnn.named_parameters()]
    return names


def shapes(model, names):
    own = dict(model.named_parameters())
    return {k: list(own[plain.replace("encoder_dp.emb", "encoder")].shape) for k, plain in names}


def trained(model, names):
    """Those with a gradient: each tensor under the first of its names."""
    own, kept, seen = dict(model.named_parameters()), {}, set()
    for k, plain in names:
        if plain in own and plain not in seen:
            seen.add(plain)
            kept[k] = summary(own[plain].grad)
    return kept


def ids_of(salt, name, shape, cfg):
    """Ids above those of the special words."""
    first = min(9, cfg["vocab"] - 2)
    return ((uniform(salt, name, shape) + 1) / 2 * (cfg["vocab"] - first)).floor().long().clamp(max=cfg["vocab"] - first - 1) + first


def language_model(salt, cfg, batches=3, alpha=2.0, beta=1.0):
    model = salted(salt, cfg, Recurrent(cfg))
    bias = nn.Parameter(uniform(salt, "1.decoder.bias", [cfg["vocab"]]) / math.sqrt(cfg["n_hid"]))
    ids = ids_of(salt, "lm.ids", [cfg["bs"], batches * cfg["bptt"] + 1], cfg)
    tensors, evaluated, in_training, length = {"lm.ids": ids}, [], [], cfg["bptt"]
    batch = lambda k: (ids[:, k * length : (k + 1) * length], ids[:, k * length + 1 : (k + 1) * length + 1])
    decode = lambda hidden: hidden @ model.encoder.weight.T + bias
    for k in range(batches):
        with torch.no_grad():
            logits = decode(model(batch(k)[0]))
        tensors[f"lm.logits.{k}"] = logits
        evaluated.append(F.cross_entropy(logits.flatten(0, 1), batch(k)[1].flatten()).item())
    model.reset()
    for k in range(batches):
        model.zero_grad(set_to_none=True)
        bias.grad = None
        hidden = model(batch(k)[0])
        ce = F.cross_entropy(decode(hidden).flatten(0, 1), batch(k)[1].flatten())
        reg = alpha * hidden.pow(2).mean() + beta * (hidden[:, 1:] - hidden[:, :-1]).pow(2).mean()
        (ce + reg).backward()
        in_training.append({"ce": ce.item(), "reg": reg.item()})
    names = listed(model, "")
    state = {**shapes(model, names), "1.decoder.weight": [cfg["vocab"], cfg["emb_sz"]], "1.decoder.bias": [cfg["vocab"]]}
    grads = trained(model, names)
    raw = lambda i: [k for k in grads if k.startswith(f"0.rnns.{i}.")]
    entries = {
        "lm_state": state,
        "lm_fill": {k: f"0.{plain}" for k, plain in names} | {k: k for k in list(state)[-2:]},
        "lm_loss_eval": evaluated,
        "lm_grads": {**grads, "1.decoder.bias": summary(bias.grad)},
        "lm_loss_train": in_training,
        "lm_cfg": cfg,
        "lm_groups": [*(raw(i) for i in range(cfg["n_layers"])), ["0.encoder.weight", "1.decoder.bias"]],
    }
    return entries, tensors


def encode(model, ids, bptt, max_len, pad):
    """fastai's MultiBatchEncoder: chunk by chunk, the outputs of the last max_len kept."""
    model.reset()
    outputs, padding = [], []
    for start in range(0, ids.shape[1], bptt):
        chunk = ids[:, start : start + bptt]
        y = model(chunk)
        if start > ids.shape[1] - max_len:
            outputs.append(y)
            padding.append(chunk == pad)
    return torch.cat(outputs, 1), torch.cat(padding, 1)


def pooled(y, padding):
    lengths = y.shape[1] - padding.sum(1)
    mean = y.masked_fill(padding[:, :, None], 0).sum(1) / lengths[:, None].type_as(y)
    largest = y.masked_fill(padding[:, :, None], -float("inf")).amax(1)
    return torch.cat([y[:, -1], largest, mean], 1)


def classifier(salt, cfg, lengths, classes, hidden, bptt, max_len):
    model = salted(salt, cfg, Recurrent(cfg))
    widths, layers = [3 * cfg["emb_sz"], *hidden, classes], []
    for i, (ins, outs) in enumerate(zip(widths, widths[1:])):
        layers += [nn.BatchNorm1d(ins), nn.Linear(ins, outs)] + ([] if i == len(widths) - 2 else [nn.ReLU(inplace=True)])
    head = nn.ModuleDict({"1": nn.ModuleDict({"layers": nn.Sequential(*layers)})})
    fill(salt, head)
    layers = head["1"]["layers"]
    longest = max(lengths)
    ids = torch.full([len(lengths), longest], cfg["pad_token"])
    for row, length in enumerate(lengths):
        ids[row, longest - length :] = ids_of(salt, f"clas.ids.{row}", [length], cfg)
    with torch.no_grad():
        logits = layers.eval()(pooled(*encode(model, ids, bptt, max_len, cfg["pad_token"])))
    targets = [(5 * i + i // 2) % classes for i in range(len(lengths))]
    loss = F.cross_entropy(layers.train()(pooled(*encode(model, ids, bptt, max_len, cfg["pad_token"]))), torch.tensor(targets))
    loss.backward()
    names = listed(model, ".module")
    head_state = {k: list(v.shape) for k, v in head.state_dict().items()}
    head_grads = {k: summary(p.grad) for k, p in head.named_parameters()}
    entries = {
        "clas_repr": printed(cfg, model, layers),
        "clas_state": {**shapes(model, names), **head_state},
        "clas_train_loss": loss.item(),
        "clas_targets": targets,
        "clas_grads": {**trained(model, names), **head_grads},
        "clas_max_len": max_len,
        "clas_bptt": bptt,
    }
    return entries, {"clas.ids": ids, "clas.logits": logits}


def printed(cfg, model, layers):
    """As Python prints fastai's classifier."""
    indent = lambda text, by: text.replace("\n", "\n" + " " * by)
    table = str(model.encoder)
    drops = "".join(f"        ({i}): WeightDropout(\n          (module): {rnn}\n        )\n" for i, rnn in enumerate(model.rnns))
    between = "".join(f"        ({i}): RNNDropout()\n" for i in range(cfg["n_layers"]))
    return (
        "SequentialRNN(\n  (0): MultiBatchEncoder(\n    (module): AWD_LSTM(\n"
        f"      (encoder): {table}\n      (encoder_dp): EmbeddingDropout(\n        (emb): {table}\n      )\n"
        f"      (rnns): ModuleList(\n{drops}      )\n      (input_dp): RNNDropout()\n"
        f"      (hidden_dps): ModuleList(\n{between}      )\n    )\n  )\n"
        f"  (1): PoolingLinearClassifier(\n    (layers): {indent(str(layers), 4)}\n  )\n)"
    )
