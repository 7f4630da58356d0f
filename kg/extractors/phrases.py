"""Token phrases as character spans of the article."""

from collections.abc import Iterable

from spacy.tokens import Doc, Token

from kg.extractors import syntax
from kg.model import Span

__all__ = ["action_span", "clause_span", "make_span", "noun_span"]


def make_span(doc: Doc, first: int, end: int) -> Span:
    """The characters of tokens ``first`` to ``end`` (exclusive)."""
    tokens = doc[first:end]
    return Span(start=tokens.start_char, end=tokens.end_char, text=tokens.text)


def action_span(token: Token) -> Span:
    """The phrase of an action: a clause without its "to" or "that", a noun phrase without its determiner."""
    return _span_without(token, {"mark", "case", "det", "aux", "cc"})


def noun_span(token: Token) -> Span:
    """A noun phrase without determiner, possessor and preposition."""
    return _span_without(token, {"det", "case", "nmod:poss", "poss"})


def _span_without(token: Token, labels: set[str]) -> Span:
    first, end = syntax.phrase_bounds(token)
    doc = token.doc
    while first < token.i and (doc[first].dep_ in labels or doc[first].is_space or doc[first].is_punct):
        first += 1
    return make_span(doc, first, max(end, first + 1))


def clause_span(words: Iterable[Token], arguments: Iterable[Token]) -> Span:
    """The smallest stretch of the first word's sentence that holds the words and the phrases of the arguments."""
    words = list(words)
    sent = words[0].sent
    first, end = min(word.i for word in words), max(word.i + 1 for word in words)
    for token in arguments:
        if token.sent.start == sent.start:
            low, high = syntax.phrase_bounds(token)
            first, end = min(first, low), max(end, high)
    return make_span(sent.doc, max(first, sent.start), min(end, sent.end))
