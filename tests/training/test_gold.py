"""Annotated articles and the measures by which an account agrees with them."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import DecisionType, Span, Status
from kg.training import standoff
from kg.training.gold import check_names, likeness, read_annotations, read_gold, share_place

PACKAGE = Path(standoff.__file__).parents[1]
ITEMS = PACKAGE / "training" / "items"
FOLDERS = (PACKAGE / "language" / "items", *(ITEMS / name for name in ("background", "invented", "reports", "stories")))
WORDS = st.lists(st.sampled_from("ferry harbour until March the of dogs".split()), max_size=6).map(" ".join)


def test_gold_is_read_with_places_and_limits(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "gold").mkdir()
    (tmp_path / "texts" / "a.txt").write_text("Oslo bans cups\n\nOslo bans cups until May.", "utf-8")
    limit = {"kind": "temporal", "effect": "only", "text": "until May", "quote": "until May"}
    row = {"id": "D1", "type": "prohibit", "also": ["refuse"], "actor": ["Oslo"], "recipient": [], "action": "cups"}
    row |= {"mentions": ["Oslo bans cups"], "constraints": [limit], "sources": [], "status": "made"}
    (tmp_path / "gold" / "a.json").write_text(json.dumps({"article": "a", "decisions": [row]}), "utf-8")
    (article,) = read_gold([tmp_path])
    (decision,) = article.decisions
    assert decision.types == ("prohibit", "refuse")
    assert decision.places == ((0, 14), (16, 30))
    assert decision.limits[0].texts == ("until May",)
    assert not decision.is_optional


def test_two_articles_of_one_name_are_refused(tmp_path: Path) -> None:
    for folder in ("one", "other"):
        (tmp_path / folder / "texts").mkdir(parents=True)
        (tmp_path / folder / "texts" / "a.txt").write_text("Oslo bans cups", "utf-8")
    check_names([tmp_path / "one"])
    with pytest.raises(ValueError, match=r"other/texts/a\.txt: another article is called a"):
        check_names([tmp_path / "one", tmp_path / "other"])


def test_no_article_of_ours_bears_the_name_of_another() -> None:
    check_names(FOLDERS)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_our_annotation_keeps_to_the_types_and_statuses(folder: Path) -> None:
    types, statuses = ({member.value for member in kind} for kind in (DecisionType, Status))
    for name, _, annotation in read_annotations(folder):
        for decision in annotation["decisions"]:
            assert types >= {decision["type"], *decision.get("also", [])}, name
            assert decision["status"] in statuses, name


@given(WORDS, WORDS)
def test_likeness_is_symmetric_and_whole_for_itself(some: str, other: str) -> None:
    assert likeness(some, [other]) == likeness(other, [some])
    assert likeness(some, [some]) == 1
    assert 0 <= likeness(some, [other]) <= 1


def test_a_place_shares_with_the_nearest() -> None:
    span = Span(start=10, end=20, text="x" * 10)
    assert share_place(span, [(0, 5), (15, 40)]) == 0.5
    assert share_place(span, []) == 0
