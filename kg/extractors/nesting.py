"""Acts inside acts: what one's own staff is ordered to see to is one's own decision; deciding to do is doing."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from kg.extractors.proposal import Proposal
from kg.model import DecisionType, Status

__all__ = ["carry_out_orders", "drop_nested", "inherit_actors"]

#: Words whose clause is what somebody is to bring about.
SEEING_TO = frozenset({"ensure", "sure", "certain", "see"})


def drop_nested(proposals: Sequence[Proposal]) -> list[Proposal]:
    """The proposals that are decisions of their own."""
    proposals = _drop_leading(proposals)
    predicates: dict[int, list[Proposal]] = {}
    for proposal in proposals:
        predicates.setdefault(proposal.trigger.predicate.i, []).append(proposal)
    return [p for p in proposals if not _governs_better(p, predicates)]


def _drop_leading(proposals: Sequence[Proposal]) -> list[Proposal]:
    """Without what the heads alone see in a verb that only leads to the word that evokes the act ("*continues* to bar")."""
    evoked = {proposal.trigger.predicate.i: proposal.type for proposal in proposals if not proposal.trigger.is_learned}
    return [
        proposal
        for proposal in proposals
        if not proposal.trigger.is_learned
        or all(evoked.get(index) is not proposal.type for index in _clause_heads(proposal.arguments.actions))
    ]


def carry_out_orders(proposals: Sequence[Proposal]) -> list[Proposal]:
    """What one's own staff is ordered to see to is the decision of who gives the order, and as likely as it is ("directed his
    team to ensure that Kenya is able to …")."""
    orders = {
        index: order
        for order in proposals
        if _commands_own_staff(order)
        for index in _clause_heads(order.arguments.actions)
    }
    return [_carry_out(p, orders.get(p.trigger.predicate.i)) for p in proposals]


def _carry_out(proposal: Proposal, order: Proposal | None) -> Proposal:
    if order is None or order.trigger is proposal.trigger or not order.actors:
        return proposal
    parties = dict.fromkeys((*proposal.actors, *proposal.recipients))
    staff = {token.text for token in _list_staff(order)}
    affected = tuple(p for p in parties if p not in order.actors and staff.isdisjoint(p.name.split()))
    return replace(
        proposal,
        confidence=max(proposal.confidence, order.confidence),
        actors=order.actors,
        leading_actors=order.leading_actors,
        recipients=affected,
        leading_recipients=frozenset(affected[:1]),
    )


def inherit_actors(proposals: Sequence[Proposal]) -> list[Proposal]:
    """An act announced or decided by someone is that party's own when its clause names no other actor."""
    governed = {
        index: outer
        for outer in proposals
        if outer.type is DecisionType.COMMIT and outer.actors
        for index in _clause_heads(outer.arguments.actions)
    }
    result = []
    for proposal in proposals:
        outer = governed.get(proposal.trigger.predicate.i)
        if outer is not None and outer is not proposal and not proposal.actors:
            proposal = replace(proposal, actors=outer.actors, leading_actors=outer.leading_actors)
        result.append(proposal)
    return result


def _commands_own_staff(proposal: Proposal) -> bool:
    """ "directed his team to ensure …" carries a decision out; the decision is what the team is to ensure."""
    if proposal.type is not DecisionType.REQUIRE:
        return False
    return any(_list_staff(proposal))


def _list_staff(proposal: Proposal) -> Iterator[Token]:
    """The recipients that are told to be somebody's own."""
    return (t for t in proposal.arguments.recipients if any(c.tag_ == "PRP$" for c in t.children))


def _governs_better(proposal: Proposal, predicates: dict[int, list[Proposal]]) -> bool:
    """Whether this is only the deciding or planning of an act that is evoked itself ("agreed *to lift*")."""
    if _commands_own_staff(proposal):
        return True
    if proposal.type is not DecisionType.COMMIT or proposal.factuality.status is Status.DENIED:
        return False
    inside = _clause_heads(proposal.arguments.actions)
    return any(other is not proposal for index in inside for other in predicates.get(index, ()))


def _clause_heads(actions: Iterable[Token]) -> set[int]:
    """The action's head and the heads it is coordinated with or completed by."""
    found: set[int] = set()
    queue = list(actions)
    while queue:
        token = queue.pop()
        if token.i not in found:
            found.add(token.i)
            queue.extend(c for c in token.children if c.dep_ in {"conj", "xcomp"} or _is_seen_to(c))
    return found


def _is_seen_to(clause: Token) -> bool:
    """Whether the clause is what somebody is to bring about ("make sure *that it is able to* …", "see to it *that* …")."""
    if clause.dep_ == "advcl":
        return clause.head.lemma_ == "see" and any(c.dep_ == "mark" and c.lower_ == "that" for c in clause.children)
    return clause.dep_ == "ccomp" and clause.head.lemma_ in SEEING_TO
