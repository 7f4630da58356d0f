"""Constraints: phrases that the judges take for limits, each on the decision that it bounds."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from spacy.tokens import Doc

from kg.extractors import syntax
from kg.extractors.act import Act
from kg.extractors.evidence import Evidence, read_evidence
from kg.extractors.judge import Judge, load_judge
from kg.extractors.limit_candidates import Candidate, find_candidates
from kg.extractors.limit_features import (
    Reach,
    describe_candidate,
    describe_distant,
    describe_matter,
    describe_near,
    list_crossing,
    view_act,
    weigh_kind,
    weigh_limit,
    weigh_phrase,
)
from kg.extractors.limit_owners import owner_of
from kg.extractors.phrases import make_span
from kg.extractors.proposal import Proposal
from kg.extractors.reader import Sight
from kg.extractors.values import normalise_value
from kg.model import Constraint, ConstraintKind, DecisionType, Effect, Span
from kg.ontology import Ontology

__all__ = ["Pair", "find_constraints", "list_pairs"]

#: From this probability on a phrase is a limit.
THRESHOLD = 0.28


class Pair(NamedTuple):
    """A phrase and an act (by number) that it may bound, with features and what the heads see for the judge "limit".

    ``own`` are the phrase's features, which the judge "kind" reads too; ``groups`` are those of the two together, in
    groups that other pairs may have too.

    ``is_left_out``: what a permit lets elsewhere is denied here ("may not use them *against schools*").
    """

    candidate: Candidate
    act: int
    own: tuple[str, ...]
    groups: tuple[tuple[str, ...], ...]
    sight: Sight | None
    is_left_out: bool

    @property
    def features(self) -> tuple[str, ...]:
        """The features of phrase and act together."""
        return tuple(feature for group in self.groups for feature in group)


def find_constraints(
    doc: Doc, ontology: Ontology, acts: Sequence[Act], *, published: str = "", evidence: Evidence | None = None
) -> tuple[tuple[Constraint, ...], ...]:
    """The constraints of each act, in text order, one for each distinct limit; ``published`` anchors relative dates.

    ``evidence`` is the document's own where not given.
    """
    evidence = evidence or read_evidence(doc)
    found: list[dict[str, Constraint]] = [{} for _ in acts]
    stated = [
        (number, phrase, Effect.EXCEPT)
        for number, act in enumerate(acts)
        for part in act.left_out
        if not (phrase := Candidate(head=part.head, first=part.first, end=part.end, form="opposite")).is_empty
    ]
    taken = {word: (phrase.first, phrase.end) for _, phrase, _ in stated for word in range(phrase.first, phrase.end)}
    weighed = _choose(list_pairs(doc, ontology, acts, evidence), taken, evidence)
    for number, candidate, effect in (*stated, *weighed):
        kind = _judge_kind(candidate, evidence)
        constraint = _make_constraint(candidate, kind, effect, ontology, published)
        found[number].setdefault(constraint.text.lower(), constraint)
    return tuple(tuple(_drop_nested(list(group.values()))) for group in found)


def list_pairs(doc: Doc, ontology: Ontology, acts: Sequence[Act], evidence: Evidence) -> Iterator[Pair]:
    """Every phrase that may word a limit with every act in its reach."""
    if not acts:
        return
    reach = Reach([act.proposals for act in acts])
    told: dict[tuple[int, bool], tuple[str, ...]] = {}
    views = {id(proposal): view_act(proposal, evidence) for act in acts for proposal in act.proposals}
    for candidate in find_candidates(doc, ontology, evidence):
        near, distant = reach.list_near(candidate), reach.list_distant(candidate)
        if not near and not distant:
            continue
        own = describe_candidate(candidate)
        crossing, alone = list_crossing(own), weigh_phrase(candidate, evidence)
        owner = owner_of(candidate.cue, acts) if candidate.cue else None
        links: list[tuple[int, Proposal, bool, tuple[tuple[str, ...], ...]]]
        links = [(n, p, True, (tuple(describe_near(candidate, p, near)),)) for n, p in near]
        for n, p, rank, away in distant:
            features = describe_distant(candidate, reach, n, rank=rank, away=away, has_near=bool(near))
            links.append((n, p, False, (crossing, tuple(features))))
        is_negated = bool(distant) and syntax.is_negated(candidate.clause)
        for number, proposal, is_near, shared in links:
            act = acts[number]
            place = (number, owner == number)
            if place not in told:
                told[place] = tuple(_describe_act(act, is_owner=owner == number))
            matter = tuple(describe_matter(candidate, reach.list_elsewhere(candidate, number), is_near=is_near))
            yield Pair(
                candidate=candidate, act=number, own=own, groups=(*shared, told[place], matter),
                sight=weigh_limit(candidate, alone, views[id(proposal)], evidence, is_near=is_near),
                is_left_out=is_negated and not is_near and act.type is DecisionType.PERMIT,
            )  # fmt: skip


def _describe_act(act: Act, *, is_owner: bool) -> Iterator[str]:
    yield f"owner={is_owner}"
    yield f"confidence={int(act.decision.confidence * 5)}"
    yield f"told={min(len(act.proposals), 4)}"
    yield f"type={act.type}"


def _choose(
    pairs: Iterator[Pair], taken: Mapping[int, tuple[int, int]], evidence: Evidence
) -> Iterator[tuple[int, Candidate, Effect]]:
    """The likeliest reading first; no word is part of two phrases, but one phrase may bound several acts. ``taken`` tells
    for words (by index) of which phrase (token bounds) they are part."""
    judge = load_judge("limit")
    judged: list[tuple[float, int, int, Pair, Effect]] = []
    listed = list(pairs)
    for pair, chances in zip(listed, _judge_pairs(listed, judge, evidence), strict=True):
        if 1 - chances[0] >= THRESHOLD:
            effect = Effect(judge.classes[max(range(1, len(chances)), key=chances.__getitem__)])
            if pair.candidate.stated_effect is not None:
                effect = pair.candidate.stated_effect
            elif pair.is_left_out and effect is Effect.ONLY:
                effect = Effect.EXCEPT
            judged.append((-round(1 - chances[0], 6), pair.candidate.first, len(judged), pair, effect))
    phrases = dict(taken)
    for _, _, _, pair, effect in sorted(judged, key=_by_chance):
        phrase = (pair.candidate.first, pair.candidate.end)
        words = range(*phrase)
        if all(phrases.get(word, phrase) == phrase for word in words):
            phrases |= dict.fromkeys(words, phrase)
            yield pair.act, pair.candidate, effect


def _judge_pairs(pairs: Sequence[Pair], judge: Judge, evidence: Evidence) -> list[list[float]]:
    """The judge's probabilities for each pair; what several pairs share is weighed once."""
    if not pairs:
        return []
    numbers: dict[tuple[str, ...], int] = {(): 0}
    places = [[numbers.setdefault(group, len(numbers)) for group in (pair.own, *pair.groups)] for pair in pairs]
    width = max(map(len, places))
    scores = judge.weigh_all(list(numbers))[[place + [0] * (width - len(place)) for place in places]].sum(1)
    seen = judge.look([pair.sight for pair in pairs], evidence.states)
    chances: list[list[float]] = judge.judge(scores, seen).tolist()
    return chances


def _by_chance(judged: tuple[float, int, int, Pair, Effect]) -> tuple[float, int, int]:
    return judged[:3]


def _judge_kind(candidate: Candidate, evidence: Evidence) -> ConstraintKind:
    """What a limit bounds, by its features and what the heads say."""
    judge = load_judge("kind")
    seen = judge.look([weigh_kind(candidate, evidence)], evidence.states)
    chances = judge.judge(judge.weigh(describe_candidate(candidate))[None], seen)
    return ConstraintKind(judge.classes[int(chances.argmax())])


def _make_constraint(
    candidate: Candidate, kind: ConstraintKind, effect: Effect, ontology: Ontology, published: str
) -> Constraint:
    """The limit in the article's words, with its value where that can be compared."""
    doc = candidate.head.doc
    text = make_span(doc, candidate.first, candidate.end).text
    quote = candidate.cue.quote if candidate.cue else (candidate.first, candidate.end)
    return Constraint(
        kind=kind,
        effect=effect,
        text=text,
        span=make_span(doc, *quote),
        value=normalise_value(kind, text, ontology, published=published),
    )


def _drop_nested(constraints: list[Constraint]) -> list[Constraint]:
    """A value inside another of the same kind is the same limit; one inside an exception belongs to the exception."""
    kept: list[Constraint] = []
    for constraint in sorted(constraints, key=_by_length):
        if not any(_lies_inside(constraint, other) for other in kept):
            kept.append(constraint)
    return sorted(kept, key=_by_place)


def _by_length(constraint: Constraint) -> int:
    return -len(constraint.text)


def _by_place(constraint: Constraint) -> Span:
    return constraint.span


def _lies_inside(constraint: Constraint, other: Constraint) -> bool:
    return constraint.text in other.text and (constraint.kind is other.kind or other.effect is Effect.EXCEPT)
