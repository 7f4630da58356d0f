"""Loading: clear errors for what is missing or broken."""

import shutil

import pytest
import spacy
from spacy.tokens import Doc

from kg.errors import ModelError
from kg.language import decision_scores, load
from kg.language.component import MODEL_FILES
from kg.language.loader import MODEL_FOLDER


def test_an_unknown_pipeline_is_named_with_what_is_installed():
    with pytest.raises(ModelError, match=r"'xx_no_such_model'.*installed pipelines"):
        load("xx_no_such_model")


def test_a_pipeline_folder_is_loaded(tmp_path):
    spacy.blank("en").to_disk(tmp_path / "blank")
    assert load(str(tmp_path / "blank")).pipe_names == []


def test_a_folder_without_its_files_is_refused(tmp_path):
    (tmp_path / "encoder.onnx").write_bytes(b"")
    with pytest.raises(ModelError, match=r"lacks rels\.onnx"):
        load(str(tmp_path))


@pytest.mark.model
@pytest.mark.parametrize("name", [name for name in MODEL_FILES if name != "meta.json"])
def test_a_broken_file_is_refused(tmp_path, name):
    for file in MODEL_FILES:
        shutil.copy(MODEL_FOLDER / file, tmp_path / file)
    (tmp_path / name).write_bytes(b"\x00 no model \x00")
    with pytest.raises(ModelError, match="cannot be read"):
        load(str(tmp_path))


def test_other_pipelines_have_no_decision_scores():
    assert decision_scores(Doc(spacy.blank("en").vocab, words=["Yes"])) is None
