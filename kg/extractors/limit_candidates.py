"""Phrases that may word a limit: what a cue leads in, and every phrase and short clause that the heads do not rule out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Doc, Token

from kg.extractors import syntax
from kg.extractors.cued_limits import find_limits
from kg.extractors.evidence import Evidence
from kg.extractors.kinds import infer_kind
from kg.extractors.limits import CONTRASTING, Limit, limit_bounds
from kg.extractors.phrases import list_content_lemmas
from kg.model import Effect
from kg.ontology import Ontology

__all__ = ["ANAPHORS", "Candidate", "find_candidates"]

#: Nouns and pronouns by which a sentence refers to a decision told before.
ANAPHORS = frozenset(
    "it this that they decision move order ruling ban measure rule restriction permission authorization authorisation approval "
    "directive policy agreement deal plan waiver licence license permit sanction embargo moratorium law exemption truce "
    "ceasefire arrangement scheme programme program change tariff duty injunction suspension decree regulation".split()
)

#: Nouns for limits: by themselves they bound nothing.
LIMITS = frozenset("limit limitation restriction condition exception caveat proviso rule".split())

#: Labels of the phrases that can word a limit, by the name of their form.
FORMS = {
    **dict.fromkeys(("obl", "obl:unmarked", "obl:tmod", "obl:npmod", "nmod", "nmod:unmarked", "obl:agent"), "phrase"),
    **dict.fromkeys(("prep", "agent", "npadvmod"), "phrase"),
    **dict.fromkeys(("nsubj", "nsubj:pass", "obj", "iobj", "appos", "nsubjpass", "dobj"), "noun"),
    **dict.fromkeys(("advcl", "acl", "xcomp", "advcl:relcl", "pcomp"), "clause"),
    **dict.fromkeys(("nummod", "compound", "amod"), "number"),
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
GLIMPSE = 0.07
#: Words that open a phrase and say by themselves how it bounds.
OPENERS = {
    **dict.fromkeys(("exclusively", "only", "solely"), Effect.ONLY),
    **dict.fromkeys(
        ("apart from", "aside from", "barring", "except", "excluding", "other than", "save for"), Effect.EXCEPT
    ),
}


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A phrase that may word a limit: token bounds (end exclusive), head, how it was found, and its cue if it has one."""

    head: Token
    first: int
    end: int
    form: str
    cue: Limit | None = None

    @cached_property
    def kind(self) -> str:
        """What it bounds by its head."""
        return infer_kind(self.head).value

    @cached_property
    def stated_effect(self) -> Effect | None:
        """How it bounds where its first words, or those before it, say so ("only near the border", "but not *tobacco*")."""
        doc, first, before = self.head.doc, self.first, self.first
        while before and doc[before - 1].dep_ == "det":
            before -= 1
        if before and doc[before - 1].lower_ == "not":
            return Effect.EXCEPT if before > 1 and doc[before - 2].lower_ in CONTRASTING else None
        word, pair = doc[first].lower_, " ".join(token.lower_ for token in doc[first : min(first + 2, self.end)])
        return OPENERS.get(word) or OPENERS.get(pair)

    @cached_property
    def content(self) -> frozenset[str]:
        """Lemmas of its content words."""
        return list_content_lemmas(self.head.doc, self.first, self.end)

    @property
    def is_empty(self) -> bool:
        """Whether it tells that there are limits and not which ("with conditions")."""
        return bool(self.content) and self.content <= LIMITS

    @cached_property
    def case(self) -> str:
        """The preposition or subordinator that leads it in, "-" where none does."""
        return case_of(self.head)

    @cached_property
    def clause(self) -> Token:
        """The verb or predicate in whose clause it stands."""
        return clause_of(self.head)

    @cached_property
    def subject(self) -> str:
        """What sort of subject its clause has."""
        return subject_of(self.clause)


def case_of(head: Token) -> str:
    """The preposition or subordinator that leads a phrase in, "-" where none does."""
    cases = [child.lower_ for child in head.children if child.dep_ == "case" and child.i < head.i]
    marks = [child.lower_ for child in head.children if child.dep_ in {"mark", "advmod"} and child.i < head.i]
    if head.dep_ in syntax.PREPOSITION_OBJECTS:
        cases = [head.head.lower_]
    return " ".join(cases) or " ".join(marks[:2]) or "-"


def clause_of(head: Token) -> Token:
    """The verb or predicate in whose clause a phrase stands."""
    token = head.head if head.pos_ in {"VERB", "AUX"} and head.head.i != head.i else head
    for above in (token, *token.ancestors):
        if syntax.is_clause_head(above):
            return above
    return token


def subject_of(clause: Token) -> str:
    """What sort of subject a clause has: one that may refer to a decision told before, another, or none."""
    subjects = syntax.own_subjects(clause)
    if not subjects:
        return "none"
    if any(token.pos_ == "PRON" for token in subjects):
        return "pronoun"
    return "referring" if any(token.lemma_.lower() in ANAPHORS for token in subjects) else "other"


def find_candidates(doc: Doc, ontology: Ontology, evidence: Evidence) -> list[Candidate]:
    """The candidates in text order, each stretch once: those with a cue first, then plain phrases."""
    found: dict[tuple[int, int], Candidate] = {}
    for limit in find_limits(doc, ontology):
        first, end = limit.value
        found.setdefault(limit.value, Candidate(head=limit.head, first=first, end=end, form="cue", cue=limit))
    seen = evidence.count_limit_words(len(doc), share=GLIMPSE)
    for head in doc:
        if seen[head.left_edge.i] < seen[head.right_edge.i + 1]:
            for form, first, end in _list_phrases(head):
                is_likely = (first, end) not in found and evidence.limit_share(first, end) >= GLIMPSE
                if is_likely and not _holds_exception(doc, first, end):
                    found[first, end] = Candidate(head=head, first=first, end=end, form=form)
    return [found[place] for place in sorted(found) if not found[place].is_empty]


def _holds_exception(doc: Doc, first: int, end: int) -> bool:
    """Whether a phrase goes on to an exception of its own ("long-range arms, but not missiles"): that is no one limit."""
    return any(doc[i].lower_ in CONTRASTING and doc[i + 1].lower_ == "not" for i in range(first + 1, end - 1))


def _list_phrases(token: Token) -> Iterator[tuple[str, int, int]]:
    """Form and bounds of the phrases of a head that may word a limit."""
    form = FORMS.get(token.dep_)
    if form is not None and not token.is_punct and not token.is_space and token.pos_ != "PRON":
        for first, end in _bound_phrase(token, form):
            yield form, first, end
    if token.dep_ in CLAUSES and token.pos_ in {"VERB", "AUX", "ADJ", "NOUN"}:
        first, end = syntax.phrase_bounds(token, without=syntax.TRAILING | {"cc"})
        if end - first <= LONGEST:
            yield "sentence", first, end


def _bound_phrase(token: Token, form: str) -> Sequence[tuple[int, int]]:
    if form == "clause":
        return [syntax.phrase_bounds(token, without=("punct", "parataxis"))]
    if form == "adverb":
        return [(token.i, token.i + 1)]
    if form == "number":
        return [syntax.phrase_bounds(token, without=("punct",))] if token.pos_ == "NUM" or _is_counted(token) else []
    if form == "conjunct" and token.pos_ not in {"NOUN", "PROPN", "NUM", "SYM"}:
        return []
    whole, core = limit_bounds(token), syntax.phrase_bounds(token, without=DESCRIBING)
    return [whole, core] if core != whole and (form == "phrase" or _is_counted(token)) else [whole]


def _is_counted(token: Token) -> bool:
    return any(child.pos_ == "NUM" for child in token.children)
