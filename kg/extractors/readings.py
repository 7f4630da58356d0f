"""How a trigger may be read: as which type and with which status, where both the grammar and the learned heads have a say."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kg.extractors.arguments import Arguments, find_arguments
from kg.extractors.evidence import Evidence
from kg.extractors.factuality import Factuality, is_negated, judge_factuality
from kg.extractors.judge import load_judge
from kg.extractors.proposal import evoking_words
from kg.extractors.status_features import describe_status, weigh_status
from kg.extractors.triggers import Trigger
from kg.model import DecisionType, Status

__all__ = ["Reading", "list_readings"]

#: What the lexicon adds to the probability of its type, times the entry's weight; what is undone counts in full.
LEXICON_BONUS = 1.0
#: From this probability on the heads overrule the grammar on whether anything is told as actual.
SURE = 0.8
#: From this probability on the heads' likeliest type is looked at beside the one that the lexicon speaks for.
ALTERNATIVE = 0.1


class Reading(NamedTuple):
    """A trigger with the grammar's arguments, read as one type."""

    trigger: Trigger
    arguments: Arguments
    factuality: Factuality


def list_readings(triggers: Iterable[Trigger], evidence: Evidence) -> list[Reading]:
    """Every trigger in every type that it may have, the lexicon's first; readings that tell of nothing actual are left out."""
    rules = [Reading(trigger, find_arguments(trigger), judge_factuality(trigger)) for trigger in triggers]
    if not evidence.is_learned:
        return [reading for reading in rules if reading.factuality.actual]
    readings = [
        (rule, kind)
        for rule in rules
        for kind, chance in _list_types(rule, evidence).items()
        if rule.factuality.actual or chance > SURE
    ]
    statuses = _judge_statuses(readings, evidence)
    return [
        rule._replace(factuality=Factuality(type=kind, status=Status.DENIED if _is_denied(rule, kind) else status))
        for (rule, kind), status in zip(readings, statuses, strict=True)
    ]


def _list_types(rule: Reading, evidence: Evidence) -> dict[DecisionType, float]:
    """The likeliest type with a bonus for the grammar's, unless a modal tells it, and the heads' own where that is another, with
    the heads' chances of each; not letting is forbidding."""
    trigger, told = rule.trigger, rule.factuality.type
    seen = evidence.type_probabilities(evoking_words(trigger))
    kinds = dict(seen)
    if not trigger.is_learned:
        kinds[told] += LEXICON_BONUS * (1.0 if trigger.operator == "reverse" else trigger.weight)
    first, own = (max(chances, key=lambda kind: (chances[kind], kind)) for chances in (kinds, seen))
    if trigger.entry.frame == "Modal":
        first = told
    found: dict[DecisionType, float] = {}
    for kind in (first, own) if seen[own] >= ALTERNATIVE else (first,):
        is_unlet = kind is DecisionType.PERMIT and is_negated(trigger) and not trigger.operator
        found.setdefault(DecisionType.PROHIBIT if is_unlet else kind, seen[kind])
    return found


def _is_denied(rule: Reading, kind: DecisionType) -> bool:
    """Whether the grammar denies just this: what somebody "did not agree to" is not done, however the rest reads."""
    denied = rule.factuality.status is Status.DENIED
    return denied and kind is rule.factuality.type and kind is not DecisionType.REFUSE


def _judge_statuses(readings: Sequence[tuple[Reading, DecisionType]], evidence: Evidence) -> list[Status]:
    if not readings:
        return []
    judge = load_judge("status")
    features = [tuple(describe_status(rule.trigger, rule.factuality, kind)) for rule, kind in readings]
    seen = [weigh_status(rule.trigger, rule.arguments, rule.factuality, kind, evidence) for rule, kind in readings]
    chances = judge.judge(judge.weigh_all(features), judge.look(seen, evidence.states))
    return [Status(judge.classes[best]) for best in chances.argmax(1).tolist()]
