"""Proposals: each place that may state a decision, with its roles filled and its confidence judged."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from kg.extractors import syntax
from kg.extractors.actors import ActorIndex, describe_actor
from kg.extractors.arguments import Arguments, find_arguments
from kg.extractors.evidence import Evidence
from kg.extractors.factuality import Factuality, judge_factuality
from kg.extractors.phrases import action_span, clause_span
from kg.extractors.triggers import Trigger
from kg.model import Actor, ActorKind, DecisionType, Span

__all__ = ["Proposal", "evoking_words", "propose"]

#: Below this probability the learned heads take a word of the lexicon for no decision, in proportion.
VETO = 0.15
#: From this probability on they find a decision without the lexicon.
ALONE = 0.7
#: What their probability adds to the lexicon's weight.
SUPPORT = 0.3
#: What is left of the lexicon's weight when a thing, not a party, is said to act.
NO_PARTY = 0.6
#: What the lexicon adds to the probability of its type, times the entry's weight.
LEXICON_BONUS = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One place in the text where a decision is stated."""

    trigger: Trigger
    arguments: Arguments
    factuality: Factuality
    actors: tuple[Actor, ...]
    recipients: tuple[Actor, ...]
    actions: tuple[Span, ...]
    mention: Span
    confidence: float

    @property
    def type(self) -> DecisionType:
        """The type with reversal and negation worked in."""
        return self.factuality.type

    @property
    def heads(self) -> tuple[Token, ...]:
        """The words on which what belongs to this act hangs."""
        return (self.trigger.token, self.trigger.predicate, *self.arguments.actions)


def propose(trigger: Trigger, index: ActorIndex, evidence: Evidence) -> Proposal:
    """Fill one trigger's roles from the parse, and where that is silent from the learned heads, and judge it."""
    arguments = complete_arguments(find_arguments(trigger), trigger, evidence)
    actors = _resolve(arguments.actors, index)
    recipients = _resolve(arguments.recipients, index)
    if not recipients:
        recipients = tuple(a for a in _resolve(affected_parties(trigger, arguments), index) if a not in actors)[:1]
    actions = tuple(action_span(token) for token in arguments.actions[:2])
    return Proposal(
        trigger=trigger,
        arguments=arguments,
        factuality=weigh_factuality(judge_factuality(trigger), trigger, evidence),
        actors=actors,
        recipients=recipients,
        actions=actions,
        mention=clause_span(evoking_words(trigger), (*arguments.actors, *arguments.recipients, *arguments.actions)),
        confidence=_confidence(trigger, arguments, actors, evidence),
    )


def evoking_words(trigger: Trigger) -> tuple[Token, ...]:
    """The words at which the learned heads may see the decision."""
    return tuple({token.i: token for token in (trigger.token, trigger.predicate, *trigger.words)}.values())


def complete_arguments(arguments: Arguments, trigger: Trigger, evidence: Evidence) -> Arguments:
    """Roles that the grammar leaves open, from the role head."""
    words = evoking_words(trigger)
    actors = arguments.actors or tuple(
        token for token in evidence.role_heads(words, "actor") if not _reports(token, trigger.predicate)
    )
    recipients = arguments.recipients or tuple(evidence.role_heads(words, "recipient"))
    actions = arguments.actions or tuple(evidence.role_heads(words, "action"))
    return Arguments(actors=actors, recipients=tuple(r for r in recipients if r not in actors), actions=actions)


def _reports(token: Token, predicate: Token) -> bool:
    """Whether the token is the subject of a verb that only reports the clause ("officials said Riga may …")."""
    return token.dep_ in syntax.SUBJECTS and token.head in predicate.ancestors


def weigh_factuality(rule: Factuality, trigger: Trigger, evidence: Evidence) -> Factuality:
    """Type and status where both the grammar and the learned heads have a say: the likeliest type, with a bonus for the
    grammar's; the heads' status."""
    if not evidence.is_learned:
        return rule
    words = evoking_words(trigger)
    kinds = evidence.type_probabilities(words)
    if not trigger.is_learned:
        kinds[rule.type] += LEXICON_BONUS * trigger.weight
    kind = max(kinds, key=lambda k: (kinds[k], k))
    return replace(
        rule, type=kind, status=evidence.status(words) or rule.status, actual=rule.actual or kinds[kind] > 0.8
    )


#: Types that are taken towards somebody.
DIRECTED = frozenset({DecisionType.PERMIT, DecisionType.PROHIBIT, DecisionType.REQUIRE, DecisionType.REFUSE})


def affected_parties(trigger: Trigger, arguments: Arguments) -> list[Token]:
    """Named parties inside the action whom a directed act affects though no role of its frame says so."""
    if trigger.type not in DIRECTED:
        return []
    taken = {token.i for token in arguments.actors}
    inside = sorted({t.i: t for action in arguments.actions for t in action.subtree}.values(), key=_position)
    return [
        t
        for t in inside
        if t.i not in taken
        and t.ent_type_ in {"GPE", "ORG", "PERSON"}
        and t.dep_ not in {"compound", "flat", "amod"}
        and not _is_place(t)
    ]


def _is_place(token: Token) -> bool:
    """Where something is ("in Russia", "inside Ukraine"), not a party."""
    return any(
        c.dep_ == "case" and c.lower_ in {"in", "inside", "at", "near", "into", "across", "within", "over", "through"}
        for c in token.children
    )


def _position(token: Token) -> int:
    return token.i


def _can_be_described(token: Token) -> bool:
    return token.pos_ in {"NOUN", "PROPN"} and token.ent_type_ != "DATE"


def _resolve(tokens: Iterable[Token], index: ActorIndex) -> tuple[Actor, ...]:
    found: dict[str, Actor] = {}
    for token in tokens:
        actor = index.actor_at(token) or (describe_actor(token) if _can_be_described(token) else None)
        if actor is not None:
            found.setdefault(actor.name, actor)
    return tuple(found.values())


def _confidence(trigger: Trigger, arguments: Arguments, actors: Sequence[Actor], evidence: Evidence) -> float:
    rule = _rule_confidence(trigger, arguments, actors)
    if not evidence.is_learned:
        return rule
    learned = evidence.some_decision(evoking_words(trigger))
    if trigger.is_learned:
        return learned if learned >= ALONE else 0.0
    doubt = (
        1.0 if trigger.entry.objects else min(1.0, learned / VETO)
    )  # an entry that names its objects is sure of itself
    return min(1.0, rule + SUPPORT * learned) * doubt


def _rule_confidence(trigger: Trigger, arguments: Arguments, actors: Sequence[Actor]) -> float:
    score = trigger.weight
    if not arguments.actors:
        score *= 0.8
    if not arguments.actions:
        score *= 0.6
    if actors and all(actor.kind is ActorKind.UNKNOWN for actor in actors):
        score *= NO_PARTY
    if trigger.is_nominal and not trigger.operator and (actors or arguments.actions not in {(), (trigger.token,)}):
        score += 0.15
    return min(1.0, score)
