"""Whether the parties of two accounts in one article agree: one party, one side, or two who cannot be the same."""

from collections.abc import Iterable
from functools import lru_cache

from kg.extractors.actors import ActorIndex
from kg.model import Actor, ActorKind

__all__ = ["are_rivals", "compare_parties", "same_actor"]

#: Kinds of which two with different names are two parties even in one state.
RIVALS = {(kind, kind) for kind in (ActorKind.PERSON, ActorKind.ORGANISATION)}
#: Kinds of parties that even a headline does not name for one another.
DISTINCT = {(kind, kind) for kind in (ActorKind.PERSON, ActorKind.STATE)}


def compare_parties(some: Iterable[Actor], others: Iterable[Actor], index: ActorIndex) -> str:
    """How the parties of two accounts agree: "same", "side", "may", "clash", or "open" where one names none."""
    pairs = [(a, b) for a in some for b in others]
    if not pairs:
        return "open"
    if any(same_actor(a, b) for a, b in pairs):
        return "same"
    if any(_is_one_side(a, b, index) for a, b in pairs):
        return "side"
    return "may" if any(_may_act_for(a, b, index) for a, b in pairs) else "clash"


def same_actor(one: Actor, other: Actor) -> bool:
    """Whether two mentions of this article are one party: a name of one stands whole in a name of the other."""
    if one == other or (one.known and one.known == other.known):
        return True
    words = [_split_name(name) for name in other.names]
    return any(a <= b or b <= a for a in map(_split_name, one.names) for b in words)


@lru_cache(maxsize=20_000)
def _split_name(name: str) -> frozenset[str]:
    return frozenset(name.lower().split())


def are_rivals(some: Iterable[Actor], others: Iterable[Actor], index: ActorIndex) -> bool:
    """Whether both name persons, or both states, or parties of two states: such two are two parties wherever they stand."""
    return any((a.kind, b.kind) in DISTINCT or _serve_two_states(a, b, index) for a in some for b in others)


def _serve_two_states(one: Actor, other: Actor, index: ActorIndex) -> bool:
    states = {index.state_of(one), index.state_of(other)} - {""}
    return len(states) == 2


def _is_one_side(one: Actor, other: Actor, index: ActorIndex) -> bool:
    """Whether both names can stand for one party in one act: a state and its government, forces or officials."""
    state = index.state_of(one)
    return bool(state) and state == index.state_of(other) and (one.kind, other.kind) not in RIVALS


def _may_act_for(one: Actor, other: Actor, index: ActorIndex) -> bool:
    """Whether one may be an official of the other's state about whom the article does not say so."""
    kinds = {one.kind: index.state_of(one), other.kind: index.state_of(other)}
    return ActorKind.STATE in kinds and kinds.get(ActorKind.PERSON) == ""
