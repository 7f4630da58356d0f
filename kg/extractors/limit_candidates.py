"""Phrases that may word a limit: what a cue leads in, and every phrase and short clause that the heads do not rule out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.extractors import syntax
from kg.extractors.cued_limits import find_limits
from kg.extractors.evidence import Evidence
from kg.extractors.limits import Limit, limit_bounds
from kg.ontology import Ontology

__all__ = ["Candidate", "find_candidates"]

#: Labels of the phrases that can word a limit, by the name of their form.
FORMS = {
    **dict.fromkeys(("obl", "obl:unmarked", "obl:tmod", "obl:npmod", "nmod", "nmod:unmarked", "obl:agent"), "phrase"),
    **dict.fromkeys(("prep", "agent", "npadvmod"), "phrase"),
    **dict.fromkeys(("nsubj", "nsubj:pass", "obj", "iobj", "appos", "nsubjpass", "dobj"), "noun"),
    **dict.fromkeys(("advcl", "acl", "xcomp", "advcl:relcl", "pcomp"), "clause"),
    "conj": "conjunct",
    "advmod": "adverb",
}
#: Labels of the clauses that can word a limit as a whole ("Closed shops are exempt").
CLAUSES = frozenset({"conj", "root", "ROOT", "parataxis", "ccomp", "advcl", "acl:relcl", "relcl"})
#: The longest clause, in tokens, that is taken as a whole.
LONGEST = 14
#: A phrase is cut before what only describes its head.
DESCRIBING = syntax.TRAILING | {"acl", "nmod", "obl", "conj"}
#: Where the heads see less of a limit in a phrase than this (0-1), it is none.
GLIMPSE = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A phrase that may word a limit: token bounds (end exclusive), head, how it was found, and its cue if it has one."""

    head: Token
    first: int
    end: int
    form: str
    cue: Limit | None = None


def find_candidates(doc: Doc, ontology: Ontology, evidence: Evidence, *, opposites: Iterable[Limit]) -> list[Candidate]:
    """The candidates in text order, each stretch once: those with a cue first, then ``opposites``, then plain phrases."""
    found: dict[tuple[int, int], Candidate] = {}
    for form, limits in (("cue", find_limits(doc, ontology)), ("opposite", tuple(opposites))):
        for limit in limits:
            first, end = limit.value
            candidate = Candidate(
                head=limit.head, first=first, end=end, form=form, cue=limit if form == "cue" else None
            )
            found.setdefault((first, end), candidate)
    for candidate in _list_phrases(doc):
        place = (candidate.first, candidate.end)
        if place not in found and evidence.limit_share(*place) >= GLIMPSE:
            found[place] = candidate
    return [found[place] for place in sorted(found)]


def _list_phrases(doc: Doc) -> Iterator[Candidate]:
    for token in doc:
        form = FORMS.get(token.dep_)
        if form is not None and not token.is_punct and not token.is_space and token.pos_ != "PRON":
            for first, end in _bound_phrase(token, form):
                yield Candidate(head=token, first=first, end=end, form=form)
        if token.dep_ in CLAUSES and token.pos_ in {"VERB", "AUX", "ADJ", "NOUN"}:
            first, end = syntax.phrase_bounds(token, without=syntax.TRAILING | {"cc"})
            if end - first <= LONGEST:
                yield Candidate(head=token, first=first, end=end, form="sentence")


def _bound_phrase(token: Token, form: str) -> Sequence[tuple[int, int]]:
    if form == "clause":
        return [syntax.phrase_bounds(token, without=("punct", "parataxis"))]
    if form == "adverb":
        return [(token.i, token.i + 1)]
    if form == "conjunct" and token.pos_ not in {"NOUN", "PROPN", "NUM", "SYM"}:
        return []
    whole, core = limit_bounds(token), syntax.phrase_bounds(token, without=DESCRIBING)
    return [whole, core] if core != whole and (form == "phrase" or _is_counted(token)) else [whole]


def _is_counted(token: Token) -> bool:
    return any(child.pos_ == "NUM" for child in token.children)
