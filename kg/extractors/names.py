"""When two name forms of one article are one name: surnames, initials, acronyms, legal suffixes. Pure string questions."""

import re
from functools import lru_cache

__all__ = [
    "FIRM_WORDS",
    "LEGAL_FORMS",
    "PRONOUN_GENDERS",
    "is_acronym_of",
    "is_short_form",
    "same_person_name",
    "split_name",
]

#: Third-person pronouns and what they tell of gender ("m", "f", "n" for things and bodies, "p" for plurals).
PRONOUN_GENDERS = {
    "he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f",
    "it": "n", "its": "n", "itself": "n", "they": "p", "them": "p", "their": "p", "theirs": "p", "themselves": "p",
}  # fmt: skip
#: Endings that name a legal form or a generation, no part of the name that is said.
LEGAL_FORMS = frozenset(
    "inc ltd llc plc corp corporation co company limited incorporated ag sa se nv gmbh spa as ab oyj asa bv kk pte llp lp".split()
)
SUFFIXES = LEGAL_FORMS | frozenset("jr sr ii iii iv".split())
#: Words that end the names of firms.
FIRM_WORDS = frozenset(
    "airlines airways bank brands chemicals electric energy entertainment fisheries foods gas group holding holdings homes"
    " industries insurance labs logistics media metals minerals mining motor motors oil pharma pharmaceuticals power resources"
    " services shipping software solutions steel studios systems technologies technology telecom".split()
)
SMALL_WORDS = frozenset("of the for and on in to de la le du des del di da von van der den el al bin ibn".split())
WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*\.?", re.UNICODE)


@lru_cache(maxsize=20_000)
def split_name(name: str) -> tuple[str, ...]:
    """Lower-case words of a name without genitive ending, legal form and generation; never empty for a name with a letter."""
    found = WORD.findall(name)
    while found and found[0].casefold() in {"the", "a", "an"}:
        found = found[1:]
    kept = [word.casefold().rstrip(".").removesuffix("'s").removesuffix("’s") for word in found]
    while len(kept) > 1 and kept[-1].replace(".", "") in SUFFIXES:
        kept.pop()
    return tuple(kept)


def same_person_name(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Two full names of one person: equal surnames, first names equal or one the initial of the other."""
    if len(one) < 2 or len(other) < 2 or one[-1] != other[-1]:
        return False
    return one[0] == other[0] or (min(len(one[0]), len(other[0])) == 1 and one[0][0] == other[0][0])


def is_short_form(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """The short name is the beginning or the end of the full one."""
    size = len(short)
    return 0 < size < len(full) and (full[:size] == short or full[-size:] == short)


def is_acronym_of(acronym: str, name: str) -> bool:
    """The letters are the initials of the name's words, small words optional ("UNHCR" needs none, "BoE" has one)."""
    letters = acronym.replace(".", "").replace("-", "").casefold()
    words = [part for word in WORD.findall(name) for part in re.split(r"[-']", word.casefold()) if part]
    if not 2 <= len(letters) <= 8 or len(words) < 2 or not sum(letter.isupper() for letter in acronym) >= 2:
        return False
    every = "".join(word[0] for word in words)
    content = "".join(word[0] for word in words if word not in SMALL_WORDS)
    return letters in {every, content}
