"""What is let and what is forbidden of one matter: one leaves something out of the other, or has replaced it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from kg.extractors import syntax
from kg.extractors.act import Act, LeftOut
from kg.extractors.actors import ActorIndex
from kg.extractors.agreement import compare_parties
from kg.extractors.factuality import is_backshifted, is_negated
from kg.extractors.proposal import Proposal
from kg.model import DecisionType, Status

__all__ = ["contradicts", "end_replaced", "leave_out"]

#: Types of which one lets what the other forbids.
OPPOSITES = {DecisionType.PERMIT, DecisionType.PROHIBIT}
#: Verbs that say of a rule that it holds on, and those that say so when they are negated ("has not changed").
STANDING = frozenset("continue hold keep maintain persist remain retain stand stay uphold".split())
CHANGING = frozenset("alter change ease end lift loosen relax".split())
#: Auxiliaries of the present passive.
PRESENT = frozenset({"is", "are", "'s", "’s", "'re", "’re"})
#: Prepositions that say of a means what it may not be used for.
USES = frozenset({"against", "for"})
#: What is no part of an exception's wording at its edge.
LOOSE = frozenset({"punct", "cc", "parataxis"})


def contradicts(one: Proposal, other: Proposal) -> bool:
    """Whether one forbids what the other lets, and it holds on beside it, or only one of them was before: they are never
    one act."""
    if {one.type, other.type} != OPPOSITES:
        return False
    barring, letting = (one, other) if one.type is DecisionType.PROHIBIT else (other, one)
    if letting.trigger.operator == "reverse" or is_negated(letting.trigger):
        return False
    return _holds_on(barring) or _was_before(one) is not _was_before(other)


def leave_out(acts: Sequence[Act], index: ActorIndex) -> tuple[Act, ...]:
    """The acts with what a rule that holds on, or a "may not", told after an act leaves out of it by saying the opposite.

    "may use the arms … the ban on missiles has not changed": the permit leaves the missiles out, and they are banned.
    """
    return tuple(
        replace(act, left_out=tuple(part for later in acts[number + 1 :] for part in _list_left_out(act, later, index)))
        for number, act in enumerate(acts)
    )


def _list_left_out(act: Act, later: Act, index: ActorIndex) -> Iterator[LeftOut]:
    if {act.type, later.type} != OPPOSITES or not _same_matter(act, later, index):
        return
    known = {lemma for p in act.proposals for lemma in p.content}
    for proposal in later.proposals:
        if _holds_on(proposal) and not _was_before(proposal):
            for head in _list_parts(proposal, known):
                yield LeftOut(head, *_bound_part(head))


def end_replaced(acts: Sequence[Act], index: ActorIndex) -> tuple[Act, ...]:
    """An act that is only told as what had been so before ("had not let them"), and whose opposite is told as made, has
    ended."""
    ended = []
    for act in acts:
        if _only_before(act) and any(
            {act.type, other.type} == OPPOSITES and not _only_before(other) and _same_matter(act, other, index)
            for other in acts
        ):
            act = replace(act, decision=replace(act.decision, status=Status.ENDED))
        ended.append(act)
    return tuple(ended)


def _only_before(act: Act) -> bool:
    return all(_was_before(proposal) for proposal in act.proposals)


def _was_before(proposal: Proposal) -> bool:
    """Whether the sentence tells what had been so before ("had not let them"): that bounds nothing that holds now."""
    verb = proposal.trigger.predicate
    return any(aux.lower_ == "had" for aux in syntax.auxiliaries(verb)) and not is_backshifted(verb)


def _same_matter(one: Act, other: Act, index: ActorIndex) -> bool:
    """Both made by one side towards one party, about things that share a word."""
    first, second = one.decision, other.decision
    if Status.MADE is not first.status or first.status is not second.status:
        return False
    for mine, theirs in ((first.actors, second.actors), (first.recipients, second.recipients)):
        if compare_parties(mine, theirs, index) == "clash":
            return False
    mine_words = {lemma for p in one.proposals for lemma in p.content}
    return bool(mine_words & {lemma for p in other.proposals for lemma in p.content})


def _holds_on(proposal: Proposal) -> bool:
    """Whether the sentence says that a rule goes on or is in force ("is barred from"), or that something may not be done."""
    verb = proposal.trigger.predicate
    if _says_may_not(proposal) or _is_in_force(verb):
        return True
    above = [verb, *([verb.head] if verb.dep_ in {"xcomp", "ccomp", "obj"} else [])]
    return any(
        word.lemma_.lower() in (CHANGING if syntax.is_negated(word) else STANDING)
        or any(child.lower_ == "still" for child in word.children)
        for word in above
    )


def _is_in_force(verb: Token) -> bool:
    """Whether a passive tells a state of the present, no event."""
    auxiliaries = {aux.lower_ for aux in syntax.auxiliaries(verb)}
    return syntax.is_passive(verb) and bool(auxiliaries) and auxiliaries <= PRESENT


def _says_may_not(proposal: Proposal) -> bool:
    """Whether a negated verb or adjective forbids ("would not be able to")."""
    trigger = proposal.trigger
    plain = not trigger.is_nominal and not trigger.operator
    return plain and proposal.type is DecisionType.PROHIBIT and is_negated(trigger)


def _list_parts(proposal: Proposal, known: set[str]) -> Iterator[Token]:
    """The parts of the opposite action that say something new: its objects, what they are used for, or the noun itself."""
    for action in proposal.arguments.actions:
        if action.pos_ != "VERB":
            uses = [noun for _, noun in syntax.obliques(action)] if action.lemma_.lower() in known else []
            nouns = uses or [action]
        else:
            clauses = [action, *(c for c in action.children if c.dep_ in {"advcl", "xcomp"} and c.tag_ == "VB")]
            nouns = [noun for clause in clauses for verb in syntax.conjuncts(clause) for noun in _list_nouns(verb)]
        for noun in nouns:
            if (noun.dep_ != "conj" or syntax.children(noun, syntax.CASES)) and _says_more(noun, known):
                yield noun


def _says_more(noun: Token, known: set[str]) -> bool:
    """Whether a part says something new; a means that may not be put to some uses does so by what narrows it alone
    ("*long-range* arms for strikes", but not "the American-made arms for strikes")."""
    first, end = _bound_part(noun)
    words = [token for token in noun.doc[first:end] if token.is_alpha and not token.is_stop]
    if _list_uses(noun) or (noun.dep_ in syntax.OBJECTS and _list_uses(noun.head)):
        words = [
            t for t in words if t.i != noun.i and t.ent_type_ not in {"GPE", "NORP"} and t.tag_ not in {"VBN", "VBD"}
        ]
    return bool({token.lemma_.lower() for token in words} - known)


def _list_nouns(verb: Token) -> Iterator[Token]:
    """The objects and prepositional phrases of a verb, and what the objects are used for."""
    for noun in (*syntax.objects(verb), *(noun for _, noun in syntax.obliques(verb))):
        yield noun
        yield from _list_uses(noun)


def _list_uses(noun: Token) -> list[Token]:
    return [use for case, use in syntax.obliques(noun) if case in USES]


def _bound_part(head: Token) -> tuple[int, int]:
    """Token bounds of an exception; a coordinated phrase with a preposition of its own is another one."""
    apart = [c for c in syntax.conjuncts(head) if c.i != head.i and syntax.children(c, syntax.CASES)]
    first, end = syntax.phrase_bounds(head, without=LOOSE, drop=[*apart, *_list_uses(head)])
    while first < head.i and head.doc[first].dep_ in {"det", "case"}:
        first += 1
    return first, end
