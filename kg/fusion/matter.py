"""What an article is about, as a vector of its words and names, and how much of that two articles share."""

import math
import re
from collections import Counter
from collections.abc import Mapping

from kg.fusion.lookup import Lookup
from kg.fusion.phrases import find_tokens, split_words

__all__ = ["STRANGE", "Matter", "compare_matters", "weigh_matter"]

#: Token -> its weight; the squares add up to 1.
Matter = Mapping[str, float]

#: Articles whose matters are so little alike tell different stories, and no act in common.
STRANGE = 0.15
#: So many of the weightiest tokens tell what a text is about.
MOST_TOKENS = 100
#: Places to which weights are rounded.
PLACES = 4
SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")


def weigh_matter(text: str, lookup: Lookup) -> dict[str, float]:
    """The weightiest tokens of a text as a unit vector: how much a token tells, times one and the logarithm of its count
    (TF-IDF, Salton and Buckley 1988; what a token tells does not depend on the other articles)."""
    counts: Counter[str] = Counter()
    tells: dict[str, float] = {}
    for sentence in SENTENCE_END.split(text):
        for token in find_tokens(split_words(sentence), lookup):
            counts[token.key] += 1
            tells[token.key] = 1.0 if token.kind == "known" else token.weight
    weights = {key: tells[key] * (1 + math.log(count)) for key, count in counts.items()}
    most = sorted(weights, key=lambda key: (-weights[key], key))[:MOST_TOKENS]
    length = math.hypot(*(weights[key] for key in most))
    return {key: round(weights[key] / length, PLACES) for key in most if weights[key]}


def compare_matters(one: Matter, other: Matter) -> float:
    """How much two articles are about the same, 0-1 (cosine)."""
    few, many = sorted((one, other), key=len)
    return min(1.0, math.fsum(weight * many[key] for key, weight in few.items() if key in many))
