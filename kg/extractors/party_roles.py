"""Who acts and towards whom: the parties of a trigger's sentence and of the one before, weighed by the judge "party".

What the grammar gives a role is a feature among others, as the role labellers before neural ones had it
(Gildea and Jurafsky 2002).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from kg.extractors.actors import ActorIndex, describe_actor
from kg.extractors.arguments import Arguments
from kg.extractors.evidence import Evidence, log_odds
from kg.extractors.factuality import Factuality
from kg.extractors.judge import load_judge
from kg.extractors.kinds import infer_kind
from kg.extractors.party_features import PartyReader
from kg.extractors.proposal import evoking_words
from kg.extractors.reader import Place, Sight, place_of
from kg.extractors.roles import CARRIERS
from kg.extractors.triggers import Trigger
from kg.language.labels import ARGUMENTS
from kg.language.labels import ROLES as HEADS
from kg.model import Actor, ActorKind, ConstraintKind

__all__ = ["ROLES", "Parties", "PartyCandidate", "choose_parties", "list_candidates"]

#: Answers of the judge "party".
ROLES = ("none", "actor", "recipient")
#: From this probability on a party has the role.
THRESHOLD = 0.35
#: From this probability on a party has it beside a likelier one: who acts is rarely more than one, who is affected often is.
SURE = {"actor": 0.6, "recipient": 0.4}
#: Frames whose subject is let or bound, and never the one who lets or binds ("*boats* may not enter").
LED = frozenset({"AdjectiveAction", "Modal"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyCandidate:
    """A party that may have a role in an act, with features and, where there are learned heads, what they see."""

    token: Token
    actor: Actor
    features: tuple[str, ...]
    sight: Sight | None


#: A candidate with the probability of a role.
Judged = tuple[float, PartyCandidate]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parties:
    """The parties that may have a role in an act, each once, and the words that name them, the likeliest first.

    The leading ones are those that the act is to name; the others help to tell whether two places state one act.
    """

    actors: tuple[Actor, ...]
    recipients: tuple[Actor, ...]
    leading_actors: frozenset[Actor]
    leading_recipients: frozenset[Actor]
    actor_words: tuple[Token, ...]
    recipient_words: tuple[Token, ...]


def choose_parties(
    trigger: Trigger, arguments: Arguments, factuality: Factuality, index: ActorIndex, evidence: Evidence
) -> Parties:
    """The parties that the judge gives a role; nobody has both, the likelier one counts.

    Those of the sentence before count where its own sentence names none for the role.
    """
    judge = load_judge("party")
    start = trigger.predicate.sent.start
    found: dict[str, list[Judged]] = {role: [] for role in ROLES[1:]}
    candidates = list(list_candidates(trigger, arguments, factuality, index, evidence))
    if candidates:
        scores = judge.weigh_all([candidate.features for candidate in candidates])
        seen = judge.look([candidate.sight for candidate in candidates], evidence.states)
        subjects = {token.i for token in arguments.recipients if trigger.entry.frame in LED}
        led = {candidate.actor for candidate in candidates if candidate.token.i in subjects}
        for candidate, (_, *chances) in zip(candidates, judge.judge(scores, seen).tolist(), strict=True):
            if candidate.actor in led:
                chances = [0.0, sum(chances)]
            chance = max(chances)
            if chance >= THRESHOLD:
                found[ROLES[1 + chances.index(chance)]].append((chance, candidate))
    acting, affected = (_rank(judged, start) for judged in _take_likelier(found).values())
    actors = _list_actors(acting)
    return Parties(
        actors=actors,
        recipients=_list_actors(affected),
        leading_actors=frozenset(c.actor for c in _list_leading(acting, SURE["actor"])),
        leading_recipients=frozenset(c.actor for c in _list_leading(affected, SURE["recipient"])),
        actor_words=tuple(c.token for _, c in acting),
        recipient_words=tuple(c.token for _, c in affected),
    )


def _take_likelier(found: dict[str, list[Judged]]) -> dict[str, list[Judged]]:
    """Each party in its likelier role only ("urged *France* to change *its* rules")."""
    best: dict[str, tuple[float, str]] = {}
    for role, judged in found.items():
        for chance, candidate in judged:
            best[candidate.actor.name] = max(best.get(candidate.actor.name, (0.0, role)), (chance, role))
    return {role: [pair for pair in judged if best[pair[1].actor.name][1] == role] for role, judged in found.items()}


def _rank(judged: list[Judged], start: int) -> list[Judged]:
    """The likeliest first; those before word ``start`` where there are no others."""
    own = [pair for pair in judged if pair[1].token.i >= start]
    return sorted(own or judged, key=_chance, reverse=True)


def _list_actors(ranked: Iterable[Judged]) -> tuple[Actor, ...]:
    return tuple({candidate.actor.name: candidate.actor for _, candidate in ranked}.values())


def _list_leading(ranked: Sequence[Judged], sure: float) -> Iterator[PartyCandidate]:
    """The likeliest party, who is coordinated with it, and who is likely enough without it."""
    for chance, candidate in ranked:
        best = ranked[0][1]
        if chance >= sure or candidate is best or _joins(candidate.token, best.token):
            yield candidate


def _joins(token: Token, other: Token) -> bool:
    """Whether the two are coordinated ("Norway and Chile")."""
    return any(one.dep_ == "conj" and one.head.i == two.i for one, two in ((token, other), (other, token)))


def _chance(judged: Judged) -> float:
    return judged[0]


def list_candidates(
    trigger: Trigger, arguments: Arguments, factuality: Factuality, index: ActorIndex, evidence: Evidence
) -> Iterator[PartyCandidate]:
    """The parties in reach, in text order; ``arguments`` are the grammar's."""
    reader = PartyReader(trigger, arguments, factuality, index)
    words = evoking_words(trigger)
    places = evidence.locate_act(words, arguments.actions)
    for token in _list_words(words, arguments, index, evidence):
        actor = index.actor_at(token) or (describe_actor(token) if _can_be_described(token) else None)
        if actor is not None and (reader.read_role(token) != "no" or _may_act(token, actor, index)):
            yield PartyCandidate(
                token=token,
                actor=actor,
                features=tuple(reader.describe(token, actor)),
                sight=_weigh_heads(words, token, evidence, reader, places),
            )


def _list_words(words: Iterable[Token], arguments: Arguments, index: ActorIndex, evidence: Evidence) -> Iterator[Token]:
    """The words that name a party in reach, and those that the grammar or the role head takes for one."""
    words = list(words)
    sent = words[0].sent
    before = sent.doc[sent.start - 1].sent if sent.start else sent
    found = {token.i: token for token in index.list_heads(sent.doc, before.start, sent.end)}
    for token in (*arguments.actors, *arguments.recipients):
        found[token.i] = token
    for role in ROLES[1:]:
        found |= {token.i: token for token in evidence.role_heads(words, role)}
    mine = {word.i for word in words}
    return (found[i] for i in sorted(found) if i not in mine)


def _may_act(token: Token, actor: Actor, index: ActorIndex) -> bool:
    """Whether a party to which the grammar gives no role may have one: not an outlet, which tells of it, nor the name of a
    weapon or tool, or of the sort it is of ("*Patriot* missiles", "the *Army* Tactical Missile *System*")."""
    return actor not in index.outlets and (actor.kind is ActorKind.STATE or not _names_instrument(token))


def _names_instrument(token: Token) -> bool:
    head = token.head if token.dep_ == "compound" else token
    nouns = (head, *(child for child in head.children if child.dep_ == "compound"))
    kinds = [infer_kind(noun) for noun in nouns if noun.i != token.i]
    return ConstraintKind.INSTRUMENT in kinds and infer_kind(head) is not ConstraintKind.PARTY


def _can_be_described(token: Token) -> bool:
    """Whether a noun may stand for a party: no time, and nothing that only carries a decision ("the *resolution* prolongs")."""
    is_thing = token.lemma_.lower() in CARRIERS or infer_kind(token) is ConstraintKind.TEMPORAL
    return token.pos_ in {"NOUN", "PROPN"} and not is_thing


def _weigh_heads(
    words: Iterable[Token], token: Token, evidence: Evidence, reader: PartyReader, places: tuple[Place, ...]
) -> Sight | None:
    """What the role head and the grammar say of a party, which is read by its word and the ``places`` of the act; None without
    heads."""
    if not evidence.is_learned:
        return None
    chances = dict(zip(HEADS, evidence.role_chances(words, token), strict=True))
    rule = reader.read_role(token)
    said = (*(log_odds(chances[role]) for role in ARGUMENTS), *(float(rule == role) for role in ARGUMENTS))
    return Sight((*said, *reader.marks), (place_of(token), *places))
