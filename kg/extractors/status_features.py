"""What speaks for a decision being made, considered, denied or ended: features and evidence for the judge "status"."""

from collections.abc import Iterator

from kg.extractors import syntax
from kg.extractors.arguments import Arguments
from kg.extractors.evidence import Evidence, log_odds
from kg.extractors.factuality import Factuality, goes_on, is_backshifted, is_negated
from kg.extractors.proposal import evoking_words
from kg.extractors.reader import Sight, mark_type, place_of
from kg.extractors.triggers import Trigger
from kg.model import DecisionType, Status

__all__ = ["describe_status", "weigh_status"]

STATUSES = tuple(Status)


def describe_status(trigger: Trigger, rule: Factuality, kind: DecisionType) -> Iterator[str]:
    """Features of a trigger read as ``kind``; ``rule`` is what the grammar makes of it."""
    verb, word = trigger.predicate, trigger.token.lemma_.lower()
    auxiliaries = ",".join(sorted(aux.lower_ for aux in syntax.auxiliaries(verb)))
    yield f"rule={rule.status}"
    yield f"rule,types={rule.status},{rule.type},{kind}"
    yield f"type={kind}"
    yield f"types={trigger.type},{kind}"
    yield f"word={word}"
    yield f"word,operator={word},{trigger.operator}"
    yield f"predicate={verb.lemma_.lower()}"
    yield f"entry={trigger.entry.pos},{trigger.entry.frame},{trigger.entry.status}"
    yield f"operator={trigger.operator}"
    yield f"learned={trigger.is_learned}"
    yield f"tag={verb.tag_}"
    yield f"tag,type={verb.tag_},{kind}"
    yield f"tag,auxiliaries={verb.tag_},{auxiliaries}"
    yield f"auxiliaries={auxiliaries}"
    yield f"dep={verb.dep_}"
    yield f"dep,above={verb.dep_},{verb.head.lemma_.lower()}"
    yield f"negated={is_negated(trigger)},{kind}"
    for adverb in syntax.adverbs(verb):
        yield f"adverb={adverb.lower_}"


def weigh_status(
    trigger: Trigger, arguments: Arguments, rule: Factuality, kind: DecisionType, evidence: Evidence
) -> Sight | None:
    """What the learned heads and the grammar say of a trigger read as ``kind``, by its word, its action, its predicate and its
    sentence; ``arguments`` are the grammar's. None without heads."""
    if not evidence.is_learned:
        return None
    words = evoking_words(trigger)
    sentence = trigger.predicate.sent
    return Sight(
        (
            *map(log_odds, evidence.status_chances(words)),
            *[float(rule.status is status) for status in STATUSES],
            float(is_negated(trigger)),
            float(goes_on(trigger)),
            float(is_backshifted(trigger.predicate)),
            *mark_type(kind),
            *mark_type(rule.type),
        ),
        (
            *evidence.locate_act(words, arguments.actions),
            place_of(trigger.predicate),
            (sentence.start, sentence.end),
        ),
    )
