"""What is let and what is forbidden of one matter: one bounds the other, or has replaced it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from kg.extractors import syntax
from kg.extractors.act import Act
from kg.extractors.agreement import same_actor
from kg.extractors.kinds import infer_kind
from kg.extractors.limits import Limit
from kg.extractors.proposal import Proposal
from kg.model import DecisionType, Effect, Status

__all__ = ["OPPOSITES", "end_replaced", "find_opposites"]

#: Types of which one lets what the other forbids.
OPPOSITES = {DecisionType.PERMIT, DecisionType.PROHIBIT}


def find_opposites(acts: Sequence[Act]) -> Iterator[tuple[Limit, int]]:
    """What a later sentence lets or forbids the other way round is an exception of the act told first.

    "may use the arms … would not be able to use missiles": the permit leaves the missiles out, and is a ban of its own.
    """
    for number, act in enumerate(acts):
        for later in acts[number + 1 :]:
            if {act.type, later.type} == OPPOSITES and _same_matter(act, later):
                known = {lemma for p in act.proposals for lemma in p.content}
                for proposal in (p for p in later.proposals if not _was_before(p)):
                    for head in _specifics(proposal.arguments.actions, known):
                        yield _exception(head), number


def end_replaced(acts: Sequence[Act]) -> tuple[Act, ...]:
    """An act that is only told as what had been so before ("had not let them"), and whose opposite is told as made, has
    ended."""
    ended = []
    for act in acts:
        if _only_before(act) and any(
            {act.type, other.type} == OPPOSITES and not _only_before(other) and _same_matter(act, other)
            for other in acts
        ):
            act = replace(act, decision=replace(act.decision, status=Status.ENDED))
        ended.append(act)
    return tuple(ended)


def _only_before(act: Act) -> bool:
    return all(_was_before(proposal) for proposal in act.proposals)


def _was_before(proposal: Proposal) -> bool:
    """Whether the sentence tells what had been so before ("had not let them"): that bounds nothing that holds now."""
    return any(aux.lower_ == "had" for aux in syntax.auxiliaries(proposal.trigger.predicate))


def _same_matter(one: Act, other: Act) -> bool:
    """Both made by one actor towards one party, about things that share a word."""
    first, second = one.decision, other.decision
    if Status.MADE is not first.status or first.status is not second.status:
        return False
    for mine, theirs in ((first.actors, second.actors), (first.recipients, second.recipients)):
        if mine and theirs and not any(same_actor(a, b) for a in mine for b in theirs):
            return False
    mine_words = {lemma for p in one.proposals for lemma in p.content}
    return bool(mine_words & {lemma for p in other.proposals for lemma in p.content})


def _specifics(actions: Sequence[Token], known: set[str]) -> list[Token]:
    """The parts of the opposite action that say something new: its object and prepositional phrases, or the noun itself."""
    found = []
    for action in actions:
        if action.pos_ != "VERB":
            found.append(action)
            continue
        nouns = [*syntax.objects(action), *(noun for _, noun in syntax.obliques(action))]
        found += [
            n
            for n in nouns
            if n.dep_ != "conj" and {t.lemma_.lower() for t in n.subtree if not t.is_stop and t.is_alpha} - known
        ]
    return found


def _exception(head: Token) -> Limit:
    first, end = syntax.phrase_bounds(head)
    while first < head.i and head.doc[first].dep_ in {"det", "case"}:
        first += 1
    kind = infer_kind(head)
    return Limit(kind=kind, effect=Effect.EXCEPT, value=(first, end), quote=(first, end), head=head, cue=head)
