"""Token phrases as character spans of the article."""

from collections.abc import Iterable

from spacy.tokens import Doc, Token

from kg.extractors import syntax
from kg.model import Span

__all__ = ["action_bounds", "clause_bounds", "deed_bounds", "list_content_lemmas", "make_span"]

#: What may stand before an action without being part of it.
LEADING = frozenset({"mark", "case", "det", "aux", "cc"})
#: Marks that open and that close a quotation.
QUOTATION_MARKS = (("“", "”"), ("‘", "’"), ('"', '"'))


def make_span(doc: Doc, first: int, end: int) -> Span:
    """The characters of tokens ``first`` to ``end`` (exclusive)."""
    tokens = doc[first:end]
    return Span(start=tokens.start_char, end=tokens.end_char, text=tokens.text)


def action_bounds(token: Token) -> tuple[int, int]:
    """Token bounds (end exclusive) of an action: a clause without its "to" or "that", a noun phrase without determiner."""
    first, end = syntax.phrase_bounds(token)
    doc = token.doc
    while first < token.i and (doc[first].dep_ in LEADING or doc[first].is_space or doc[first].is_punct):
        first += 1
    return _pair_marks(token, first, max(end, first + 1))


def deed_bounds(token: Token) -> tuple[int, int]:
    """Token bounds (end exclusive) of an action whose own word evokes the decision: a verb ("boats may *enter the port*") without
    subject, modal and what is coordinated with it; else as `action_bounds`."""
    if token.pos_ != "VERB" or syntax.is_passive(token):
        return action_bounds(token)
    return _pair_marks(token, token.i, syntax.phrase_bounds(token, without=syntax.TRAILING | {"conj"})[1])


def _pair_marks(token: Token, first: int, end: int) -> tuple[int, int]:
    """The bounds with the quotation mark that their first or last word has lost; where a quotation that holds the token ends
    sooner, the end of the quotation."""
    doc = token.doc
    for opening, closing in QUOTATION_MARKS:
        opened = [i for i in range(first, end) if doc[i].text == opening and not _closes(doc[i])]
        closed = [i for i in range(first, end) if doc[i].text == closing and _closes(doc[i])]
        if len(closed) > len(opened):
            if first and doc[first - 1].text == opening:
                first -= 1
            elif closed[0] > token.i:
                end = closed[0]
        elif len(opened) > len(closed) and end < len(doc) and doc[end].text == closing:
            end += 1
    return first, end


def _closes(mark: Token) -> bool:
    """Whether a quotation mark ends a quotation: it stands close to the word before it, and is no genitive's."""
    return mark.i > 0 and not mark.nbor(-1).whitespace_ and mark.tag_ != "POS"


def clause_bounds(words: Iterable[Token], arguments: Iterable[Token]) -> tuple[int, int]:
    """Token bounds (end exclusive) of the smallest stretch that holds the words and the phrases of those arguments that stand
    in their sentence."""
    words = list(words)
    sent = words[0].sent
    first, end = min(word.i for word in words), max(word.i + 1 for word in words)
    for token in arguments:
        if token.sent.start == sent.start:
            low, high = syntax.phrase_bounds(token)
            first, end = min(first, low), max(end, high)
    return max(first, sent.start), min(end, sent.end)


def list_content_lemmas(doc: Doc, first: int, end: int) -> frozenset[str]:
    """Lemmas of the content words of a phrase."""
    return frozenset(
        token.lemma_.lower()
        for token in doc[first:end]
        if token.pos_ in {"NOUN", "PROPN", "VERB", "ADJ", "NUM"} and (not token.is_stop or token.pos_ == "PROPN")
    )
