"""Words to network input: word pieces, shape of each word, and paragraph breaks."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Tokenizer

__all__ = ["N_SHAPES", "PieceEncoder", "Pieces", "find_shape"]

#: Most word pieces one word may take; longer words (addresses, rulers) are cut.
MAX_PIECES_PER_WORD = 10

#: How many word shapes the network knows (seven forms, each with and without white space before it).
N_SHAPES = 14


@dataclass(frozen=True, slots=True)
class Pieces:
    """One window as the network reads it: ``ids`` and ``shapes`` by word piece, ``first`` piece of each word."""

    ids: list[int]
    shapes: list[int]
    first: list[int]


class PieceEncoder:
    """Encodes windows of words with the word-piece vocabulary in ``path`` (a ``tokenizer.json``).

    The base vocabulary has no letter case, so the shape of a word travels beside its pieces.
    Raises ``OSError`` or ``ValueError`` when the file is missing or broken.
    """

    def __init__(self, path: Path) -> None:
        self._tokenizer = Tokenizer.from_str(path.read_text("utf-8"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._start, self._end, self._unknown = (self._find_id(name) for name in ("[CLS]", "[SEP]", "[UNK]"))
        self._cache: dict[str, tuple[list[int], list[int], list[int]]] = {}

    def _find_id(self, name: str) -> int:
        number = self._tokenizer.token_to_id(name)
        if number is None:
            raise ValueError(f"the vocabulary has no piece {name}")
        return number

    def split_word(self, word: str) -> list[int]:
        """The piece ids of one word, at least one and at most ``MAX_PIECES_PER_WORD``."""
        return (self._cache.get(word) or self._read_word(word))[0]

    def _read_word(self, word: str) -> tuple[list[int], list[int], list[int]]:
        """The pieces of a word, and their shapes without and with white space before the word."""
        ids = self._tokenizer.encode(word[:200], add_special_tokens=False).ids[:MAX_PIECES_PER_WORD]
        ids = ids or [self._unknown]
        shape = find_shape(word) * 2
        found = ids, [shape] * len(ids), [shape + 1] * len(ids)
        if len(self._cache) < 200_000:
            self._cache[word] = found
        return found

    def encode_window(self, words: Sequence[str], spaced: Sequence[bool], breaks: Sequence[bool]) -> Pieces:
        """Encodes a window; ``spaced``: white space before the word; ``breaks``: the word opens a paragraph."""
        ids, shapes = [self._start], [0]
        first: list[int] = []
        cache = self._cache
        for word, space, opens in zip(words, spaced, breaks, strict=True):
            if opens and first:
                ids.append(self._end)
                shapes.append(0)
            first.append(len(ids))
            pieces, glued, apart = cache.get(word) or self._read_word(word)
            ids += pieces
            shapes += apart if space or opens else glued
        ids.append(self._end)
        shapes.append(0)
        return Pieces(ids, shapes, first)


def find_shape(word: str) -> int:
    """The form of a word: 0 other, 1 lower, 2 title, 3 upper, 4 one capital, 5 mixed, 6 with digits."""
    if word.isalpha():
        if word.islower():
            return 1
        if word.isupper():
            return 3 if len(word) > 1 else 4
        return 2 if word[0].isupper() and word[1:].islower() else 5
    if any(char.isdigit() for char in word):
        return 6
    if any(char.isalpha() for char in word):
        return 1 if word.islower() else 3 if word.isupper() else 5
    return 0
