"""Parties of a decision: whether those of two claims can be the same, different, or neither is known."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial

from kg.fusion.lookup import Lookup
from kg.fusion.names import NameForm, compare_forms, parse_name, rise_to_state
from kg.fusion.phrases import Phrase, compare_phrases, parse_phrase
from kg.fusion.records import ActorRecord

__all__ = ["Party", "compare_parties", "compare_targets", "parse_parties"]

#: An organ and its government acting for one state, and two organs of one state.
GOVERNMENT, SIBLINGS = 0.8, 0.5
#: Two descriptions at least so near are the same kind of people.
SAME_DESCRIPTION = 0.6
#: Nothing speaks for or against: one side is silent, or both are.
UNKNOWN, SILENT = 0.3, 0.5
#: Two descriptions of other words, or a name and a description; descriptions of those to whom an act is done differ
#: from article to article, and prove less against.
UNLIKE, UNLIKE_TARGETS = 0.15, 0.25
CENTRAL_BANK = ("central", "bank")
#: Titles of persons who act for a body, and other nouns for one.
TITLES = frozenset({"judge", "justice", "magistrate"})
NOUNS = {
    "administration": "government",
    "authorities": "government",
    "cabinet": "government",
    "courts": "court",
    "judge": "court",
    "judges": "court",
    "justice": "court",
    "justices": "court",
    "lawmakers": "parliament",
    "legislators": "parliament",
    "legislature": "parliament",
    "magistrate": "court",
    "officials": "government",
    "policymakers": "bank",
    "regulators": "regulator",
    "tribunal": "court",
    "watchdog": "regulator",
}


@dataclass(frozen=True, slots=True, eq=False)
class Party:
    """One party with its forms; ``states`` are those it is or acts for (``own_states``: as its own article
    tells), ``known`` the actors of the ontology it is. ``nouns`` is what it can be called by when it is known ("court"),
    ``bare`` whether it is called by such a noun only."""

    forms: tuple[NameForm, ...]
    known: frozenset[str]
    own_states: frozenset[str]
    states: frozenset[str]
    description: Phrase | None
    nouns: frozenset[str]
    bare: bool

    @property
    def people(self) -> bool:
        """Whether it is named as a person."""
        return any(form.is_person and form.words for form in self.forms)


def parse_parties(actors: Iterable[ActorRecord], lookup: Lookup, *, states: Mapping[str, str]) -> tuple[Party, ...]:
    """The parties that these actors are; ``states`` has the state in whose office an actor (IRI) is, where one is."""
    return tuple(_find_party(actor, lookup, states.get(actor.iri, actor.state)) for actor in actors)


def _find_party(actor: ActorRecord, lookup: Lookup, state: str) -> Party:
    """One object for all actors of the same names, so that comparisons can be remembered by identity."""
    question = ("party", actor.names, actor.kind, actor.known, actor.state, state)
    return lookup.remember(question, partial(_parse_party, actor, lookup, state))


def _parse_party(actor: ActorRecord, lookup: Lookup, state: str) -> Party:
    forms = tuple(parse_name(name, actor.kind, lookup) for name in actor.names)
    known = {form.known for form in forms if form.known} | ({actor.known} if actor.known else set())
    own = {rise_to_state(iri, lookup) for iri in (*known, *(form.acts_for for form in forms), actor.state)} - {""}
    proper = any(form.words and not form.is_description for form in forms) or known
    description = None if proper else parse_phrase(" ".join(actor.names), lookup)
    states = own | ({state} if state else set())
    nouns = frozenset(_find_nouns(forms, known, lookup))
    bare = not (known or states) and all(len(form.words) == 1 or form.words == CENTRAL_BANK for form in forms)
    return Party(forms, frozenset(known), frozenset(own), frozenset(states), description, nouns, bare)


def _find_nouns(forms: tuple[NameForm, ...], known: Iterable[str], lookup: Lookup) -> Iterator[str]:
    """Nouns, in their singular, that stand for the party in a later sentence."""
    for iri in known:
        actor = lookup.known_actors.get(iri)
        yield from actor.nouns if actor else ()
        if actor and actor.kind == "state":
            yield "government"
    for form in forms:
        if form.is_description and form.words:
            yield NOUNS.get(form.words[-1], form.words[-1])
        yield from (NOUNS[word] for word in map(str.lower, form.text.split()) if word in TITLES)


def compare_parties(ones: tuple[Party, ...], others: tuple[Party, ...]) -> float:
    """How well the parties of two claims go together, 0-1; 0 where they exclude each other, 0.3 where nothing is
    known of one side, 0.5 where both are silent."""
    if not ones or not others:
        return UNKNOWN if ones or others else SILENT
    return max(_compare_two(one, other) for one in ones for other in others)


def compare_targets(ones: tuple[Party, ...], others: tuple[Party, ...]) -> float:
    """The same for those to whom something is done."""
    near = compare_parties(ones, others)
    described = any(one.description for one in ones) and any(other.description for other in others)
    return max(near, UNLIKE_TARGETS) if described and near else near


@lru_cache(maxsize=1_000_000)
def _compare_two(one: Party, other: Party) -> float:
    if one.known & other.known:
        return 1.0
    matches = (compare_forms(form, rival) for form in one.forms for rival in other.forms)
    best = max((match.score for match in matches if match), default=0.0)
    if best or _is_led(one, other) or _is_led(other, one):
        return best or GOVERNMENT
    if one.states & other.states:
        return _compare_organs(one, other)
    if one.description and other.description:
        near = compare_phrases(one.description, other.description) >= SAME_DESCRIPTION
        same = (one.bare or other.bare) and one.nouns & other.nouns
        return SIBLINGS if near or same else UNLIKE
    if (one.bare or other.bare) and one.nouns & other.nouns:
        return SIBLINGS
    if (one.states and other.states) or (one.known and other.known) or (one.people and other.people):
        return 0.0
    return UNLIKE


def _compare_organs(one: Party, other: Party) -> float:
    """How near two that act for one power are: it and its organ, an organ named and described, or two organs."""
    if one.known & one.states or other.known & other.states:
        return GOVERNMENT
    described = bool(one.known) != bool(other.known)
    return GOVERNMENT if described and one.nouns & other.nouns else SIBLINGS


def _is_led(team: Party, leader: Party) -> bool:
    """Whether the one is the other's government by name ("Arnaud government", "Luc Arnaud")."""
    return any(
        form.leader and rival.is_person and rival.words[-1:] == form.leader[-1:]
        for form in team.forms
        for rival in leader.forms
    )
