"""A ``Doc`` to windows that the network reads one at a time, so that no text ever changes another's result."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from spacy.tokens import Doc

from kg.language.pieces import PieceEncoder

__all__ = ["DocWindow", "cut_doc"]

#: Most word pieces of a window; longer paragraphs are cut, if possible after a full stop.
MAX_PIECES = 230

_ENDINGS = frozenset(".!?…")
_CLOSERS = frozenset("\"'”’)]")


@dataclass(slots=True)
class DocWindow:
    """Consecutive words of a ``Doc``: ``tokens`` are their token numbers; ``breaks``: the word opens a paragraph."""

    tokens: list[int] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    spaced: list[bool] = field(default_factory=list)
    breaks: list[bool] = field(default_factory=list)
    size: int = 2

    def append(self, token: int, word: str, spaced: bool, opens: bool, size: int) -> None:
        """Adds one word of ``size`` pieces."""
        self.tokens.append(token)
        self.words.append(word)
        self.spaced.append(spaced)
        self.breaks.append(opens)
        self.size += size + opens

    def pop_after(self, place: int) -> "DocWindow":
        """Takes the words from ``place`` on into a new window (sizes are left to the caller)."""
        rest = DocWindow(self.tokens[place:], self.words[place:], self.spaced[place:], self.breaks[place:])
        for column in (self.tokens, self.words, self.spaced, self.breaks):
            del column[place:]
        return rest


def cut_doc(doc: Doc, encoder: PieceEncoder) -> Iterator[DocWindow]:
    """Packs whole paragraphs into windows of up to ``MAX_PIECES`` word pieces; white-space tokens are left out."""
    window, last_break, last_end = DocWindow(), 0, 0
    opens, spaced = True, False
    hard = not _is_hard_wrapped(doc.text)
    for token in doc:
        if token.is_space:
            opens = opens or token.text.count("\n") > (0 if hard else 1)
            spaced = True
            continue
        size = len(encoder.split_word(token.text))
        while window.words and window.size + size + opens > MAX_PIECES:
            place = len(window.words) if opens else last_break or last_end or len(window.words)
            rest = window.pop_after(place)
            yield window
            window, last_break, last_end = rest, 0, 0
            window.size = 2 + sum(len(encoder.split_word(word)) for word in window.words)
        if opens and window.words:
            last_break, last_end = len(window.words), 0
        window.append(token.i, token.text, spaced, opens, size)
        if token.text in _ENDINGS or (token.text in _CLOSERS and _follows_ending(window)):
            last_end = len(window.words)
        opens, spaced = False, bool(token.whitespace_)
    if window.words:
        yield window


def _follows_ending(window: DocWindow) -> bool:
    return len(window.words) > 1 and window.words[-2] in _ENDINGS


def _is_hard_wrapped(text: str) -> bool:
    """Whether single line ends fall within sentences: at least a third of them come before a small letter."""
    single = soft = 0
    lines = text.split("\n")
    for before, after in pairwise(lines):
        if before.strip() and after.strip():
            single += 1
            soft += after.lstrip()[:1].islower()
    return single > 0 and soft * 3 >= single
