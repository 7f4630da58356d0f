"""Filling and judging: a trigger's roles from the grammar and the heads, its type, status and confidence."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from spacy.tokens import Token

from kg.extractors import syntax
from kg.extractors.actors import ActorIndex, describe_actor
from kg.extractors.arguments import Arguments, find_arguments
from kg.extractors.decision_features import describe_proposal, weigh_heads
from kg.extractors.evidence import Evidence
from kg.extractors.factuality import Factuality, is_negated, judge_factuality
from kg.extractors.judge import load_judge
from kg.extractors.phrases import action_bounds, action_span, clause_span
from kg.extractors.proposal import Proposal, evoking_words
from kg.extractors.triggers import Trigger
from kg.model import Actor, DecisionType

__all__ = ["judge_proposals", "propose"]

#: What the lexicon adds to the probability of its type, times the entry's weight.
LEXICON_BONUS = 1.0


def propose(trigger: Trigger, index: ActorIndex, evidence: Evidence) -> Proposal | None:
    """Fill one trigger's roles from the parse, and where that is silent from the learned heads; None where it tells of
    nothing actual."""
    factuality = weigh_factuality(judge_factuality(trigger), trigger, evidence)
    if not factuality.actual:
        return None
    arguments = complete_arguments(find_arguments(trigger), trigger, evidence)
    actors = _resolve(arguments.actors, index)
    recipients = _resolve(arguments.recipients, index)
    if not recipients:
        recipients = tuple(a for a in _resolve(affected_parties(trigger, arguments), index) if a not in actors)[:1]
    return Proposal(
        trigger=trigger,
        arguments=arguments,
        factuality=factuality,
        actors=actors,
        recipients=recipients,
        actions=tuple(action_span(token) for token in arguments.actions[:2]),
        content=content_lemmas(arguments.actions[:2]),
        mention=clause_span(evoking_words(trigger), (*arguments.actors, *arguments.recipients, *arguments.actions)),
    )


def content_lemmas(actions: Iterable[Token]) -> frozenset[str]:
    """Lemmas of the content words of an action's phrases."""
    return frozenset(
        token.lemma_.lower()
        for action in actions
        for token in action.doc[slice(*action_bounds(action))]
        if token.pos_ in {"NOUN", "PROPN", "VERB", "ADJ", "NUM"} and (not token.is_stop or token.pos_ == "PROPN")
    )


def judge_proposals(proposals: Sequence[Proposal], evidence: Evidence, *, headline_end: int) -> list[float]:
    """For each proposal the probability (0-1) that it is a decision of its type.

    ``headline_end`` is the offset at which the article's body begins.
    """
    if not proposals:
        return []
    judge = load_judge("decision")
    scores = judge.weigh_all([tuple(describe_proposal(p, headline_end=headline_end)) for p in proposals])
    heads = [weights for p in proposals if (weights := weigh_heads(p, evidence)) is not None]
    chances: list[float] = judge.judge(scores, heads or None)[:, 1].tolist()
    return chances


def complete_arguments(arguments: Arguments, trigger: Trigger, evidence: Evidence) -> Arguments:
    """Roles that the grammar leaves open, from the role head."""
    words = evoking_words(trigger)
    actors = arguments.actors or tuple(
        token
        for token in evidence.role_heads(words, "actor")
        if not _reports(token, trigger.predicate) and not _is_let(token, trigger)
    )
    recipients = arguments.recipients or tuple(evidence.role_heads(words, "recipient"))
    actions = arguments.actions or tuple(evidence.role_heads(words, "action"))
    return Arguments(actors=actors, recipients=tuple(r for r in recipients if r not in actors), actions=actions)


def _reports(token: Token, predicate: Token) -> bool:
    """Whether the token is the subject of a verb that only reports the clause ("officials said Riga may …")."""
    return token.dep_ in syntax.SUBJECTS and token.head in predicate.ancestors


def _is_let(token: Token, trigger: Trigger) -> bool:
    """Whether the token is the subject of a modal: who may or must, not who decided it."""
    return trigger.entry.frame == "Modal" and token in syntax.subjects(trigger.predicate)


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
    if kind is DecisionType.PERMIT and is_negated(trigger) and not trigger.operator:
        kinds[DecisionType.PROHIBIT], kind = kinds[kind], DecisionType.PROHIBIT
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
