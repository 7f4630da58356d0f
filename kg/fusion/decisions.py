"""Claims -> clusters of claims that tell one act."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kg.fusion.blocks import find_shared
from kg.fusion.clusters import cluster_pairs
from kg.fusion.matching import PreparedClaim, compare_claims

__all__ = ["LINK", "NearMiss", "cluster_claims", "compare_pair"]

#: Claims of two articles at least so near may tell one act.
LINK = 0.6
#: Claims of one article are one act only where they say the same twice.
DUPLICATE = 0.66
#: Two clusters join if they are so near on average, and no two members further apart than this.
LEAST_MEAN, LEAST = 0.54, 0.35
#: A second candidate of the same article so close behind the first makes the choice a guess.
MARGIN = 0.03


@dataclass(frozen=True, slots=True)
class NearMiss:
    """Two claims that were not joined because another candidate was as good."""

    claim: str
    candidates: tuple[str, ...]
    score: float


def cluster_claims(prepared: Iterable[PreparedClaim]) -> tuple[list[tuple[str, ...]], tuple[NearMiss, ...]]:
    """Clusters of claim IRIs, each sorted, and the links that were refused as guesses."""
    claims = {one.claim.iri: one for one in prepared}
    pairs = find_shared(claims.values())
    scores = {pair: near for pair in pairs if (near := compare_pair(claims[pair[0]], claims[pair[1]])) >= LINK}
    # Only pairs inside clusters are asked for again, most of them near: the far ones are too many to keep.
    cache = dict(scores)

    def compare(one: str, other: str) -> float:
        pair = (one, other)
        if pair not in cache:
            cache[pair] = compare_pair(claims[one], claims[other])
        return cache[pair]

    misses = _find_guesses(scores, claims)
    doubtful = {(min(miss.claim, other), max(miss.claim, other)) for miss in misses for other in miss.candidates}
    sure = {pair: near for pair, near in scores.items() if pair not in doubtful}
    return cluster_pairs(sorted(claims), sure, compare=compare, least_mean=LEAST_MEAN, least=LEAST), misses


def compare_pair(one: PreparedClaim, other: PreparedClaim) -> float:
    """How surely two claims tell one act; claims of one article only where they say the same twice."""
    near = compare_claims(one, other)
    if one.claim.article == other.claim.article:
        same = one.claim.status == other.claim.status and one.claim.type == other.claim.type
        return near if same and near >= DUPLICATE else 0.0
    return near


def _find_guesses(scores: dict[tuple[str, str], float], claims: dict[str, PreparedClaim]) -> tuple[NearMiss, ...]:
    """Claims that have two equally good candidates in one article, unless those two are near each other themselves."""
    by_article: dict[tuple[str, str], list[tuple[float, str]]] = defaultdict(list)
    for (one, other), near in scores.items():
        by_article[one, claims[other].claim.article].append((near, other))
        by_article[other, claims[one].claim.article].append((near, one))
    misses = []
    for (iri, _), rivals in sorted(by_article.items()):
        ranked = sorted(rivals, key=lambda rival: (-rival[0], rival[1]))
        close = [other for near, other in ranked if near >= ranked[0][0] - MARGIN]
        if any(compare_claims(claims[close[0]], claims[other]) < LINK for other in close[1:]):
            misses.append(NearMiss(iri, tuple(sorted(close)), ranked[0][0]))
    return tuple(misses)
