"""Requests and their refusals: who refuses a request told beside it refuses whoever made it, and was asked it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from operator import itemgetter

from kg.extractors.act import Act
from kg.extractors.actors import ActorIndex
from kg.extractors.agreement import compare_parties
from kg.model import Actor, DecisionType

__all__ = ["answer_requests"]

#: Most characters between a request and its refusal; farther apart they are often of two matters.
REACH = 30
#: What a request is answered by, and the reverse.
ANSWERED = {DecisionType.REQUEST: DecisionType.REFUSE, DecisionType.REFUSE: DecisionType.REQUEST}


def answer_requests(acts: Sequence[Act], index: ActorIndex) -> tuple[Act, ...]:
    """The acts, a request and a refusal side by side that name no recipient with the actor of the other as theirs."""
    return tuple(
        replace(act, decision=replace(act.decision, recipients=_find_other_side(act, acts, index)))
        if act.type in ANSWERED and not act.decision.recipients
        else act
        for act in acts
    )


def _find_other_side(act: Act, acts: Iterable[Act], index: ActorIndex) -> tuple[Actor, ...]:
    """The actors of the nearest act of the type that answers this one, by another party."""
    others = [
        (gap, other.decision.actors)
        for other in acts
        if other.type is ANSWERED[act.type]
        and (gap := _measure_gap(act, other)) <= REACH
        and compare_parties(act.decision.actors, other.decision.actors, index) == "clash"
    ]
    return min(others, key=itemgetter(0))[1] if others else ()


def _measure_gap(one: Act, other: Act) -> int:
    """Characters between the nearest mentions; negative where they overlap."""
    return min(
        max(mine.start, yours.start) - min(mine.end, yours.end)
        for mine in one.decision.mentions
        for yours in other.decision.mentions
    )
