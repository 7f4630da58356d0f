"""Cases for the judges: what the extractors propose on annotated articles, with the answers of the gold."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from sys import intern

import numpy as np
from numpy.typing import NDArray

from kg.extractors.act import Act
from kg.extractors.arguments import find_arguments
from kg.extractors.constraints import Pair
from kg.extractors.decision_features import describe_proposal, weigh_heads
from kg.extractors.evidence import Evidence
from kg.extractors.factuality import judge_factuality
from kg.extractors.limit_features import weigh_kind
from kg.extractors.party_roles import PartyCandidate
from kg.extractors.proposal import Draft, Proposal
from kg.extractors.reader import Sight
from kg.extractors.sameness import Setting, describe_pair, weigh_pair
from kg.extractors.source_features import Saying
from kg.extractors.status_features import describe_status, weigh_status
from kg.extractors.surroundings import Surroundings
from kg.training.gold import GoldArticle, GoldLimit, is_named, likeness, share_place

__all__ = [
    "Case",
    "make_decision_cases",
    "make_example_cases",
    "make_limit_cases",
    "make_party_cases",
    "make_sameness_cases",
    "make_source_cases",
    "make_status_cases",
    "match_acts",
    "match_proposal",
]

#: From this share of the shorter stretch on two places are the same.
SAME_PLACE = 0.5
#: Weight of an example sentence of the ontology.
EXAMPLE = 12.0
#: Weight of the likeness of the actions beside the type's.
ACTION = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One question to a judge: features, what the heads see where there are any, with the ``states`` (word, width) of the
    article's words, and the answer."""

    article: str
    features: tuple[str, ...]
    sight: Sight | None
    answer: str
    weight: float = 1.0
    states: NDArray[np.float16] | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "features", tuple(map(intern, self.features)))


def match_proposal(proposal: Proposal, article: GoldArticle) -> tuple[int, bool] | None:
    """The number of the gold decision that the proposal states, and whether its type is right; None where it states none."""
    best: tuple[float, int, bool] | None = None
    for number, decision in enumerate(article.decisions):
        share = share_place(proposal.mention, decision.places)
        if share >= SAME_PLACE:
            right = proposal.type.value in decision.types
            alike = max((likeness(span.text, decision.actions) for span in proposal.actions), default=0.0)
            found = (right + ACTION * alike + 0.1 * share, number, right)
            best = max(best, found) if best else found
    return best[1:] if best else None


def make_status_cases(article: GoldArticle, proposals: Sequence[Proposal], evidence: Evidence) -> Iterator[Case]:
    """What status each proposal has; those that state no gold decision of their type are left out."""
    for proposal in proposals:
        match = match_proposal(proposal, article)
        if match is None or not match[1] or article.decisions[match[0]].is_optional:
            continue
        trigger, kind = proposal.trigger, proposal.type
        rule = judge_factuality(trigger)
        yield Case(
            article=article.name,
            features=tuple(describe_status(trigger, rule, kind)),
            sight=weigh_status(trigger, find_arguments(trigger), rule, kind, evidence),
            answer=article.decisions[match[0]].status,
        )


def make_party_cases(
    article: GoldArticle, proposals: Sequence[Proposal], candidates: Sequence[Iterable[PartyCandidate]]
) -> Iterator[Case]:
    """What role each party in reach of a proposal has; proposals that state no gold decision of their type are left out."""
    for proposal, parties in zip(proposals, candidates, strict=True):
        match = match_proposal(proposal, article)
        if match is None or not match[1] or article.decisions[match[0]].is_optional:
            continue
        gold = article.decisions[match[0]]
        for party in parties:
            names = party.actor.names
            answer = "recipient" if is_named(names, gold.recipients) else "none"
            answer = "actor" if answer == "none" and is_named(names, gold.actors) else answer
            yield Case(article=article.name, features=party.features, sight=party.sight, answer=answer)


def make_decision_cases(article: GoldArticle, surroundings: Surroundings, evidence: Evidence) -> Iterator[Case]:
    """Whether each proposal is a decision of its type; those on which careful readers differ are left out."""
    for number, proposal in enumerate(surroundings.proposals):
        match = match_proposal(proposal, article)
        if match and article.decisions[match[0]].is_optional:
            continue
        yield Case(
            article=article.name,
            features=tuple(describe_proposal(number, surroundings)),
            sight=weigh_heads(proposal, evidence),
            answer="yes" if match and match[1] else "no",
        )


def make_example_cases(iri: str, kind: str, surroundings: Surroundings) -> Iterator[Case]:
    """What an example sentence of the ontology is given for; of its other words nothing is known."""
    for number, proposal in enumerate(surroundings.proposals):
        if proposal.type.value == kind:
            features = tuple(describe_proposal(number, surroundings))
            yield Case(article=iri, features=features, sight=None, answer="yes", weight=EXAMPLE)


def make_sameness_cases(article: GoldArticle, proposals: Sequence[Proposal], setting: Setting) -> Iterator[Case]:
    """Whether each proposal states each of the acts that the gold has told before it."""
    drafts: dict[int, Draft] = {}
    for proposal in proposals:
        match = match_proposal(proposal, article)
        if match is None:
            continue
        told = list(drafts.values())
        for number, place in enumerate(drafts):
            yield Case(
                article=article.name,
                features=tuple(describe_pair(proposal, told, number, setting)),
                sight=weigh_pair(proposal, told[number], setting),
                answer="yes" if place == match[0] else "no",
            )
        drafts.setdefault(match[0], Draft()).add(proposal)


#: A candidate whose wording is less like the gold's than this share of the best candidate's counts neither way.
CLEARLY_BEST = 0.9
#: From this likeness on a phrase words the limit.
SAME_LIMIT = 0.5


def make_limit_cases(
    article: GoldArticle, acts: Sequence[Act], pairs: Sequence[Pair], evidence: Evidence
) -> tuple[list[Case], list[Case]]:
    """Which phrases are limits on which acts and with what effect, and of what kind those are that are limits.

    Acts that no gold decision matches weigh half: what is found there is wrong too, but the act is to blame.
    """
    matches = match_acts(article, acts)
    likest = [_find_limit(pair, acts, matches, article) for pair in pairs]
    best: dict[tuple[int, int], float] = {}
    for pair, (alike, place, _) in zip(pairs, likest, strict=True):
        if place >= 0:
            best[pair.act, place] = max(best.get((pair.act, place), 0.0), alike)
    limits, kinds = [], []
    for pair, (alike, place, limit) in zip(pairs, likest, strict=True):
        match = matches.get(pair.act)
        if match is not None and (not match[1] or article.decisions[match[0]].is_optional):
            continue
        answer, weight = "none", 0.5 if match is None else 1.0
        if limit is not None:
            if alike < CLEARLY_BEST * best[pair.act, place]:
                continue
            answer = limit.effect
            seen = weigh_kind(pair.candidate, evidence)
            kinds.append(Case(article=article.name, features=pair.own, sight=seen, answer=limit.kind))
        features = (*pair.own, *pair.features)
        limits.append(Case(article=article.name, features=features, sight=pair.sight, answer=answer, weight=weight))
    return limits, kinds


def make_source_cases(article: GoldArticle, acts: Sequence[Act], sayings: Sequence[Saying]) -> Iterator[Case]:
    """Whether who tells each report is credited for each act; acts that state no gold decision of their type are left out.

    Of the reports of one credited speaker only the nearest is the answer, and the others count neither way.
    """
    matches = match_acts(article, acts)
    named: dict[tuple[int, int], list[str]] = {}
    nearest: dict[tuple[int, str], tuple[float, int]] = {}
    for saying in sayings:
        match = matches.get(saying.act)
        if match is not None and match[1] and not article.decisions[match[0]].is_optional:
            names = [name for link in saying.report.links for name in link.speaker.names]
            gold = [name for name in article.decisions[match[0]].sources if is_named(names, [name])]
            named[id(saying.report), saying.act] = gold
            for name in gold:
                nearest[saying.act, name] = max(nearest.get((saying.act, name), saying.nearness), saying.nearness)
    for saying in sayings:
        credited = named.get((id(saying.report), saying.act))
        if credited is None or (credited and all(saying.nearness < nearest[saying.act, name] for name in credited)):
            continue
        answer = "yes" if credited else "no"
        yield Case(article=article.name, features=saying.features, sight=saying.sight, answer=answer)


def match_acts(article: GoldArticle, acts: Sequence[Act]) -> dict[int, tuple[int, bool]]:
    """For each act the gold decision that most of it states, each gold decision for one act, and whether the type is right."""
    rated = []
    for number, act in enumerate(acts):
        for place, decision in enumerate(article.decisions):
            share = max(share_place(span, decision.places) for span in act.decision.mentions)
            if share >= SAME_PLACE:
                right = act.type.value in decision.types
                alike = max((likeness(span.text, decision.actions) for span in act.decision.actions), default=0.0)
                rated.append((2 * right + alike + 0.1 * share, number, place, right))
    found: dict[int, tuple[int, bool]] = {}
    taken: set[int] = set()
    for _, number, place, right in sorted(rated, key=_by_rating):
        if number not in found and place not in taken:
            found[number] = (place, right)
            taken.add(place)
    return found


def _by_rating(rated: tuple[float, int, int, bool]) -> tuple[float, int, int]:
    return -rated[0], rated[1], rated[2]


def _find_limit(
    pair: Pair, acts: Sequence[Act], matches: dict[int, tuple[int, bool]], article: GoldArticle
) -> tuple[float, int, GoldLimit | None]:
    """The gold limit that a phrase words, with the likeness of the wording and its number."""
    match = matches.get(pair.act)
    if match is None or not match[1]:
        return 0.0, -1, None
    candidate = pair.candidate
    text = candidate.head.doc[candidate.first : candidate.end].text
    rated = [(likeness(text, limit.texts), -n) for n, limit in enumerate(article.decisions[match[0]].limits)]
    alike, place = max(rated, default=(0.0, 0))
    if alike < SAME_LIMIT:
        return 0.0, -1, None
    return alike, -place, article.decisions[match[0]].limits[-place]
