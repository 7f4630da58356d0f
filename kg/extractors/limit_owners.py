"""Which decision a cued limit bounds by the grammar: the one above its value, or the one its carrier's subject refers to."""

from collections.abc import Sequence

from spacy.tokens import Token

from kg.extractors import syntax
from kg.extractors.act import Act
from kg.extractors.limit_candidates import ANAPHORS
from kg.extractors.limits import Limit
from kg.model import DecisionType

__all__ = ["owner_of"]

#: How many sentences back a carrier may refer.
REACH = 6


def owner_of(limit: Limit, acts: Sequence[Act]) -> int | None:
    """The act that a limit bounds, or None when none is in reach."""
    if limit.carrier is not None and any(limit.carrier == p.trigger.token for act in acts for p in act.proposals):
        return None
    if limit.carrier is not None:
        owner = _carrier_owner(limit, acts)
        return owner if owner is not None else _clause_owner(limit, acts)
    return _clause_owner(limit, acts)


def _clause_owner(limit: Limit, acts: Sequence[Act]) -> int | None:
    """The act whose trigger is the nearest ancestor of the value, else the last one told before it in the sentence."""
    heads = {head.i: number for number, act in enumerate(acts) for p in act.proposals for head in p.heads}
    for token in (limit.head, *limit.head.ancestors):
        if token.i in heads and token.i != limit.head.i:
            return heads[token.i]
    sent = limit.head.sent
    before = [i for i in heads if sent.start <= i < limit.value[0]]
    return heads[max(before)] if before else None


def _carrier_owner(limit: Limit, acts: Sequence[Act]) -> int | None:
    """The act that the carrier's subject names or refers to: a trigger noun, else the last act of a fitting type."""
    assert limit.carrier is not None
    first, end = limit.value
    subjects = [s for s in syntax.subjects(limit.carrier) if not first <= s.i < end]
    heads = {head.i: number for number, act in enumerate(acts) for p in act.proposals for head in (p.trigger.token,)}
    for subject in subjects:
        if subject.i in heads:
            return heads[subject.i]
    if subjects and not any(_refers(s) for s in subjects):
        return None
    return _last_act(limit.carrier, acts)


def _refers(subject: Token) -> bool:
    """Whether a subject may stand for a decision told before: "it", "the order", "the measure"."""
    if subject.lemma_.lower() in ANAPHORS or subject.lower_ in ANAPHORS:
        return True
    definite = any(c.lower_ in {"the", "this", "that"} for c in subject.children)
    return definite and not subject.ent_type_ and subject.tag_ == "NN"


def _last_act(token: Token, acts: Sequence[Act]) -> int | None:
    doc = token.doc
    starts = [sent.start for sent in doc.sents if sent.start <= token.i][-REACH - 1 :]
    best: tuple[int, int] | None = None
    for number, act in enumerate(acts):
        if act.type not in {DecisionType.REQUEST, DecisionType.WARN}:
            for proposal in act.proposals:
                at = proposal.trigger.token.i
                if starts[0] <= at < token.i and (best is None or at > best[0]):
                    best = (at, number)
    return best[1] if best else None
