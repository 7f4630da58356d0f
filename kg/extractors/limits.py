"""A limit as the text words it: left operand (kind), operator (effect) and right operand (value), after ODRL 2.2 (W3C 2018)."""

from dataclasses import dataclass

from spacy.tokens import Token

from kg.extractors import syntax
from kg.extractors.kinds import infer_kind
from kg.model import ConstraintKind, Effect
from kg.ontology import ConstraintCue

__all__ = ["CONTRASTING", "Limit", "limit_bounds", "make_limit"]

#: Words after which "not" leads in an exception.
CONTRASTING = frozenset({"but", "though", "although"})
#: Children that are no part of a value.
LOOSE = frozenset({"punct", "cc", "parataxis"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """One worded limit.

    ``value`` and ``quote`` are token bounds (end exclusive); ``head`` is the value's head. ``carrier`` is the verb or
    adjective that says what a decision covers; the decision is then among its subjects, not among the value's ancestors.
    """

    kind: ConstraintKind
    effect: Effect
    value: tuple[int, int]
    quote: tuple[int, int]
    head: Token
    cue: Token
    carrier: Token | None = None
    weight: float = 1.0


def make_limit(
    head: Token,
    cue: ConstraintCue,
    at: Token,
    *,
    kind: ConstraintKind | None = None,
    effect: Effect | None = None,
    carrier: Token | None = None,
) -> Limit:
    """The limit whose value is the phrase of ``head``; ``kind`` and ``effect`` are the cue's own where not given."""
    first, end = limit_bounds(head)
    return Limit(
        kind=kind or (ConstraintKind(cue.kind) if cue.kind else infer_kind(head)),
        effect=effect or Effect(cue.effect),
        value=(first, end),
        quote=(min(first, at.i), max(end, at.i + 1)),
        head=head,
        cue=at,
        carrier=carrier,
        weight=cue.weight,
    )


def limit_bounds(head: Token) -> tuple[int, int]:
    """Token bounds (end exclusive) of the phrase of ``head`` without determiner, without what is set off from it, and without
    the "not" of "but not"."""
    aside = [t for t in head.subtree if t.i > head.i and _is_aside(t)]
    first, end = syntax.phrase_bounds(head, without=LOOSE | {"conj"} if head.pos_ == "VERB" else LOOSE, drop=aside)
    doc = head.doc
    while first < head.i and (
        doc[first].lower_ in CONTRASTING or (doc[first].lower_ == "not" and doc[first - 1].lower_ in CONTRASTING)
    ):
        first += 1
    while first < head.i and (doc[first].dep_ == "det" or doc[first].is_space or doc[first].is_punct):
        first += 1
    return first, end


def _is_aside(token: Token) -> bool:
    """Whether a phrase is set off by a comma or dash without being one more item of a list."""
    before = token.left_edge.i - 1
    return (
        before >= 0
        and token.doc[before].text in {",", "–", "—", ";"}
        and token.dep_ not in {"conj", "punct", "cc", "amod"}
    )
