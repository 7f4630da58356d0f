"""Windows: whole paragraphs, no word lost, never longer than allowed."""

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from kg.language.pieces import find_shape
from kg.language.tokenization import make_tokenizer
from kg.language.windows import MAX_PIECES, cut_doc


class Pieces:
    """Stands in for the word-piece vocabulary: a piece for every two letters."""

    def split_word(self, word: str) -> list[int]:
        return [1] * min(10, (len(word) + 1) // 2)


NLP = spacy.blank("en")
NLP.tokenizer = make_tokenizer(NLP)


@given(st.lists(st.sampled_from(["tariffs", "a", ".", "\n\n", "\n", "Kestra", "incomprehensibilities"]), max_size=400))
def test_no_word_is_lost_and_no_window_is_too_long(words):
    doc = NLP.make_doc(" ".join(words))
    windows = list(cut_doc(doc, Pieces()))
    assert [token for window in windows for token in window.tokens] == [t.i for t in doc if not t.is_space]
    for window in windows:
        size = sum(len(Pieces().split_word(word)) for word in window.words) + sum(window.breaks) + 2
        assert size <= MAX_PIECES


def test_paragraphs_stay_whole_where_they_fit():
    paragraph = "The court let the ferries sail. " * 12
    windows = list(cut_doc(NLP.make_doc("\n\n".join([paragraph] * 4)), Pieces()))
    assert len(windows) > 1
    assert all(window.breaks[0] for window in windows)


def test_a_long_paragraph_is_cut_after_a_full_stop():
    windows = list(cut_doc(NLP.make_doc("The court let the ferries sail . " * 60), Pieces()))
    assert all(window.words[-1] == "." for window in windows)


def test_single_line_ends_split_unless_the_text_is_wrapped():
    def list_breaks(text: str) -> list[str]:
        pairs = [zip(window.words, window.breaks, strict=True) for window in cut_doc(NLP.make_doc(text), Pieces())]
        return [word for pair in pairs for word, opens in pair if opens]

    assert list_breaks("Kenya opens crossing\nLorries may pass.\nBuses may not.") == ["Kenya", "Lorries", "Buses"]
    assert list_breaks("Kenya lets lorries\npass, it said, but\nnot buses.") == ["Kenya"]


@pytest.mark.parametrize(
    ("word", "shape"),
    [("ban", 1), ("Ban", 2), ("BAN", 3), ("I", 4), ("McKay", 5), ("F-16", 6), (",", 0), ("anti-tank", 1)],
)
def test_shapes(word, shape):
    assert find_shape(word) == shape
