"""Independent origins: whose knowledge a claim goes back to, and which articles are copies of one another."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import networkx as nx
from datasketch import MinHash, MinHashLSH

from kg.fusion.actors import FusedActor
from kg.fusion.labels import shorten_text
from kg.fusion.lookup import Lookup
from kg.fusion.names import fold_words
from kg.fusion.records import ArticleRecord, ClaimRecord, LinkRecord

__all__ = [
    "Origin",
    "are_copies",
    "count_independent",
    "find_bands",
    "find_copies",
    "find_origins",
    "fold_outlet",
    "list_publishers",
    "order_copies",
    "own_reporting",
    "settle_origin",
    "sketch_text",
]

#: Words of a shingle, and the share of shingles from which two articles are copies of one text.
SHINGLE, COPY = 5, 0.5
#: Articles with fewer shingles are not compared: a headline proves nothing.
LEAST_SHINGLES = 25
PERMUTATIONS = 96
NEWLINE = "\n"
#: Longest part of a headline in a label.
LABEL_LENGTH = 40
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, order=True)
class Origin:
    """Where a claim's knowledge comes from: ``kind`` is outlet, statement or reporting; ``key`` is an IRI or a name."""

    kind: str
    key: str
    label: str


def find_copies(articles: Iterable[ArticleRecord]) -> dict[str, ArticleRecord]:
    """Article -> the earliest of its group of near-duplicates; MinHash (Broder 1997) over word shingles."""
    ranked = sorted(articles, key=order_copies)
    hashes = {place: sketch for place, article in enumerate(ranked) if (sketch := sketch_text(article.text))}
    banded: dict[str, list[int]] = defaultdict(list)
    leader = list(range(len(ranked)))
    for place, sketch in hashes.items():
        bands = find_bands(sketch)
        for other in sorted({other for band in bands for other in banded[band]}):
            if are_copies(sketch, hashes[other]):
                first, second = sorted((_find_leader(leader, place), _find_leader(leader, other)))
                leader[second] = first
        for band in bands:
            banded[band].append(place)
    return {article.iri: ranked[_find_leader(leader, place)] for place, article in enumerate(ranked)}


def find_bands(sketch: bytes) -> list[str]:
    """Keys of which two texts most probably share one if they are copies (locality-sensitive hashing)."""
    ranges = _find_ranges()
    return [f"{number} {sketch[8 * start : 8 * end].hex()}" for number, (start, end) in enumerate(ranges)]


@cache
def _find_ranges() -> list[tuple[int, int]]:
    """Where the bands start and end, as datasketch chooses them for the threshold."""
    return list(MinHashLSH(threshold=COPY, num_perm=PERMUTATIONS).hashranges)


def are_copies(one: bytes, other: bytes) -> bool:
    """Whether two sketches are of texts that share most of their shingles."""
    same = sum(one[8 * place : 8 * place + 8] == other[8 * place : 8 * place + 8] for place in range(PERMUTATIONS))
    return same >= COPY * PERMUTATIONS


def order_copies(article: ArticleRecord) -> tuple[str, str]:
    """Order of the copies of one text: the earliest is the first, one without a date comes last."""
    return article.published or "9", article.iri


def sketch_text(text: str) -> bytes:
    """A MinHash of a text's shingles, 8 bytes for each permutation; empty for a text too short to tell."""
    words = WORD.findall(text.lower())
    shingles = {" ".join(words[place : place + SHINGLE]) for place in range(len(words) - SHINGLE + 1)}
    if len(shingles) < LEAST_SHINGLES:
        return b""
    sketch = _start_sketch().copy()
    sketch.update_batch([shingle.encode() for shingle in sorted(shingles)])
    return bytes(sketch.hashvalues.astype("<u8").tobytes())


@cache
def _start_sketch() -> MinHash:
    """A sketch of nothing: to draw the permutations takes longer than to use them on an article."""
    return MinHash(num_perm=PERMUTATIONS, seed=1)


def _find_leader(leader: list[int], place: int) -> int:
    while leader[place] != place:
        place = leader[place]
    return place


def find_origins(
    claim: ClaimRecord,
    first: ArticleRecord,
    *,
    actors: Mapping[str, FusedActor],
    lookup: Lookup,
) -> tuple[Origin, ...]:
    """The origins that a claim goes back to, sorted; ``first`` is the earliest copy of its article.

    A chain goes back to its outermost outlet that is not the article's own; without one, to the speaker of an official
    or named statement; an unnamed source that spoke to the article itself is the article's own reporting. Copies of one
    text have one own reporting.
    """
    own = own_reporting(first, lookup)
    chains = [_trace_chain(chain, own, actors) for chain in claim.chains if chain]
    return tuple(sorted(set(chains))) or (own,)


def own_reporting(article: ArticleRecord, lookup: Lookup) -> Origin:
    """What an article knows by itself: its outlet's reporting."""
    if not fold_outlet(article.publisher):
        headline = shorten_text(article.text.split(NEWLINE, 1)[0], LABEL_LENGTH)
        return Origin("reporting", article.iri, f"own reporting: {headline}")
    known = lookup.known_actor_by_name(article.publisher)
    if known:
        return Origin("outlet", known.iri, known.name)
    return Origin("outlet", fold_outlet(article.publisher), article.publisher)


def list_publishers(articles: Iterable[ArticleRecord]) -> dict[str, str]:
    """Folded name of each publisher -> the spelling that stands for all."""
    found: dict[str, str] = {}
    for article in articles:
        fold = fold_outlet(article.publisher)
        found[fold] = min(article.publisher, found.get(fold, article.publisher))
    return {fold: name for fold, name in found.items() if fold}


def settle_origin(origin: Origin, publishers: Mapping[str, str], lookup: Lookup) -> Origin:
    """One name and key for an outlet: a speaker that bears a publisher's name is that publisher."""
    known = lookup.known_actors.get(origin.key)
    if known:
        return Origin("outlet" if known.outlet else origin.kind, known.iri, known.name)
    name = publishers.get(origin.key) or publishers.get(fold_outlet(origin.label))
    if name is None or origin.kind == "reporting":
        return origin
    return own_reporting(ArticleRecord(iri="", publisher=name), lookup)


def count_independent(origins_of: Mapping[str, frozenset[Origin]]) -> int:
    """How many articles can each be credited with an origin of its own; ``origins_of`` has the origins of each.

    An article that names two sources is still one account, and two articles with one source between them are one: the
    size of the largest matching of articles and origins (Hopcroft and Karp 1973).
    """
    if all(len(origins) <= 1 for origins in origins_of.values()):
        return len(frozenset().union(*origins_of.values()))
    graph = nx.Graph((f"article {iri}", origin) for iri, origins in origins_of.items() for origin in origins)
    articles = [f"article {iri}" for iri, origins in origins_of.items() if origins]
    return len(nx.bipartite.hopcroft_karp_matching(graph, articles)) // 2


def fold_outlet(name: str) -> str:
    """An outlet's name for comparison."""
    return " ".join(fold_words(name)) or name.strip()


def _trace_chain(chain: tuple[LinkRecord, ...], own: Origin, actors: Mapping[str, FusedActor]) -> Origin:
    outlets = [link for link in chain if link.kind == "outlet"]
    speakers = [link for link in chain if link.kind not in ("outlet", "anonymous") and not link.speaker.anonymous]
    if outlets:
        actor = actors[outlets[0].speaker.iri]
        return Origin("outlet", actor.iri, actor.name)
    if speakers:
        actor = actors[speakers[0].speaker.iri]
        return Origin("statement", actor.iri, actor.name)
    return own
