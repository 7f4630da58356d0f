"""A parse in plain Python: what the extractors ask of a ``Doc`` and its tokens, read out once.

Every look at a spaCy ``Token`` makes a new object and decodes a string; the extractors look at each word hundreds of times.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, cast, overload

import numpy as np
from spacy.tokens import Doc

__all__ = ["read_words"]

#: Attributes that are strings, truth values and numbers, in the order in which ``Word`` takes them.
STRINGS = ("ORTH", "LOWER", "LEMMA", "DEP", "POS", "TAG", "ENT_TYPE")
FLAGS = ("IS_PUNCT", "IS_SPACE", "IS_ALPHA", "IS_LOWER", "IS_TITLE", "IS_STOP", "LIKE_NUM")
NUMBERS = ("ENT_IOB", "SENT_START", "HEAD")
PERCENT_SIGNS = frozenset({"%", "‰"})
IOB = ("", "I", "O", "B")
SENTENCE_STARTS = {1: True, 0: None, -1: False}


def read_words(doc: Doc) -> Doc:
    """The parse as a stand-in for ``doc`` that answers alike wherever the extractors ask; later changes of ``doc`` do not
    show in it.

    Only a percent sign is no punctuation here: it is a part of its amount.
    """
    return cast(Doc, Words(doc))


class Word:
    """One token; names and answers are those of ``spacy.tokens.Token``."""

    __slots__ = (
        "children",
        "dep_",
        "doc",
        "ent_iob_",
        "ent_type_",
        "head",
        "i",
        "idx",
        "is_alpha",
        "is_lower",
        "is_punct",
        "is_sent_start",
        "is_space",
        "is_stop",
        "is_title",
        "lemma_",
        "like_num",
        "lower_",
        "pos_",
        "tag_",
        "text",
    )  # fmt: skip

    def __init__(
        self, doc: "Words", i: int, idx: int, strings: Sequence[str], flags: Sequence[bool], numbers: Sequence[int]
    ) -> None:
        self.doc, self.i, self.idx = doc, i, idx
        self.text, self.lower_, self.lemma_, self.dep_, self.pos_, self.tag_, self.ent_type_ = strings
        self.is_punct, self.is_space, self.is_alpha, self.is_lower, self.is_title, self.is_stop, self.like_num = flags
        self.is_punct = self.is_punct and self.text not in PERCENT_SIGNS
        self.ent_iob_ = IOB[numbers[0]]
        self.is_sent_start = SENTENCE_STARTS[numbers[1]]
        self.head: Word = self
        self.children: list[Word] = []

    def __len__(self) -> int:
        return len(self.text)

    def __bool__(self) -> bool:
        return True

    def __getattr__(self, name: str) -> Any:
        """What is seldom asked for is asked of the token itself."""
        return getattr(self.doc.source[self.i], name)

    def nbor(self, i: int = 1) -> "Word":
        return self.doc.words[self.doc.source[self.i].nbor(i).i]

    @property
    def left_edge(self) -> "Word":
        return self.doc.words[self.doc.edges[self.i][0]]

    @property
    def right_edge(self) -> "Word":
        return self.doc.words[self.doc.edges[self.i][1]]

    @property
    def ancestors(self) -> Iterator["Word"]:
        word = self
        while word.head is not word:
            word = word.head
            yield word

    @property
    def subtree(self) -> list["Word"]:
        if not self.children:
            return [self]
        found = [word for child in self.children if child.i < self.i for word in child.subtree]
        found.append(self)
        found += [word for child in self.children if child.i > self.i for word in child.subtree]
        return found

    @property
    def sent(self) -> "Stretch":
        return self.doc.sents[self.doc.sentence_numbers[self.i]]


class Stretch:
    """A slice of words; names and answers are those of ``spacy.tokens.Span``."""

    __slots__ = ("doc", "end", "start")

    def __init__(self, doc: "Words", start: int, end: int) -> None:
        self.doc, self.start, self.end = doc, start, end

    def __len__(self) -> int:
        return self.end - self.start

    def __iter__(self) -> Iterator[Word]:
        return iter(self.doc.words[self.start : self.end])

    @overload
    def __getitem__(self, key: int) -> Word: ...
    @overload
    def __getitem__(self, key: slice) -> "Stretch": ...
    def __getitem__(self, key: int | slice) -> "Word | Stretch":
        if isinstance(key, slice):
            start, end, _ = key.indices(len(self))
            return Stretch(self.doc, self.start + start, self.start + max(start, end))
        return self.doc.words[self.end + key if key < 0 else self.start + key]

    @property
    def start_char(self) -> int:
        return self.doc.words[self.start].idx if self.start < self.end else int(self._span.start_char)

    @property
    def end_char(self) -> int:
        if self.start == self.end:
            return int(self._span.end_char)
        last = self.doc.words[self.end - 1]
        return last.idx + len(last.text)

    @property
    def text(self) -> str:
        return self.doc.text[self.start_char : self.end_char] if self.start < self.end else ""

    @property
    def root(self) -> Word:
        if self.end - self.start == 1:
            return self.doc.words[self.start]
        return self.doc.words[int(self._span.root.i)]

    @property
    def _span(self) -> Any:
        return self.doc.source[self.start : self.end]


class Words:
    """All words of a parse; names and answers are those of ``spacy.tokens.Doc``."""

    def __init__(self, doc: Doc) -> None:
        self.source, self.text, self.user_data = doc, doc.text, doc.user_data
        names = _Names(doc)
        array = doc.to_array([*STRINGS, *FLAGS, *NUMBERS])
        edge, end = len(STRINGS), len(STRINGS) + len(FLAGS)
        strings = [[names[key] for key in column] for column in array[:, :edge].T.tolist()]
        flags = array[:, edge:end].astype(bool).tolist()
        numbers = array[:, end:].astype(np.int64).tolist()
        offsets = [token.idx for token in doc]
        rows = zip(offsets, zip(*strings, strict=True), flags, numbers, strict=True)
        self.words = [Word(self, i, *row) for i, row in enumerate(rows)]
        for word, (*_, step) in zip(self.words, numbers, strict=True):
            if step:
                word.head = self.words[word.i + step]
                word.head.children.append(word)

    def __len__(self) -> int:
        return len(self.words)

    def __iter__(self) -> Iterator[Word]:
        return iter(self.words)

    @overload
    def __getitem__(self, key: int) -> Word: ...
    @overload
    def __getitem__(self, key: slice) -> Stretch: ...
    def __getitem__(self, key: int | slice) -> Word | Stretch:
        if isinstance(key, slice):
            start, end, _ = key.indices(len(self.words))
            return Stretch(self, start, max(start, end))
        return self.words[key]

    @property
    def ents(self) -> Any:
        return self.source.ents

    @cached_property
    def edges(self) -> list[tuple[int, int]]:
        """First and last word below each word."""
        return [(token.left_edge.i, token.right_edge.i) for token in self.source]

    @cached_property
    def sents(self) -> list[Stretch]:
        return [Stretch(self, sent.start, sent.end) for sent in self.source.sents]

    @cached_property
    def sentence_numbers(self) -> list[int]:
        """For each word the number of its sentence."""
        return [number for number, sent in enumerate(self.sents) for _ in range(len(sent))]

    def char_span(self, start: int, end: int, *, alignment_mode: str = "strict") -> Stretch | None:
        span = self.source.char_span(start, end, alignment_mode=alignment_mode)
        return None if span is None else Stretch(self, span.start, span.end)


class _Names(dict[int, str]):
    """Strings by their number in the vocabulary, each decoded once."""

    def __init__(self, doc: Doc) -> None:
        super().__init__({0: ""})
        self._strings = doc.vocab.strings

    def __missing__(self, key: int) -> str:
        self[key] = name = self._strings[key]
        return name
