"""Names of parties: what a name tells by itself, and whether two names can be one party's.

Nothing here looks beyond the two names and the lookup, so that a comparison holds whatever else is in the graph.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache, partial

from anyascii import anyascii
from cleanco import basename

from kg.fusion.lookup import Lookup
from kg.fusion.phrases import compare_spellings, split_words
from kg.fusion.words import FUNCTION_WORDS
from kg.ontology import KnownActor

__all__ = ["Match", "NameForm", "compare_forms", "fold_words", "parse_name", "rise_to_state"]

#: Nouns by which a state's own apparatus is called; a name made of a state and one of these acts for the state.
GOVERNMENT_NOUNS = frozenset(
    "government governments administration cabinet presidency regime authority authorities official officials "
    "leadership ministry department officialdom military army forces navy diplomats diplomacy troops executive parliament "
    "senate congress legislature lawmakers legislators policymakers police prosecutors regulator regulators watchdog "
    "watchdogs court courts treasury embassy".split()
)
#: Nouns by which the members of a union or alliance are called together ("NATO countries").
MEMBER_NOUNS = frozenset("allies capitals countries governments leaders members nations partners powers states".split())
#: What some known bodies are called that belong to a state and do not act for it.
PRIVATE_NOUNS = frozenset({"club", "company", "group", "movement", "party", "union"})
#: Nouns that follow a leader's name and mean the leader's government.
TEAM_NOUNS = frozenset({"administration", "government", "cabinet", "presidency", "regime", "team"})
ARTICLES = frozenset({"the", "a", "an"})
COURTESY = frozenset(
    "mr mrs ms miss dr prof professor sir lord lady dame rev sen rep gov gen col capt lt sgt hon".split()
)
#: Scores of the ways in which two names are one party's, by reason.
SCORES = {
    "known-actor": 1.0,
    "same-name": 0.95,
    "same-words": 0.9,
    "initials": 0.85,
    "transliteration": 0.85,
    "surname": 0.8,
    "acronym": 0.8,
}
SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Match:
    """Why two names can be one party's, and how sure that is (0-1, ordinal)."""

    reason: str
    score: float


@dataclass(frozen=True, slots=True)
class NameForm:
    """One form of a name, taken apart.

    ``known`` is the actor of the ontology that it names, ``acts_for`` the one whose organ it describes ("the Russian
    president"); ``words`` the proper name in lower-case ASCII without titles and company endings; ``is_description``:
    there is no proper name in it. ``is_person`` is None where the name does not tell. ``leader`` is the name of the one
    whose government it is ("Arnaud government").
    """

    text: str
    words: tuple[str, ...] = ()
    known: str = ""
    acts_for: str = ""
    is_person: bool | None = None
    is_description: bool = False
    acronym: str = ""
    leader: tuple[str, ...] = ()


def fold_words(name: str) -> tuple[str, ...]:
    """Words of a name in lower-case ASCII, without its article.

    >>> fold_words("The Électricité Board")
    ('electricite', 'board')
    """
    words = split_words(name)
    return _fold(words[1:] if len(words) > 1 and _is_article(words) else words)


def rise_to_state(iri: str, lookup: Lookup) -> str:
    """The state, union or alliance that a known actor is or acts for; empty for an outlet, a company and "the West".

    A state of a federation is its own: it does not act for the federation.
    """
    actor = lookup.known_actors.get(iri)
    if (
        not actor
        or actor.outlet
        or actor.kind in ("person", "group")
        or (actor.part_of and PRIVATE_NOUNS & set(actor.nouns))
    ):
        return ""
    seen: set[str] = set()
    while actor.kind != "state" and actor.part_of in lookup.known_actors and actor.iri not in seen:
        seen.add(actor.iri)
        actor = lookup.known_actors[actor.part_of]
    return actor.iri


def _find_known(name: str, lookup: Lookup) -> KnownActor | None:
    return lookup.known_actor_by_name(name) or lookup.known_actor_by_metonym(name)


def parse_name(name: str, kind: str, lookup: Lookup) -> NameForm:
    """Take a name apart; ``kind`` is the kind of actor that the article takes it for."""
    question = ("form", name, kind)
    return lookup.remember(question, partial(_parse_name, name, kind, lookup))


def _parse_name(name: str, kind: str, lookup: Lookup) -> NameForm:
    name = SPACES.sub(" ", name).strip()
    actor = _find_known(name, lookup)
    if actor:
        return NameForm(name, fold_words(name), known=actor.iri, is_person=actor.kind == "person")
    words = split_words(name)
    while len(words) > 1 and (words[0].lower() in COURTESY or _is_article(words)):
        words = words[1:]
    whose, rest = _split_state(words, lookup)
    office, rest = _split_office(rest, lookup)
    if whose and not rest:
        return NameForm(name, fold_words(name), acts_for=whose, is_description=True)
    if whose and _is_organ(whose, rest, lookup):
        return NameForm(name, fold_words(name), acts_for=whose, is_description=True)
    if len(rest) > 1 and rest[-1].lower() in TEAM_NOUNS and rest[0][0].isupper():
        return NameForm(name, _fold(rest), acts_for=whose, is_person=False, leader=_fold(rest[:-1]))
    proper = [word for word in rest if word[0].isupper() or word[0].isdigit()]
    if not proper or rest[-1][0].islower() or (kind == "group" and not whose and len(proper) < len(rest)):
        return NameForm(name, fold_words(name), acts_for=whose if office else "", is_description=True)
    is_person = True if kind == "person" or office else False if kind in ("organisation", "state") else None
    if not is_person:
        core = _fold(split_words(basename(name)) or words)
        return NameForm(name, core, is_person=is_person, acronym=_initials(words))
    return NameForm(name, _fold(rest), acts_for=whose if office else "", is_person=True)


def _is_organ(whose: str, words: list[str], lookup: Lookup) -> bool:
    """Whether the words behind a power's name say that the power itself acts, through an organ or all its members."""
    lowered = [word.lower() for word in words]
    if lowered[-1] in GOVERNMENT_NOUNS or lowered[-2:] == ["central", "bank"]:
        return True
    return len(lowered) == 1 and lowered[0] in MEMBER_NOUNS and lookup.known_actors[whose].kind != "state"


def _is_article(words: list[str]) -> bool:
    """A capital A before a capital letter is an initial."""
    return words[0].lower() in ARTICLES and (words[0] != "A" or words[1][0].islower())


def _split_state(words: list[str], lookup: Lookup) -> tuple[str, list[str]]:
    """A state's name or adjective at the start ("French defence ministry") or behind "of" at the end, and the rest."""
    for length in range(min(4, len(words) - 1), 0, -1):
        name = " ".join(words[:length])
        actor = lookup.known_actor_by_demonym(name) or _find_known(name, lookup)
        if actor and actor.kind != "person" and not actor.outlet:
            return actor.iri, words[length:]
    lowered = [word.lower() for word in words]
    if "of" in lowered[1:-1]:
        cut = lowered.index("of", 1)
        actor = _find_known(" ".join(words[cut + 1 :]), lookup)
        if actor and (lowered[cut - 1] in GOVERNMENT_NOUNS or lookup.office_by_name(" ".join(words[:cut]))):
            return actor.iri, words[:cut]
    return "", words


def _split_office(words: list[str], lookup: Lookup) -> tuple[bool, list[str]]:
    """Whether the words start with an office or title, and the rest."""
    found = False
    while words:
        for length in range(min(5, len(words)), 0, -1):
            if lookup.office_by_name(" ".join(words[:length]).lower()):
                words, found = words[length:], True
                break
        else:
            break
    return found, words


def _fold(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(anyascii(word).lower().replace("'", "") for word in words)


def _initials(words: list[str]) -> str:
    """The acronym that the words would make, empty for one word."""
    letters = [word[0] for word in words if word.lower() not in FUNCTION_WORDS]
    return "".join(letters).lower() if len(letters) > 1 else ""


@lru_cache(maxsize=262144)
def compare_forms(one: NameForm, other: NameForm) -> Match | None:
    """Whether two forms can be names of one party; none where nothing says so."""
    if one.known or other.known:
        return Match("known-actor", SCORES["known-actor"]) if one.known == other.known else None
    if one.is_description or other.is_description or not one.words or not other.words:
        return None
    if one.words == other.words:
        alone = len(one.words) == 1 and one.is_person is not False
        return Match("same-name", SCORES["surname" if alone else "same-name"])
    if one.is_person is not None and other.is_person is not None and one.is_person != other.is_person:
        return None
    if one.is_person or other.is_person:
        return _compare_people(one.words, other.words)
    return _compare_bodies(one, other) or _compare_people(one.words, other.words)


def _compare_people(one: tuple[str, ...], other: tuple[str, ...]) -> Match | None:
    """Same surname and given names that do not differ; a surname alone fits any of its bearers."""
    short, long = sorted((one, other), key=len)
    if not compare_spellings(short[-1], long[-1]):
        return None
    spelt = "transliteration" if short[-1] != long[-1] else ""
    if len(short) == 1:
        return Match("surname", SCORES["surname"])
    if short[0] == long[0] or compare_spellings(short[0], long[0]):
        reason = spelt or ("transliteration" if short[0] != long[0] else "same-name")
        return Match(reason, SCORES[reason])
    if short[0][0] == long[0][0] and 1 in (len(short[0]), len(long[0])):
        return Match("initials", SCORES["initials"])
    return None


def _compare_bodies(one: NameForm, other: NameForm) -> Match | None:
    mine, theirs = (frozenset(form.words) - FUNCTION_WORDS for form in (one, other))
    if mine == theirs:
        return Match("same-words", SCORES["same-words"])
    for short, long in ((one, other), (other, one)):
        if len(short.words) == 1 and short.text.isupper() and len(short.text) > 1 and short.words[0] == long.acronym:
            return Match("acronym", SCORES["acronym"])
    return None
