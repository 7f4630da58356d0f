"""Documents to training windows: paragraphs packed up to a budget of word pieces, anew in every epoch."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from random import Random

from kg.language.data import Document, Marks, Sentence
from kg.language.labels import Labels
from kg.language.pieces import PieceEncoder, Pieces

__all__ = ["IGNORED", "Window", "batch_documents", "batch_windows", "cut_windows"]

#: Label of words that a loss leaves out.
IGNORED = -100

#: Sentences above this many word pieces are left out.
MAX_PIECES = 300


@dataclass(slots=True)
class Window:
    """One training example: columns by word, label numbers with ``IGNORED`` where unknown.

    ``sentence`` numbers the word's sentence (``IGNORED``: unknown); ``heads`` counts from 1 in the window, 0 is the
    root; ``offset`` is the document's word number of the first word, for ``marks``.
    """

    pieces: Pieces
    sentence: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    rels: list[int] = field(default_factory=list)
    xpos: list[int] = field(default_factory=list)
    upos: list[int] = field(default_factory=list)
    feats: list[int] = field(default_factory=list)
    entities: list[int] = field(default_factory=list)
    offset: int = 0
    marks: Marks | None = None

    def __len__(self) -> int:
        return len(self.pieces.first)


@dataclass(slots=True)
class _Unit:
    """A sentence on its way into a window: ``opens`` a paragraph; ``offset`` of its first word in the document."""

    sentence: Sentence
    opens: bool
    size: int
    offset: int


class WindowMaker:
    """Turns units into windows with label numbers."""

    def __init__(self, encoder: PieceEncoder, labels: Labels) -> None:
        self._encoder, self.labels = encoder, labels
        self._numbers = {
            name: {label: number for number, label in enumerate(getattr(labels, name))}
            for name in ("rels", "xpos", "upos", "feats", "entities")
        }

    def list_units(self, document: Document, budget: int) -> Iterator[_Unit]:
        """The sentences of a document; a stretch without sentence boundaries is cut at the budget."""
        offset = 0
        for paragraph in document.paragraphs:
            opens = True
            for sentence in paragraph:
                whole = document.marks is not None or sentence.heads is not None
                for part in [sentence] if whole else _chop(sentence, max(20, budget // 2)):
                    size = sum(len(self._encoder.split_word(word)) for word in part.words)
                    yield _Unit(part, opens, size, offset)
                    offset += len(part.words)
                    opens = False

    def make_window(self, units: list[_Unit], marks: Marks | None) -> Window:
        """One window from consecutive units of one document."""
        words = [word for unit in units for word in unit.sentence.words]
        spaced = [space for unit in units for space in unit.sentence.spaced]
        breaks = [unit.opens and n == 0 for unit in units for n in range(len(unit.sentence.words))]
        window = Window(self._encoder.encode_window(words, spaced, breaks), offset=units[0].offset, marks=marks)
        for number, unit in enumerate(units):
            self._append(window, unit, number)
        return window

    def _append(self, window: Window, unit: _Unit, number: int) -> None:
        sentence, size, base = unit.sentence, len(unit.sentence.words), len(window.sentence)
        known = sentence.heads is not None
        window.sentence += [number if known else IGNORED] * size
        first = IGNORED if unit.opens or base == 0 else 1
        window.starts += [first, *[0] * (size - 1)] if known else [IGNORED] * size
        window.heads += [head + base if head else 0 for head in sentence.heads or []] if known else [IGNORED] * size
        for name, numbers in self._numbers.items():
            column = getattr(sentence, name)
            values = [numbers.get(value, IGNORED) for value in column] if column else [IGNORED] * size
            getattr(window, name).extend(values)


def _chop(sentence: Sentence, size: int) -> Iterator[Sentence]:
    for start in range(0, len(sentence.words), size):
        cut = slice(start, start + size)
        entities = sentence.entities[cut] if sentence.entities else None
        yield Sentence(sentence.words[cut], sentence.spaced[cut], entities=entities)


def cut_windows(
    documents: Iterable[Document], maker: WindowMaker, *, rng: Random | None = None, budget: int = 170
) -> Iterator[Window]:
    """Packs consecutive sentences up to ``budget`` word pieces; with ``rng`` the budget varies by document."""
    for document in documents:
        limit = 250 if document.marks is not None else rng.choice((40, 110, 180, 240)) if rng else budget
        units: list[_Unit] = []
        used = 0
        for unit in maker.list_units(document, limit):
            if units and used + unit.size > limit:
                yield maker.make_window(units, document.marks)
                units, used = [], 0
            if unit.size <= MAX_PIECES:
                units.append(unit)
                used += unit.size + unit.opens
        if units:
            yield maker.make_window(units, document.marks)


def batch_windows(windows: Iterable[Window], *, rng: Random, size: int = 1200) -> list[list[Window]]:
    """Groups windows of like length into batches of about ``size`` word pieces, in random order."""
    ordered = sorted(windows, key=_length)
    batches: list[list[Window]] = [[]]
    for window in ordered:
        if batches[-1] and (len(batches[-1]) + 1) * _length(window) > size:
            batches.append([])
        batches[-1].append(window)
    rng.shuffle(batches)
    return batches


def batch_documents(windows: Iterable[Window], *, rng: Random, size: int = 1200) -> list[list[Window]]:
    """Groups windows into batches of about ``size`` word pieces, those of a document together, in random order."""
    documents = [list(group) for _, group in groupby(windows, key=_document)]
    rng.shuffle(documents)
    batches: list[list[Window]] = [[]]
    for document in documents:
        grown = [*batches[-1], *document]
        if batches[-1] and len(grown) * max(map(_length, grown)) > size:
            batches.append(document)
        else:
            batches[-1] = grown
    return batches


def _document(window: Window) -> int:
    return id(window.marks)


def _length(window: Window) -> int:
    return len(window.pieces.ids)
