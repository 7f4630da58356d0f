"""Quotations in a text by their marks alone: paired, over several paragraphs, and told apart from scare quotes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc

__all__ = ["Quotation", "find_quotations"]

#: A quotation mark: curly, guillemet, straight double, two single ones, or a backtick pair.
MARK = re.compile(r"[“”„«»\"]|''|``|‘‘|’’")
OPENING = frozenset({"“", "„", "«", "``", "‘‘"})
CLOSING = frozenset({"”", "»", "’’"})
#: Single quotation marks that open (after a space or bracket) and close (before a space or punctuation).
SINGLE = re.compile(r"(?:(?<=^)|(?<=[\s(\[—–:-]))[‘'](?=[^\s'’])(?P<body>[^\n‘“”\"]*?[^\s‘])[’'](?=$|[\s.,;:!?)\]—–-])")
PARAGRAPH = re.compile(r"[^\n]+")
#: Punctuation that ends what is said; a scare quote has none inside its marks.
ENDS = frozenset(".,!?…;:—-")
#: The longest scare quote, in words, that is still taken for one when nothing inside it ends.
SCARE_WORDS = 6


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Quotation:
    """A quoted passage with its marks.

    ``start`` and ``end`` are code points into the text, half-open; ``first`` and ``last`` the same in tokens. ``is_speech``
    tells quoted speech from a scare quote or a title. ``is_continued`` marks a paragraph of a quotation that goes on from
    the paragraph before, and ``is_open`` one whose closing mark is missing because it goes on in the next.
    """

    start: int
    end: int
    first: int
    last: int
    is_speech: bool
    is_continued: bool = False
    is_open: bool = False


def find_quotations(doc: Doc) -> tuple[Quotation, ...]:
    """Quotations in text order, not nested; a quotation of several paragraphs is one value a paragraph.

    Straight marks open and close by their neighbours. A mark that is never closed ends with its paragraph.
    """
    text = doc.text
    found: list[Quotation] = []
    goes_on = False
    for paragraph in PARAGRAPH.finditer(text):
        goes_on = goes_on and _opens(text, paragraph.start())
        spans = list(_pair_marks(text, paragraph.start(), paragraph.end()))
        for start, end, is_open in spans:
            speech = goes_on or is_open or _is_speech(text, start, end)
            found += _make(doc, start, end, is_speech=speech, is_continued=goes_on, is_open=is_open)
            goes_on = False
        goes_on = bool(spans) and spans[-1][2]
    return tuple(found)


def _make(doc: Doc, start: int, end: int, *, is_speech: bool, is_continued: bool, is_open: bool) -> Iterator[Quotation]:
    tokens = doc.char_span(start, end, alignment_mode="expand")
    if tokens is not None:
        yield Quotation(
            start=start,
            end=end,
            first=tokens.start,
            last=tokens.end,
            is_speech=is_speech,
            is_continued=is_continued,
            is_open=is_open,
        )


def _opens(text: str, start: int) -> bool:
    while text[start : start + 1].isspace():
        start += 1
    match = MARK.match(text, start)
    return match is not None and match.group() not in CLOSING


def _pair_marks(text: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """Outermost pairs of one paragraph as (start, end, whether the closing mark is missing)."""
    opened, depth, before = -1, 0, start
    for mark in MARK.finditer(text, start, end):
        if opened < 0:
            if _can_open(text, mark, end):
                yield from _pair_singles(text, before, mark.start())
                opened, depth = mark.start(), 1
        elif mark.group() in OPENING:
            depth += 1
        elif mark.group() in CLOSING or not _must_open(text, mark, end):
            depth = depth - 1 if mark.group() in CLOSING else 0
            if depth <= 0:
                yield opened, mark.end(), False
                opened, before = -1, mark.end()
    if opened >= 0:
        yield opened, end, True
    else:
        yield from _pair_singles(text, before, end)


def _can_open(text: str, mark: re.Match[str], end: int) -> bool:
    if mark.group() in CLOSING or mark.end() >= end or text[mark.end()].isspace():
        return False
    return mark.group() in OPENING or mark.start() == 0 or not text[mark.start() - 1].isalnum()


def _must_open(text: str, mark: re.Match[str], end: int) -> bool:
    """Whether a straight mark stands after a space and before a word, so that it cannot close."""
    return mark.end() < end and text[mark.end()].isalnum() and text[mark.start() - 1].isspace()


def _pair_singles(text: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    for match in SINGLE.finditer(text, start, end):
        yield match.start(), match.end(), False


def _is_speech(text: str, start: int, end: int) -> bool:
    """Speech ends with punctuation inside the marks, stands after a comma or colon, or is long."""
    body = text[start:end].strip("“”„«»\"'`‘’ ")
    words = body.split()
    if not words:
        return False
    inside = text[start:end].rstrip("“”„«»\"'`‘’ ")[-1:]
    before = text[max(0, start - 2) : start].strip()
    if inside in ENDS and (len(words) > 2 or before[-1:] in {"", ",", ":", ".", "?", "!"}):
        return True
    return len(words) > SCARE_WORDS or (before[-1:] in {",", ":"} and body[0].isupper() and len(words) > 3)
