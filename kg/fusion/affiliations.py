"""Offices of persons as an article states them: "French President X", "X, the president of France"."""

from functools import lru_cache

from kg.fusion.names import rise_to_state
from kg.fusion.phrases import split_words
from kg.ontology import Ontology

__all__ = ["find_state"]

#: Words before a name in which its office is looked for.
REACH = 7
#: Roles whose holders act for their state.
PUBLIC_ROLES = frozenset({"head", "minister", "spokesperson", "legislator", "official", "officer"})


@lru_cache(maxsize=256)
def _split_text(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    words = tuple(split_words(text))
    return words, tuple(word.lower() for word in words)


def find_state(surname: str, text: str, ontology: Ontology) -> str:
    """The state in whose office the text shows the person; empty where it shows none, or two.

    >>> from kg.ontology import load_ontology
    >>> find_state("Arnaud", "Talks with French President Luc Arnaud went on.", load_ontology())
    'https://w3id.org/decision-kg/actor/FR'
    """
    words, lowered = _split_text(text)
    found = set()
    wanted = surname.lower()
    for index, word in enumerate(lowered):
        if word == wanted and words[index][0].isupper():
            found.add(_read_before(words, index, ontology))
    found.discard("")
    return found.pop() if len(found) == 1 else ""


def _read_before(words: tuple[str, ...], index: int, ontology: Ontology) -> str:
    """The state in "STATE … OFFICE Given Surname", where the surname stands at ``index``."""
    start = index
    while index - 3 < start and start and words[start - 1][0].isupper() and not _is_office(words[start - 1], ontology):
        start -= 1
    if not start or not _ends_with_office(words[max(0, start - 4) : start], ontology):
        return ""
    for place in range(start - 1, max(-1, start - REACH), -1):
        for length in (1, 2):
            name = " ".join(words[place : place + length])
            actor = ontology.known_actor_by_demonym(name) or ontology.known_actor_by_name(name)
            if actor and actor.kind != "person" and place + length < start + (length > 1):
                return rise_to_state(actor.iri, ontology)
    return ""


def _is_office(word: str, ontology: Ontology) -> bool:
    office = ontology.office_by_name(word.lower())
    return office is not None


def _ends_with_office(words: tuple[str, ...], ontology: Ontology) -> bool:
    for length in range(1, len(words) + 1):
        office = ontology.office_by_name(" ".join(words[-length:]).lower())
        if office and office.role in PUBLIC_ROLES:
            return True
    return False
