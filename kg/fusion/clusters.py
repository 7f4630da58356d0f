"""Clustering that does not depend on the order of what it is given and refuses doubtful joins."""

from collections.abc import Callable, Iterable, Mapping

__all__ = ["cluster_pairs"]

#: Pair of keys in order, and how near they are.
Scores = Mapping[tuple[str, str], float]


def cluster_pairs(
    keys: Iterable[str],
    scores: Scores,
    *,
    compare: Callable[[str, str], float],
    least_mean: float,
    least: float,
) -> list[tuple[str, ...]]:
    """Join the nearest pairs first (ties by key); two clusters join only if their members are near on average
    (``least_mean``) and no two of them are further apart than ``least``.

    A chain of near pairs therefore cannot join ends that are far from each other. ``compare`` gives the nearness of any
    two keys. Returns the clusters in the order of their first keys.
    """
    cluster_of = {key: [key] for key in keys}
    for one, other in sorted(scores, key=lambda pair: (-scores[pair], pair)):
        mine, theirs = cluster_of[one], cluster_of[other]
        if mine is theirs or not _may_join(mine, theirs, compare=compare, least_mean=least_mean, least=least):
            continue
        joined = sorted(mine + theirs)
        for key in joined:
            cluster_of[key] = joined
    unique = {cluster[0]: tuple(cluster) for cluster in (sorted(cluster) for cluster in cluster_of.values())}
    return [unique[first] for first in sorted(unique)]


def _may_join(
    mine: list[str], theirs: list[str], *, compare: Callable[[str, str], float], least_mean: float, least: float
) -> bool:
    total = 0.0
    for one in mine:
        for other in theirs:
            near = compare(min(one, other), max(one, other))
            if near < least:
                return False
            total += near
    return total >= least_mean * len(mine) * len(theirs)
