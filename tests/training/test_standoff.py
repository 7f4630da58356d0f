"""Annotation by offsets gives the gold back once the texts are there."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.training.gold import read_gold
from kg.training.standoff import join_article, read_texts

TREEBANK = """# newdoc id = harbour-1
# newpar
# sent_id = 1
# text = Oslo bans ferries
1\tOslo\tOslo\tPROPN\tNNP\t_\t2\tnsubj\t_\t_

# newpar
# sent_id = 2
# text = The council has banned ferries from its harbour.
1\tThe\tthe\tDET\tDT\t_\t2\tdet\t_\t_

# sent_id = 3
# text = They may use the pier.
1\tThey\tthey\tPRON\tPRP\t_\t2\tnsubj\t_\t_

"""
TEXT = "Oslo bans ferries\n\nThe council has banned ferries from its harbour. They may use the pier.\n"
LIMIT = {"kind": "spatial", "effect": "only", "text": [[50, 58]], "quote": [45, 66]}
ACT = {
    "id": "D1",
    "type": "prohibit",
    "status": "made",
    "actor": [[0, 4], [23, 30]],
    "recipient": [[42, 49]],
    "action": [[31, 49]],
}
ACT |= {"mentions": [[0, 17], [19, 66]], "constraints": [LIMIT], "sources": [[[0, 4]]]}
STANDOFF = {"article": "a", "document": "harbour-1", "decisions": [ACT]}


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    (tmp_path / "ud" / "x").mkdir(parents=True)
    (tmp_path / "ud" / "x" / "train.conllu").write_text(TREEBANK, "utf-8")
    folder = tmp_path / "ner" / "re3d" / "Y"
    folder.mkdir(parents=True)
    row = {"_id": "F00", "title": "Ports reopen", "text": "All ports are open.\n\n So is the pier."}
    (folder / "documents.json").write_text(json.dumps(row) + "\n", "utf-8")
    return tmp_path


def test_texts_are_laid_out_in_paragraphs(corpora: Path) -> None:
    assert dict(read_texts(corpora)) == {
        "harbour-1": TEXT,
        "F00": "Ports reopen\n\nAll ports are open.\n\nSo is the pier.\n",
    }


def test_the_command_writes_what_the_trainers_read(corpora: Path, tmp_path: Path) -> None:
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "a.json").write_text(json.dumps(STANDOFF), "utf-8")
    command = [sys.executable, "-m", "kg.training.standoff", "--corpora", corpora, "--gold", tmp_path / "gold"]
    subprocess.run([*command, "--out", tmp_path / "out"], check=True, capture_output=True)
    (article,) = read_gold([tmp_path / "out"])
    (decision,) = article.decisions
    assert article.text == TEXT
    assert decision.actors == ("Oslo", "council")
    assert decision.limits[0].texts == ("from its",)
    assert [TEXT[slice(*place)] for place in decision.places] == ["Oslo bans ferries", TEXT[19:66]]


@given(st.integers(-3, 9), st.integers(-3, 9))
def test_offsets_outside_the_text_are_an_error(start: int, end: int) -> None:
    standoff = {"article": "a", "decisions": [{"type": "permit", "mentions": [[start, end]]}]}
    if 0 <= start < end <= 5:
        assert join_article("ferry", standoff)["decisions"][0]["mentions"] == ["ferry"[start:end]]
    else:
        with pytest.raises(ValueError, match=r"^a: offsets"):
            join_article("ferry", standoff)
