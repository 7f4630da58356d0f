"""What is said: the tokens that a reporting cue credits to its source, by the cue's frame.

Roles and their extent follow PARC 3 (Pareti 2016) as PolNeAR's guidelines keep them (Newell, Margolin and Ruths 2018):
the content takes its complementiser and quotation marks, and leaves the addressee to the cue.
"""

from collections.abc import Callable, Iterable

from spacy.tokens import Doc, Token

from kg.extractors import syntax
from kg.extractors.cues import Cue
from kg.ontology import ReportingCue

__all__ = ["find_content", "is_parenthetical", "subtree", "token_runs"]

#: Relations by which a parenthetical reporting clause hangs on what it reports ("S, she said").
PARENTHETICAL = frozenset({"parataxis", "dep", "advcl", "ccomp", "discourse", "conj", "acl:relcl", "acl"})
#: Relations of clauses that are reported.
CLAUSES = frozenset({"ccomp", "parataxis", "csubj"})
#: What hangs on the predicate of judgement besides its object ("blamed X *for* Y", "accused X *of* Y").
GROUNDS = frozenset({"for", "over", "of", "as", "as a", "with", "to", "on", "about"})
NOUN_MARKS = frozenset({"of", "for", "to", "on", "about", "that", "against", "over", "from", "in", "with"})


def subtree(token: Token) -> set[int]:
    """Indices of the token and everything below it."""
    return {other.i for other in token.subtree}


def token_runs(doc: Doc, indices: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """Unbroken runs (first, end) of tokens, white space bridged, punctuation trimmed at both ends of each run."""
    ordered = sorted(indices)
    runs: list[list[int]] = []
    for index in ordered:
        if runs and all(doc[i].is_space or doc[i].is_punct for i in range(runs[-1][1], index)):
            runs[-1][1] = index + 1
        else:
            runs.append([index, index + 1])
    trimmed = (_trim(doc, first, end) for first, end in runs)
    return tuple((first, end) for first, end in trimmed if first < end)


def _trim(doc: Doc, first: int, end: int) -> tuple[int, int]:
    while first < end and (doc[first].is_space or (doc[first].is_punct and not doc[first].is_quote)):
        first += 1
    while first < end and (doc[end - 1].is_space or (doc[end - 1].is_punct and not doc[end - 1].is_quote)):
        end -= 1
    return first, end


def find_content(cue: Cue) -> tuple[set[int], ReportingCue]:
    """Indices of the tokens that the cue reports, empty where no frame of its entries finds any, and the entry used."""
    for finder, frames in #: Frames that take a quotation or a finite clause, the likeliest first.
CLAUSAL = ("Statement", "Topic", "Address", "Question", "Urging", "Intention", "Judgement")
#: How a content is found, in order, and the frames that allow it.
FINDERS: tuple[tuple[Callable[[Cue], set[int]], tuple[str, ...]], ...] = (
    (_by_preposition, ("Preposition",)),
    (_of_noun, ("NounContent", "AdjectiveContent")),
    (_predicate, ("Characterisation",)),
    (_urging, ("Urging", "Intention")),
    (_host, CLAUSAL),
    (_clause, CLAUSAL),
    (_infinitive, ("Intention",)),
    (_appearance, ("Appearance", "Topic", "Statement", "Intention")),
    (_object, ("Topic", "Judgement", "Matter", "Intention", "Question")),
)
