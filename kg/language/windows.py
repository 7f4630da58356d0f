"""A ``Doc`` to windows that the network reads one at a time, so that no text ever changes another's result."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import ORTH, SPACY  # type: ignore[import-not-found]
from spacy.tokens import Doc

from kg.language.pieces import PieceEncoder

__all__ = ["DocWindow", "cut_doc"]

#: Most word pieces of a window; longer paragraphs are cut, if possible after a full stop.
MAX_PIECES = 230

_ENDINGS = frozenset(".!?…")
_CLOSERS = frozenset("\"'”’)]")


@dataclass(frozen=True, slots=True)
class DocWindow:
    """Consecutive words of a ``Doc``: ``tokens`` are their token numbers; ``breaks``: the word opens a paragraph.

    ``spaced``: white space before the word.
    """

    tokens: list[int]
    words: list[str]
    spaced: list[bool]
    breaks: list[bool]


def cut_doc(doc: Doc, encoder: PieceEncoder) -> Iterator[DocWindow]:
    """Packs whole paragraphs into windows of up to ``MAX_PIECES`` word pieces; white-space tokens are left out."""
    whole = _list_words(doc)
    sizes = [len(encoder.split_word(word)) for word in whole.words]
    costs = np.cumsum(np.array(sizes, np.int64) + np.array(whole.breaks, np.int64))
    paragraphs = np.flatnonzero(whole.breaks)
    ends = np.array(_list_sentence_ends(whole.words), np.int64)
    first = 0
    while first < len(sizes):
        spent = costs[first] - sizes[first] - whole.breaks[first]
        last = int(np.searchsorted(costs, spent + MAX_PIECES - 2, "right"))
        if last < len(sizes):
            last = _find_last(paragraphs, first, last) or _find_last(ends, first, last) or last
        part = slice(first, last)
        yield DocWindow(whole.tokens[part], whole.words[part], whole.spaced[part], whole.breaks[part])
        first = last


def _find_last(places: NDArray[np.int64], first: int, last: int) -> int:
    """The last of sorted places above ``first`` and not above ``last``, or 0."""
    number = int(np.searchsorted(places, last, "right"))
    return int(places[number - 1]) if number and places[number - 1] > first else 0


def _list_words(doc: Doc) -> DocWindow:
    """All words of a ``Doc`` with their paragraphs."""
    tokens: list[int] = []
    words: list[str] = []
    spaced: list[bool] = []
    breaks: list[bool] = []
    opens, space = True, False
    least = 2 if _is_hard_wrapped(doc.text) else 1
    forms, strings = doc.to_array([ORTH, SPACY]).tolist(), doc.vocab.strings
    for token, (form, after) in enumerate(forms):
        word = strings[form]
        if word.isspace():
            opens = opens or word.count("\n") >= least
            space = True
            continue
        tokens.append(token)
        words.append(word)
        spaced.append(space)
        breaks.append(opens)
        opens, space = False, after == 1
    return DocWindow(tokens, words, spaced, breaks)


def _list_sentence_ends(words: list[str]) -> list[int]:
    """Places after a word that ends a sentence, with the quotation mark or bracket that follows it."""
    return [
        place + 1
        for place, word in enumerate(words)
        if word in _ENDINGS or (word in _CLOSERS and place and words[place - 1] in _ENDINGS)
    ]


def _is_hard_wrapped(text: str) -> bool:
    """Whether single line ends fall within sentences: at least a third of them come before a small letter."""
    single = soft = 0
    lines = text.split("\n")
    for before, after in pairwise(lines):
        if before.strip() and after.strip():
            single += 1
            soft += after.lstrip()[:1].islower()
    return single > 0 and soft * 3 >= single
