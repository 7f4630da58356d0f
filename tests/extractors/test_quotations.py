"""Quotations by their marks alone."""

from itertools import pairwise

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from kg.extractors.quotations import find_quotations

NLP = spacy.blank("en")


def quoted(text: str) -> list[tuple[str, bool]]:
    """(text with marks, whether it is speech) of every quotation."""
    return [(text[q.start : q.end], q.is_speech) for q in find_quotations(NLP(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“The quay is shut,” she said.", [("“The quay is shut,”", True)]),
        ('"The quay is shut," she said.', [('"The quay is shut,"', True)]),
        ("''The quay is shut,'' she said.", [("''The quay is shut,''", True)]),
        ("‘The quay is shut,’ she said.", [("‘The quay is shut,’", True)]),
        ("She spoke of a “lost decade” in the port.", [("“lost decade”", False)]),
        ('The so-called "reform" failed.', [('"reform"', False)]),
        ("He said, “You must ‘wait’ here.”", [("“You must ‘wait’ here.”", True)]),
        ("“First,” she said. “Then the rest.”", [("“First,”", True), ("“Then the rest.”", True)]),
        ("The captains' boats and the port's cranes are old.", []),
        ("It measured 6' 2\" across.", []),
    ],
)
def test_marks_pair(text: str, expected: list[tuple[str, bool]]) -> None:
    assert quoted(text) == expected


def test_quotation_of_several_paragraphs() -> None:
    text = "“The port is old.\n\n“It needs a wall,” she said."
    first, second = find_quotations(NLP(text))
    assert first.is_open
    assert second.is_continued
    assert text[second.start : second.end] == "“It needs a wall,”"


def test_unclosed_quotation_ends_with_its_paragraph() -> None:
    text = "She said: “The port is old.\n\nThe council met."
    assert quoted(text) == [("“The port is old.", True)]


def test_tokens_hold_the_span() -> None:
    doc = NLP("Then “the quay is shut for good,” she said.")
    (quotation,) = find_quotations(doc)
    assert doc[quotation.first : quotation.last].text == "“the quay is shut for good,”"


@given(st.text(alphabet="ab .,\n“”\"'‘’", max_size=60))
def test_spans_are_ordered_apart_and_inside(text: str) -> None:
    doc = Doc(NLP.vocab, words=[text], spaces=[False]) if text else Doc(NLP.vocab)
    found = find_quotations(doc)
    assert all(0 <= q.start < q.end <= len(text) for q in found)
    assert all(one.end <= two.start for one, two in pairwise(found))
