"""What ordinary English words mean to each other: commonness, nearness, opposition.

The table ``words.npz`` is made by ``kg.fusion.make_words``. Words are compared by their stems (Porter 2, by
snowballstemmer), so that "supplied" and "supplies" are one.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import snowballstemmer

__all__ = ["FUNCTION_WORDS", "WordTable", "find_synonyms", "load_words", "stem_word"]

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
    """Stems in falling order of frequency, their vectors (127 = 1), and pairs of synonyms, broader words, antonyms."""

    ranks: Mapping[str, int]
    vectors: Any
    synonyms: frozenset[tuple[int, int]]
    broader: frozenset[tuple[int, int]]
    antonyms: frozenset[tuple[int, int]]

    def weigh_stem(self, stem: str) -> float:
        """How much a word tells, 0.2-1: rare words, and those the table lacks, tell most."""
        rank = self.ranks.get(stem)
        if rank is None:
            return 1.0
        top = math.log(len(self.ranks) + 1)
        low = math.log(COMMON_RANK)
        return max(LEAST_WEIGHT, min(1.0, (math.log(rank + 1) - low) / (top - low)))

    def compare_stems(self, one: str, other: str) -> float:
        """How near two stems are, 0-1; opposites are 0 however near they stand in text."""
        if one == other:
            return 1.0
        first, second = self.ranks.get(one), self.ranks.get(other)
        if first is None or second is None:
            return 0.0
        pair = (min(first, second), max(first, second))
        if pair in self.antonyms:
            return 0.0
        cosine = float(np.dot(self.vectors[first], self.vectors[second])) / 127**2
        near = max(0.0, (cosine - STRANGERS) / (1 - STRANGERS))
        if pair in self.synonyms:
            return max(near, SYNONYMS)
        return max(near, BROADER) if pair in self.broader else near


@lru_cache(maxsize=65536)
def find_synonyms(stem: str) -> tuple[str, ...]:
    """The stems that share a usual sense with this one, sorted.

    >>> stem_word("purchases") in find_synonyms(stem_word("buying"))
    True
    """
    return _list_synonyms().get(stem, ())


@cache
def _list_synonyms() -> dict[str, tuple[str, ...]]:
    table = load_words()
    stems = list(table.ranks)
    found: dict[str, set[str]] = {}
    for one, other in table.synonyms:
        found.setdefault(stems[one], set()).add(stems[other])
        found.setdefault(stems[other], set()).add(stems[one])
    return {stem: tuple(sorted(others)) for stem, others in found.items()}


@cache
def load_words() -> WordTable:
    """The bundled table."""
    with np.load(Path(__file__).parent / "words.npz") as data:
        stems = data["stems"].tobytes().decode("ascii").split("\n")
        return WordTable(
            ranks={stem: rank for rank, stem in enumerate(stems)},
            vectors=data["vectors"].astype(np.float32),
            synonyms=frozenset(map(tuple, data["synonyms"].tolist())),
            broader=frozenset(map(tuple, data["broader"].tolist())),
            antonyms=frozenset(map(tuple, data["antonyms"].tolist())),
        )
