"""The parts of an article: its headline, its paragraphs, and where it gives way to what is the page's."""

import re
from bisect import bisect

from spacy.tokens import Doc, Token

from kg.extractors.reader import NOWHERE, Place
from kg.model import Span

__all__ = ["Layout", "find_body_end", "find_headline_end", "find_paragraphs"]

#: Lines with which pages lead over to other articles or to themselves.
LEADING_AWAY = re.compile(
    r"^\W*(?:you may also like|you might also like|related (?:news|articles|stories|topics|coverage|links)"
    r"|more (?:on this|from|stories)"
    r"|read (?:more|also|next)|also read|see also|recommended|most read|trending now|join (?:our|the|us)\b.*|sign up\b.*"
    r"|subscribe\b.*|follow us\b.*|share this\b.*|advertisement)\W*$",
    re.IGNORECASE | re.MULTILINE,
)
#: Such a line ends the article only in its last part (0-1 of the text).
LAST_PART = 0.5
SENTENCE_END = (".", "!", "?", ".”", '."', ".'", ".’", "?”", '?"')


def find_headline_end(text: str) -> int:
    """Offset after the lines at the top that are no sentences: headline, its repetition, standfirst without full stop."""
    end = 0
    for line in text.splitlines(keepends=True):
        if line.strip() and line.rstrip().endswith(SENTENCE_END):
            break
        end += len(line)
    return end or text.find("\n")


def find_body_end(text: str) -> int:
    """Offset at which the article gives way to links and notices of its page; the text's length where it does not."""
    for match in LEADING_AWAY.finditer(text):
        if match.start() >= LAST_PART * len(text):
            return match.start()
    return len(text)


def find_paragraphs(doc: Doc) -> list[tuple[int, int]]:
    """First token and end of each paragraph, without the white space around it."""
    found, first = [], 0
    for end in [*(token.i for token in doc if token.is_space and "\n" in token.text), len(doc)]:
        words = [i for i in range(first, end) if not doc[i].is_space]
        if words:
            found.append((words[0], words[-1] + 1))
        first = end + 1
    return found


class Layout:
    """Where passages stand among sentences and paragraphs."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.headline_end = find_headline_end(doc.text)
        self._breaks = [place for place, letter in enumerate(doc.text) if letter == "\n"]
        self._sentences = [sentence.start for sentence in doc.sents]

    def find_place(self, span: Span | None) -> Place:
        """Where a passage stands among the words."""
        found = None if span is None else self.doc.char_span(span.start, span.end, alignment_mode="expand")
        return NOWHERE if found is None else (found.start, found.end)

    def find_words(self, span: Span) -> list[Token]:
        """The words of a passage."""
        return list(self.doc[slice(*self.find_place(span))])

    def find_sentences(self, span: Span) -> tuple[int, int]:
        """Numbers of the first and the last sentence of a passage."""
        words = self.find_words(span)
        return bisect(self._sentences, words[0].i), bisect(self._sentences, words[-1].i)

    def find_paragraph(self, span: Span) -> int:
        """Number of the paragraph in which a passage begins."""
        return bisect(self._breaks, span.start)
