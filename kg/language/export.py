# mypy: allow-subclassing-any, no-warn-unused-ignores, no-warn-return-any
"""Exports a checkpoint for run time: ``python -m kg.language.export --checkpoint FILE --corpora DIR``.

The encoder's weights become int8 (dynamic quantisation), the small pair heads stay float.
"""

import argparse
import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from kg.language.checkpoints import build_network, find_base, find_lemmas, read_checkpoint
from kg.language.engine import OUTPUTS
from kg.language.network import SHARED_LAYERS, Network
from kg.language.provenance import describe_model

__all__ = ["export_model", "main"]

#: The commands that trained the bundled model; the first run ended with its minutes, so a faster machine takes more steps.
#: The first two read fewer items than the folder now holds (160 and 487), and the first knew no limits among the roles.
#: The fourth hid no words and ran in full precision. Fourth and sixth read fewer items (1,183 and 1,804), whose decision words
#: were chosen without the heads and weighed no more than roles, and their layers began as copies of the syntax's. The eighth
#: read 2,514. Each takes the heads as the one before left them; the head for who tells of a decision, which is new in the
#: tenth, began at random and kept nothing of that.
TRAINING_COMMANDS = (
    "python -m kg.language.train --corpora DIR --items DIR/items kg/language/items --epochs 5 --minutes 63 --out FIRST",
    (
        "python -m kg.language.train --corpora DIR --items DIR/items kg/language/items --epochs 1 --out SECOND "
        "--start FIRST/best.pt --rate 0.35 --share 0.45 --average 0.6"
    ),
    "python -m kg.training.standoff --corpora DIR --gold kg/language/published --out build/seen",
    "python -m kg.language.train_decisions --start SECOND/averaged.pt --items DIR/items kg/language/items build/seen --out THIRD",
    "python -m kg.language.export --corpora DIR --items DIR/items kg/language/items build/seen --checkpoint THIRD/forked.pt",
    "python -m kg.language.train_decisions --items DIR/items kg/language/items build/seen --seeds 1 2 --out FOURTH",
    "python -m kg.language.export --corpora DIR --items DIR/items kg/language/items build/seen --checkpoint FOURTH/forked.pt",
    "python -m kg.language.train_decisions --items DIR/items kg/language/items build/seen --seeds 1 2 --out FIFTH",
    "python -m kg.language.export --corpora DIR --items DIR/items kg/language/items build/seen --checkpoint FIFTH/forked.pt",
    (
        "python -m kg.language.train_decisions --start FIFTH/forked.pt --resume --keep 0.3 --items DIR/items kg/language/items "
        "build/seen --seeds 1 2 --out SIXTH"
    ),
    "python -m kg.language.export --corpora DIR --items DIR/items kg/language/items build/seen --checkpoint SIXTH/forked.pt",
    (
        "python -m kg.language.train_decisions --start SIXTH/forked.pt --resume --items DIR/items kg/language/items build/seen "
        "--seeds 1 2 --epochs 2 --out SEVENTH"
    ),
    # The run before was without va to vh of kg/language/items; build/newest has them, so that each is seen twice.
    (
        "python -m kg.language.train_decisions --start SEVENTH/forked.pt --resume --keep 0.3 --items DIR/items kg/language/items "
        "build/newest build/seen build/seen --seeds 1 2 --epochs 1 --out EIGHTH"
    ),
    "python -m kg.language.export --corpora DIR --items DIR/items kg/language/items build/seen --checkpoint EIGHTH/forked.pt",
)

#: Outputs that are label numbers, and outputs that are probabilities.
_NUMBERS = frozenset({"xpos", "upos", "feats"})
_PROBABILITIES = frozenset({"triggers", "statuses", "limits", "kinds", "effects"})


class Attention(torch.autograd.Function):
    """Multi-head attention on (1, piece, width), exported as ONNX Runtime's one operator for it."""

    @staticmethod
    def forward(ctx: Any, query: Tensor, key: Tensor, value: Tensor, heads: int) -> Tensor:
        """Computes the attention; ``ctx`` is PyTorch's and unused."""
        length, width = query.shape[1:]
        parts = [each.reshape(1, length, heads, width // heads).transpose(1, 2) for each in (query, key, value)]
        return nn.functional.scaled_dot_product_attention(*parts).transpose(1, 2).reshape(1, length, width)

    @staticmethod
    def symbolic(graph: Any, query: Any, key: Any, value: Any, heads: int) -> Any:
        """The operator's node."""
        return graph.op("com.microsoft::MultiHeadAttention", query, key, value, num_heads_i=heads).setType(query.type())


class PlainEncoder(nn.Module):
    """BERT's forward pass for one unpadded window, with one matrix product for query, key and value."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.embeddings, layers = network.encoder.embeddings, network.encoder.encoder.layer
        assert network.branch is not None, "only a forked network can be exported"
        self.shared, self.syntax, self.decisions = layers[:SHARED_LAYERS], layers[SHARED_LAYERS:], network.branch
        self.heads = network.encoder.config.num_attention_heads

    def forward(self, ids: Tensor, shapes: Tensor) -> tuple[Tensor, Tensor]:
        """States (piece, width) for the syntax and for the decisions."""
        parts, length = self.embeddings, ids.shape[1]
        states = parts.word_embeddings(ids) + parts.token_type_embeddings(shapes)
        states = parts.LayerNorm(states + parts.position_embeddings.weight[:length])[0]
        states = self.run_layers(self.shared, states)
        return self.run_layers(self.syntax, states), self.run_layers(self.decisions, states)

    def run_layers(self, layers: nn.ModuleList, states: Tensor) -> Tensor:
        """Transformer layers on (piece, width)."""
        for layer in layers:
            states = self.run_layer(layer, states)
        return states

    def run_layer(self, layer: nn.Module, states: Tensor) -> Tensor:
        """One transformer layer on (piece, width)."""
        attention, output = layer.attention.self, layer.attention.output
        linears = (attention.query, attention.key, attention.value)
        weight = torch.cat([linear.weight for linear in linears]).t()
        bias = torch.cat([linear.bias for linear in linears])
        query, key, value = (states @ weight + bias).unsqueeze(0).split(states.shape[-1], -1)
        context = Attention.apply(query, key, value, self.heads).squeeze(0)
        states = output.LayerNorm(output.dense(context) + states)
        inner = nn.functional.gelu(layer.intermediate.dense(states))
        return layer.output.LayerNorm(layer.output.dense(inner) + states)


class Exported(nn.Module):
    """The network as run: one window in, ``OUTPUTS`` out."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network, self.encoder = network, PlainEncoder(network)

    def forward(self, ids: Tensor, shapes: Tensor, first: Tensor) -> tuple[Tensor, ...]:
        syntax, decisions = (states[first].unsqueeze(0) for states in self.encoder(ids, shapes))
        scores = (*self.network.syntax(syntax), *self.network.score_branch(decisions), decisions)
        return tuple(_finish(name, score.squeeze(0)) for name, score in zip(OUTPUTS, scores, strict=True))


def _finish(name: str, scores: Tensor) -> Tensor:
    if name in _NUMBERS:
        return scores.argmax(-1)
    return torch.softmax(scores, -1) if name in _PROBABILITIES else scores


class ExportedRels(nn.Module):
    """Label scores of dependents under their governors."""

    def __init__(self, weight: Tensor) -> None:
        super().__init__()
        self.size = weight.shape[0]
        self.weight = nn.Parameter(weight.permute(1, 0, 2).reshape(weight.shape[1], -1))

    def forward(self, dependents: Tensor, governors: Tensor) -> Tensor:
        found = (dependents @ self.weight).reshape(-1, self.size, governors.shape[-1])
        return (found * governors.unsqueeze(1)).sum(-1)


def export_model(checkpoint: Path, folder: Path) -> None:
    """Writes ``encoder.onnx``, ``rels.onnx``, ``pairs.npz``, ``labels.json`` and ``tokenizer.json`` to ``folder``."""
    network, labels = build_network(read_checkpoint(checkpoint))
    network.eval()
    folder.mkdir(parents=True, exist_ok=True)
    labels.write(folder / "labels.json")
    shutil.copyfile(find_base() / "tokenizer.json", folder / "tokenizer.json")
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "encoder.onnx"
        _export_encoder(network, plain)
        quantize_dynamic(
            plain, folder / "encoder.onnx", weight_type=QuantType.QInt8, per_channel=True,
            op_types_to_quantize=["MatMul", "Gemm", "Gather"], nodes_to_exclude=_list_plain_nodes(plain),
        )  # fmt: skip
    rels = ExportedRels(network.syntax.rel_weight.data)
    width = network.syntax.rel_weight.shape[-1]
    torch.onnx.export(
        rels, (torch.ones(3, width), torch.ones(3, width)), str(folder / "rels.onnx"),
        input_names=["dependents", "governors"], output_names=["rels"], opset_version=17, dynamo=False,
        dynamic_axes={name: {0: "word"} for name in ("dependents", "governors", "rels")},
    )  # fmt: skip
    heads = network.decisions
    weights = {"roles": heads.role_weight, "belongs": heads.belong_weight, "tells": heads.tell_weight}
    np.savez(folder / "pairs.npz", **{name: weight.data.numpy() for name, weight in weights.items()})


def _export_encoder(network: Network, path: Path) -> None:
    axes: dict[str, dict[int, str]] = {"ids": {1: "piece"}, "shapes": {1: "piece"}, "first": {0: "word"}}
    axes |= {name: {0: "word"} for name in OUTPUTS}
    axes["arcs"][1] = "head"
    axes["governors"] = {0: "head"}
    example = (torch.ones(1, 12, dtype=torch.long), torch.zeros(1, 12, dtype=torch.long), torch.arange(1, 10))
    with torch.no_grad():
        torch.onnx.export(
            Exported(network), example, str(path), input_names=["ids", "shapes", "first"], output_names=list(OUTPUTS),
            dynamic_axes=axes, opset_version=17, dynamo=False, do_constant_folding=True, custom_opsets={"com.microsoft": 1},
        )  # fmt: skip


def _list_plain_nodes(path: Path) -> list[str]:
    """Nodes to keep in float: lookups other than the word vectors."""
    graph = onnx.load(path).graph
    large = {tensor.name for tensor in graph.initializer if tensor.dims and tensor.dims[0] > 10_000}
    return [node.name for node in graph.node if node.op_type == "Gather" and node.input[0] not in large]


def write_meta(checkpoint: Path, folder: Path, corpora: Path, items: list[Path]) -> None:
    """Writes ``meta.json``: licence, sources, the command that trained the model, and hashes of its data."""
    state = read_checkpoint(checkpoint)
    training: dict[str, Any] = {
        "commands": list(TRAINING_COMMANDS),
        "steps": state["step"],
        "whole epochs": state["epoch"],
        "decision steps": state.get("decision steps", 0),
    }
    meta = describe_model(corpora, items, training)
    (folder / "meta.json").write_text(json.dumps(meta, ensure_ascii=False, indent=2) + "\n", "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--items", type=Path, nargs="*", help="folders with texts/ and gold/ (default: CORPORA/items)")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "model")
    options = parser.parse_args()
    export_model(options.checkpoint, options.out)
    shutil.copyfile(find_lemmas(options.checkpoint), options.out / "lemmas.json.gz")
    write_meta(options.checkpoint, options.out, options.corpora, options.items or [options.corpora / "items"])


if __name__ == "__main__":
    main()
