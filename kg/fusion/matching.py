"""Whether two claims tell one act: a score from what they say alone, so that it holds whatever else is in the graph."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from types import MappingProxyType

from kg.fusion.lookup import Lookup
from kg.fusion.parties import Party, compare_parties, compare_targets, parse_parties
from kg.fusion.phrases import PARTY_WEIGHT, Phrase, compare_phrases, parse_phrase
from kg.fusion.records import ArticleRecord, ClaimRecord

__all__ = ["PreparedClaim", "Story", "can_be_one", "compare_claims", "count_days", "prepare_article"]

#: Pairs of types by which careful readers call one act.
NEAR_TYPES = frozenset(
    map(frozenset, (("prohibit", "refuse"), ("prohibit", "commit"), ("require", "commit"), ("request", "warn")))
)
NEAR_TYPE_FACTOR = 0.85
NO_STATES: Mapping[str, str] = MappingProxyType({})
#: Parts of a score.
ACTION, ACTOR, RECIPIENT = 0.65, 0.2, 0.15
#: Articles further apart than this (days) do not tell the same act unless one tells it as past.
WINDOW = 60
#: Two articles that share this much of their wording tell one story; below the first figure they hardly do.
STRANGE, FAMILIAR = 0.08, 0.25
#: What remains of a score where the articles tell different stories.
STRANGE_FACTOR = 0.8
#: Parties of which nothing is known prove an act the same only if the other party is known to be.
PROVEN_ACTOR, PROVEN_RECIPIENT = 0.5, 0.8
#: Wordings that weigh less than this tell too little alone: the passages that state the decision come in.
POOR = 1.5
#: Share of a match between whole wordings (with limits) that counts for one between actions, and between the passages
#: that state the decisions, which tell other things too.
WORDING, PASSAGE = 0.9, 0.8


@dataclass(frozen=True)
class Story:
    """What an article's claims are about: tokens of all their passages with their weights."""

    weights: dict[str, float]

    @cached_property
    def weight(self) -> float:
        """Sum of all weights."""
        return sum(self.weights.values())


@dataclass(frozen=True)
class PreparedClaim:
    """A claim with its names and phrases taken apart once."""

    claim: ClaimRecord
    day: int | None
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    actions: tuple[Phrase, ...]
    wording: Phrase
    passage: Phrase
    matter: Phrase
    story: Story


def prepare_article(
    article: ArticleRecord, lookup: Lookup, *, states: Mapping[str, str] = NO_STATES
) -> list[PreparedClaim]:
    """Take all claims of an article apart; ``states``: IRI of an actor -> the state in whose office it is."""
    quotes = sorted({quote for claim in article.claims for quote in claim.quotes})
    tokens = (token for quote in quotes for token in parse_phrase(quote, lookup).tokens)
    story = Story({token.key: token.weight for token in tokens})
    return [_prepare_claim(claim, article, lookup, story=story, states=states) for claim in article.claims]


def _prepare_claim(
    claim: ClaimRecord, article: ArticleRecord, lookup: Lookup, *, story: Story, states: Mapping[str, str]
) -> PreparedClaim:
    limits = [constraint.texts[0] for constraint in claim.constraints if constraint.texts]
    actors = parse_parties(claim.actors, lookup, states=states)
    recipients = parse_parties(claim.recipients, lookup, states=states)
    names = {word for party in (*actors, *recipients) for form in party.forms for word in form.words}

    def parse(text: str) -> Phrase:
        return _play_down(parse_phrase(text, lookup), names)

    wording = parse("; ".join([*claim.actions, *limits]))
    poor = wording.weight < POOR
    return PreparedClaim(
        claim=claim,
        day=count_days(article.published),
        actors=actors,
        recipients=recipients,
        actions=tuple(map(parse, claim.actions)),
        wording=wording,
        passage=parse("; ".join(claim.quotes)),
        matter=parse("; ".join([*claim.actions, *limits, *claim.quotes])) if poor else wording,
        story=story,
    )


def _play_down(phrase: Phrase, names: set[str]) -> Phrase:
    """The phrase with the names of the claim's own parties told to mean little: they count as parties already."""
    if names.isdisjoint(phrase.keys):
        return phrase
    low = (replace(token, weight=PARTY_WEIGHT) if token.key in names else token for token in phrase.tokens)
    return Phrase(tuple(low))


def count_days(published: str) -> int | None:
    """The day of a date as a number, None where it has none."""
    try:
        return date.fromisoformat(published[:10]).toordinal()
    except ValueError:
        return None


def compare_claims(one: PreparedClaim, other: PreparedClaim) -> float:
    """How surely two claims tell one act, 0-1; 0 where something excludes it."""
    factor = _compare_types(one.claim, other.claim)
    if not can_be_one(one.claim, one.day, other.claim, other.day):
        return 0.0
    actor = compare_parties(one.actors, other.actors)
    recipient = compare_targets(one.recipients, other.recipients) if actor else 0.0
    if not recipient or (actor < PROVEN_ACTOR and recipient < PROVEN_RECIPIENT):
        return 0.0
    factor *= _compare_stories(one.story, other.story)
    return factor * (ACTION * _compare_actions(one, other) + ACTOR * actor + RECIPIENT * recipient)


def can_be_one(claim: ClaimRecord, day: int | None, other: ClaimRecord, other_day: int | None) -> bool:
    """Whether neither the types nor the days of two claims exclude that they tell one act: little to ask beforehand."""
    near = day is None or other_day is None or abs(day - other_day) <= WINDOW
    return near and _compare_types(claim, other) > 0


def _compare_types(one: ClaimRecord, other: ClaimRecord) -> float:
    if (one.status == "ended") != (other.status == "ended"):
        return 0.0
    if one.type == other.type:
        return 1.0
    return NEAR_TYPE_FACTOR if frozenset((one.type, other.type)) in NEAR_TYPES else 0.0


def _compare_stories(one: Story, other: Story) -> float:
    """1 where the articles share much of their wording, falling to 0.8 where they share nothing."""
    least = min(one.weight, other.weight)
    if one is other or not least:
        return 1.0
    few, many = sorted((one.weights, other.weights), key=len)
    shared = sum(weight for key, weight in few.items() if key in many) / least
    near = min(1.0, max(0.0, (shared - STRANGE) / (FAMILIAR - STRANGE)))
    return STRANGE_FACTOR + (1 - STRANGE_FACTOR) * near


def _compare_actions(one: PreparedClaim, other: PreparedClaim) -> float:
    best = max((compare_phrases(mine, theirs) for mine in one.actions for theirs in other.actions), default=0.0)
    best = max(best, WORDING * compare_phrases(one.wording, other.wording))
    if one.claim.article == other.claim.article or best >= PASSAGE:
        return best
    return max(best, PASSAGE * compare_phrases(one.passage, other.passage))
