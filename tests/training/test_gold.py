"""Annotated articles and the measures by which an account agrees with them."""

import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from kg.model import Span
from kg.training.gold import likeness, read_gold, share_place

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


@given(WORDS, WORDS)
def test_likeness_is_symmetric_and_whole_for_itself(some: str, other: str) -> None:
    assert likeness(some, [other]) == likeness(other, [some])
    assert likeness(some, [some]) == 1
    assert 0 <= likeness(some, [other]) <= 1


def test_a_place_shares_with_the_nearest() -> None:
    span = Span(start=10, end=20, text="x" * 10)
    assert share_place(span, [(0, 5), (15, 40)]) == 0.5
    assert share_place(span, []) == 0
