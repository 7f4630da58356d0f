"""The bundled model as a checkpoint; needs the extra ``train``."""

from pathlib import Path

import pytest

pytest.importorskip("torch")
pytest.importorskip("onnx")

from kg.language import checkpoints, export
from kg.language.loader import MODEL_FOLDER

FILES = ("encoder.onnx", "rels.onnx", "pairs.npz", "labels.json", "tokenizer.json")


@pytest.mark.model
def test_an_exported_model_restored_and_exported_again_is_the_same(tmp_path: Path) -> None:
    export.export_model(MODEL_FOLDER, tmp_path)
    assert [name for name in FILES if (tmp_path / name).read_bytes() != (MODEL_FOLDER / name).read_bytes()] == []


def test_the_average_of_runs_lies_between_them() -> None:
    import torch

    one = {"weight": torch.tensor([0.0, 2.0]), "count": torch.tensor(3)}
    other = {"weight": torch.tensor([1.0, 4.0]), "count": torch.tensor(5)}
    mean = checkpoints.average_weights([one, other])
    assert mean["weight"].tolist() == [0.5, 3.0]
    assert mean["count"].item() == 3
    assert checkpoints.average_weights([one, other], [0.75, 0.25])["weight"].tolist() == [0.25, 2.5]


@pytest.mark.model
def test_forked_layers_begin_midway_between_the_encoder_and_the_base() -> None:
    from transformers import AutoModel

    from kg.language.network import SHARED_LAYERS

    network, _ = checkpoints.build_network(checkpoints.read_checkpoint(MODEL_FOLDER))
    network.fork(checkpoints.find_base())
    base = AutoModel.from_pretrained(str(checkpoints.find_base()), add_pooling_layer=False).encoder.layer
    for own, learned, first in zip(
        network.branch, network.encoder.encoder.layer[SHARED_LAYERS:], base[SHARED_LAYERS:], strict=True
    ):
        name = "output.dense.weight"
        middle = (learned.get_parameter(name) + first.get_parameter(name)) / 2
        assert own.get_parameter(name).sub(middle).abs().max() < 1e-6
