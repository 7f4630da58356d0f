"""Claims -> clusters of claims that tell one act."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.fusion.blocks import find_shared
from kg.fusion.claims import PreparedClaim
from kg.fusion.clusters import cluster_pairs
from kg.fusion.likeness import ArticlePair, compare_claims
from kg.fusion.matter import STRANGE

__all__ = [
    "ClaimPair",
    "NearMiss",
    "Pair",
    "choose_claims",
    "cluster_claims",
    "link_claims",
    "list_links",
    "pair_articles",
]

#: Two claims by IRI, in order.
Pair = tuple[str, str]
ClaimPair = tuple[PreparedClaim, PreparedClaim]

#: Claims of two articles at least so surely one may be joined.
LINK = 0.3
#: Two clusters join if they are so near on average, and no two members further apart than this.
LEAST_MEAN, LEAST = 0.3, 0.02
#: A second candidate of the same article so close behind the first makes the choice a guess.
MARGIN = 0.03
#: Articles that share so much of their matter tell one story: all their claims are compared.
ONE_STORY = 0.2


@dataclass(frozen=True, slots=True)
class NearMiss:
    """Two claims that were not joined because another candidate was as good."""

    claim: str
    candidates: tuple[str, ...]
    score: float


def list_links(claims: Mapping[str, PreparedClaim]) -> dict[Pair, float]:
    """The pairs of claims (by IRI) that are likely one, and how surely."""
    links = (link_claims(articles, pairs) for articles, pairs in pair_articles(claims))
    return {pair: near for found in links for pair, near in found.items()}


def pair_articles(claims: Mapping[str, PreparedClaim]) -> Iterator[tuple[ArticlePair, list[ClaimPair]]]:
    """Articles that may tell one act, and those of their claims to compare; an article beside itself, too."""
    shared: dict[Pair, tuple[ArticlePair, list[ClaimPair]] | None] = {}
    for pair in find_shared(claims.values()):
        one, other = (claims[iri] for iri in pair)
        names = (min(one.claim.article, other.claim.article), max(one.claim.article, other.claim.article))
        if names not in shared:
            articles = ArticlePair(one.article, other.article)
            # Most articles that share a block are strangers: of those nothing is kept.
            shared[names] = (articles, []) if articles.overlap >= STRANGE else None
        if (found := shared[names]) is not None:
            found[1].append((one, other))
    for names in sorted(shared):
        if (found := shared.pop(names)) is not None:
            yield found[0], choose_claims(*found)


def choose_claims(articles: ArticlePair, sharing: list[ClaimPair]) -> list[ClaimPair]:
    """The claims of two articles (or of one) to compare, given those that share a block: where the articles tell one story
    all of them, else only those."""
    first, second = articles.articles
    if first is second or articles.overlap < ONE_STORY:
        return sharing
    return [(one, other) for one in first.claims for other in second.claims]


def link_claims(articles: ArticlePair, pairs: Iterable[ClaimPair]) -> dict[Pair, float]:
    """Those of the pairs that are likely one act, by IRI, and how surely."""
    links = {}
    for one, other in pairs:
        near = articles.compare(one, other)
        if near >= LINK:
            links[min(one.claim.iri, other.claim.iri), max(one.claim.iri, other.claim.iri)] = near
    return links


def cluster_claims(
    claims: Mapping[str, PreparedClaim], links: Mapping[Pair, float]
) -> tuple[list[tuple[str, ...]], tuple[NearMiss, ...]]:
    """Clusters of claim IRIs, each sorted, and the links that were refused as guesses."""
    # Only pairs inside clusters are asked for again, most of them near: the far ones are too many to keep.
    cache = dict(links)

    def compare(one: str, other: str) -> float:
        pair = (one, other)
        if pair not in cache:
            cache[pair] = compare_claims(claims[one], claims[other])
        return cache[pair]

    misses = _find_guesses(links, claims)
    doubtful = {(min(miss.claim, other), max(miss.claim, other)) for miss in misses for other in miss.candidates}
    sure = {pair: near for pair, near in links.items() if pair not in doubtful}
    return cluster_pairs(sorted(claims), sure, compare=compare, least_mean=LEAST_MEAN, least=LEAST), misses


def _find_guesses(scores: Mapping[Pair, float], claims: Mapping[str, PreparedClaim]) -> tuple[NearMiss, ...]:
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
