"""What people read of decisions and limits."""

from dataclasses import replace

import pytest

from kg.fusion.claims import prepare_article
from kg.fusion.labels import choose_action, label_decision, label_limit, shorten_text
from kg.fusion.lookup import Lookup
from kg.fusion.records import ArticleRecord, ClaimRecord, ConstraintRecord

CLAIM = ClaimRecord(iri="https://e.example/1", article="https://e.example/a", type="permit")


@pytest.mark.parametrize(
    ("text", "length", "short"),
    [
        ("boats", 10, "boats"),
        ("boats in\nthe harbour", 30, "boats in the harbour"),
        ("boats, and ferries", 9, "boats …"),
    ],
)
def test_text_is_cut_between_words(text: str, length: int, short: str) -> None:
    assert shorten_text(text, length) == short
    assert len(short) <= length


@pytest.mark.parametrize(
    ("effect", "text", "label"),
    [
        ("except", "but not the ferries", "except: the ferries"),
        ("except", "except Faroese boats", "except: Faroese boats"),
        ("only", "exclusively near the lake", "only: near the lake"),
        ("only", "only", "only: only"),
        ("requires", "only if it rains", "requires: only if it rains"),
    ],
)
def test_a_limit_is_not_said_twice(effect: str, text: str, label: str) -> None:
    assert label_limit(ConstraintRecord(iri="x", kind="target", effect=effect, texts=(text,))) == label


def test_status_shows_where_nothing_was_made() -> None:
    def label(*statuses: str) -> str:
        return label_decision(CLAIM, "the council", "", action="the bridge", statuses=statuses)

    assert label("made", "denied") == "permit: the council: the bridge"
    assert label("considered", "denied") == "permit: the council: the bridge (considered, denied)"


def test_running_text_stands_for_a_headline(lookup: Lookup) -> None:
    claims = tuple(
        replace(CLAIM, iri=f"https://e.example/{number}", actions=actions)
        for number, actions in enumerate(
            [
                ("Limited Use of the Swing Bridge", "the decision"),
                ("use the old swing bridge",),
                ("the swing bridge's use",),
            ]
        )
    )
    prepared = prepare_article(ArticleRecord(iri="https://e.example/a", claims=claims), lookup)
    assert choose_action(prepared, claims[0]) == "use the old swing bridge"
