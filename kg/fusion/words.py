"""What ordinary English words mean to each other: commonness, nearness, opposition.

The table ``words.npz`` is made by ``kg.fusion.make_words``. Words are compared by their stems (Porter 2, by
snowballstemmer), so that "supplied" and "supplies" are one.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import snowballstemmer

__all__ = ["FUNCTION_WORDS", "WordTable", "find_near", "find_synonyms", "load_words", "stem_word"]

#: Words that carry grammar rather than matter.
FUNCTION_WORDS = frozenset(
    "a an the of to in on for and or nor its his her their our your my by with that this these those from at as is be "
    "been being are was were will would shall should can could may might must do does did has have had having not no "
    "it he she they them him we us i you who whom which what when where how if but than then so such also any all some "
    "each every both either into onto over under about against between through during per via up out off down s t "
    "there here own same other another more most less least very just only even still yet".split()
)
#: Below this cosine two words are strangers; from there to 1 nearness grows in proportion.
STRANGERS = 0.4
#: Words less near than this are not near at all.
NEAR = 0.5
#: Nearness of two words that share a usual sense in WordNet.
SYNONYMS = 0.8
#: Nearness of two words of which the one names a usual sense right above a usual sense of the other.
BROADER = 0.6
#: Rank at and below which a word is as common as counts, and the least weight that it keeps.
COMMON_RANK = 120
LEAST_WEIGHT = 0.2


@lru_cache(maxsize=65536)
def stem_word(word: str) -> str:
    """The stem of a lower-case word.

    >>> stem_word("supplied") == stem_word("supplies")
    True
    """
    return str(_stemmer().stemWord(word))


@cache
def _stemmer() -> Any:
    return snowballstemmer.stemmer("english")


@dataclass(frozen=True, slots=True)
class WordTable:
    """Stems in falling order of frequency, their vectors (127 = 1), and the places of the synonyms, of broader and narrower
    words, and of the antonyms of each."""

    stems: Sequence[str]
    ranks: Mapping[str, int]
    vectors: Any
    synonyms: Mapping[int, tuple[int, ...]]
    broader: Mapping[int, tuple[int, ...]]
    antonyms: Mapping[int, tuple[int, ...]]

    def weigh_stem(self, stem: str) -> float:
        """How much a word tells, 0.2-1: rare words, and those the table lacks, tell most."""
        rank = self.ranks.get(stem)
        if rank is None:
            return 1.0
        top = math.log(len(self.ranks) + 1)
        low = math.log(COMMON_RANK)
        return max(LEAST_WEIGHT, min(1.0, (math.log(rank + 1) - low) / (top - low)))

    def find_near(self, stem: str) -> dict[str, float]:
        """The other stems that are at least `NEAR` to one, and how near, 0-1; opposites are not, however near they stand in
        text."""
        place = self.ranks.get(stem)
        if place is None:
            return {}
        # Whole numbers, small enough to be exact in any order of summation.
        cosines = (self.vectors @ self.vectors[place]).astype(float) / 127**2
        near = (cosines - STRANGERS) / (1 - STRANGERS)
        for related, least in ((self.broader, BROADER), (self.synonyms, SYNONYMS)):
            others = list(related.get(place, ()))
            near[others] = np.maximum(near[others], least)
        near[[place, *self.antonyms.get(place, ())]] = 0
        return {self.stems[other]: float(near[other]) for other in np.flatnonzero(near >= NEAR).tolist()}


@lru_cache(maxsize=65536)
def find_near(stem: str) -> Mapping[str, float]:
    """`WordTable.find_near` of the bundled table.

    >>> stem_word("weapon") in find_near(stem_word("missile"))
    True
    """
    return load_words().find_near(stem)


@lru_cache(maxsize=65536)
def find_synonyms(stem: str) -> tuple[str, ...]:
    """The stems that share a usual sense with this one, sorted.

    >>> stem_word("purchases") in find_synonyms(stem_word("buying"))
    True
    """
    table = load_words()
    place = table.ranks.get(stem)
    return () if place is None else tuple(sorted(table.stems[other] for other in table.synonyms.get(place, ())))


@cache
def load_words() -> WordTable:
    """The bundled table."""
    with np.load(Path(__file__).parent / "words.npz") as data:
        stems = data["stems"].tobytes().decode("ascii").split("\n")
        return WordTable(
            stems=tuple(stems),
            ranks={stem: rank for rank, stem in enumerate(stems)},
            vectors=data["vectors"].astype(np.float32),
            synonyms=_relate(data["synonyms"]),
            broader=_relate(data["broader"]),
            antonyms=_relate(data["antonyms"]),
        )


def _relate(pairs: Any) -> dict[int, tuple[int, ...]]:
    """Pairs (pair, 2) -> the partners of each."""
    found: dict[int, list[int]] = {}
    for one, other in pairs.tolist():
        found.setdefault(one, []).append(other)
        found.setdefault(other, []).append(one)
    return {one: tuple(others) for one, others in found.items()}
