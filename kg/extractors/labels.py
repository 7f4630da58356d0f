"""Speakers named by a label instead of a verb: "Lee: the bridge is safe", "The bridge is safe – Harbour Gazette"."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.extractors.layout import find_paragraphs

__all__ = ["Label", "find_labels"]

#: The longest label, in tokens.
LONGEST = 6
DASHES = frozenset({"–", "—", "-", "--", "|"})
#: Nouns of documents and parties that head a label in lower case ("Report: …", "Official: …").
LABEL_NOUNS = frozenset(
    "report reports study survey poll source sources official officials minister police analyst analysts expert experts "
    "spokesman spokeswoman spokesperson document documents memo lawyer lawyers judge court ministry regulator".split()
)
#: Labels that name the kind of a piece, or a link to another, and nobody who speaks.
RUBRICS = frozenset(
    "watch update updated exclusive video photos photo breaking analysis opinion read related note correction live editorial "
    "more also listen gallery timeline factbox explainer review by published source image credit topics tags".split()
)
ENDS = frozenset({".", "!", "?", "”", '"'})


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """``first``/``end`` bound the source, ``mark`` is the colon or dash, ``content`` the labelled tokens (first, end)."""

    first: int
    end: int
    mark: Token
    content: tuple[int, int]


def find_labels(doc: Doc) -> Iterator[Label]:
    """Labels of paragraphs in text order: a name or party before a colon, or, in the headline, a name after a dash."""
    for number, (first, end) in enumerate(find_paragraphs(doc)):
        label = _before_colon(doc, first, end, is_headline=number == 0)
        if label is None and number == 0:
            label = _after_dash(doc, first, end)
        if label is not None:
            yield label


def _before_colon(doc: Doc, first: int, end: int, *, is_headline: bool) -> Label | None:
    for index in range(first + 1, min(first + LONGEST + 1, end - 2)):
        if doc[index].text == ":":
            if _is_label(doc[first:index], is_headline=is_headline):
                return Label(first=first, end=index, mark=doc[index], content=(index + 1, end))
            return None
    return None


def _is_label(words: Iterable[Token], *, is_headline: bool) -> bool:
    tokens = [word for word in words if not word.is_punct]
    if not tokens or tokens[0].lower_ in RUBRICS or tokens[-1].lower_ in RUBRICS or not tokens[-1].is_alpha:
        return False
    if is_headline and tokens[-1].lower_ in LABEL_NOUNS:
        return True
    return all(word.pos_ == "PROPN" and word.text[:1].isupper() for word in tokens)


def _after_dash(doc: Doc, first: int, end: int) -> Label | None:
    for index in range(end - 2, max(first + 2, end - 1 - LONGEST), -1):
        if doc[index].text in DASHES and doc[index - 1].whitespace_:
            name = [word for word in doc[index + 1 : end] if not word.is_punct]
            if name and all(word.pos_ == "PROPN" for word in name) and doc[end - 1].text not in ENDS:
                return Label(first=index + 1, end=end, mark=doc[index], content=(first, index))
            return None
    return None
