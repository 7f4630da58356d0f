"""Independent origins: whose knowledge a claim goes back to, and which articles are copies of one another."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache

from datasketch import MinHash, MinHashLSH

from kg.fusion.actors import FusedActor
from kg.fusion.lookup import Lookup
from kg.fusion.names import fold_words
from kg.fusion.records import ArticleRecord, ClaimRecord, LinkRecord

__all__ = ["Origin", "find_copies", "find_origins", "settle_origins"]

#: Words of a shingle, and the share of shingles from which two articles are copies of one text.
SHINGLE, COPY = 5, 0.5
#: Articles with fewer shingles are not compared: a headline proves nothing.
LEAST_SHINGLES = 25
PERMUTATIONS = 96
NEWLINE = "\n"
#: Longest part of a headline in a label.
LABEL_LENGTH = 80
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, order=True)
class Origin:
    """Where a claim's knowledge comes from: ``kind`` is outlet, statement or reporting; ``key`` is an IRI or a name."""

    kind: str
    key: str
    label: str


def find_copies(articles: Iterable[ArticleRecord]) -> dict[str, ArticleRecord]:
    """Article -> the earliest of its group of near-duplicates; MinHash (Broder 1997) over word shingles."""
    ranked = sorted(articles, key=_by_date)
    hashes = {place: sketch for place, article in enumerate(ranked) if (sketch := _sketch_text(article.text))}
    index = MinHashLSH(threshold=COPY, num_perm=PERMUTATIONS)
    for place, sketch in hashes.items():
        index.insert(place, sketch)
    leader = list(range(len(ranked)))
    for place, sketch in hashes.items():
        for other in sorted(index.query(sketch)):
            if sketch.jaccard(hashes[other]) >= COPY:
                first, second = sorted((_find_leader(leader, place), _find_leader(leader, other)))
                leader[second] = first
    return {article.iri: ranked[_find_leader(leader, place)] for place, article in enumerate(ranked)}


def _by_date(article: ArticleRecord) -> tuple[str, str]:
    return article.published or "9", article.iri


@cache
def _sketch_text(text: str) -> MinHash | None:
    words = WORD.findall(text.lower())
    shingles = {" ".join(words[place : place + SHINGLE]) for place in range(len(words) - SHINGLE + 1)}
    if len(shingles) < LEAST_SHINGLES:
        return None
    sketch = MinHash(num_perm=PERMUTATIONS, seed=1)
    sketch.update_batch([shingle.encode() for shingle in sorted(shingles)])
    return sketch


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
    own = _own_reporting(first, lookup)
    chains = [_trace_chain(chain, own, actors) for chain in claim.chains if chain]
    return tuple(sorted(set(chains))) or (own,)


def _own_reporting(article: ArticleRecord, lookup: Lookup) -> Origin:
    if not article.publisher:
        return Origin("reporting", article.iri, f"own reporting: {article.text.split(NEWLINE, 1)[0][:LABEL_LENGTH]}")
    known = lookup.known_actor_by_name(article.publisher)
    return Origin("outlet", known.iri if known else _fold_outlet(article.publisher), article.publisher)


def settle_origins(
    traced: Mapping[str, tuple[Origin, ...]], articles: Iterable[ArticleRecord], lookup: Lookup
) -> dict[str, tuple[Origin, ...]]:
    """The origins of each claim with one label and one kind for each: a speaker of a publisher's name is that outlet."""
    outlets = {_fold_outlet(article.publisher): _own_reporting(article, lookup) for article in articles}
    outlets.pop("", None)
    settled = {
        iri: {outlets.get(_fold_outlet(origin.label), origin) if origin.kind == "statement" else origin for origin in found}
        for iri, found in traced.items()
    }
    labels: dict[tuple[str, str], str] = {}
    for origin in (origin for found in settled.values() for origin in found):
        labels[origin.kind, origin.key] = min(origin.label, labels.get((origin.kind, origin.key), origin.label))
    return {
        iri: tuple(sorted({replace(origin, label=labels[origin.kind, origin.key]) for origin in found}))
        for iri, found in settled.items()
    }


def _fold_outlet(name: str) -> str:
    return " ".join(fold_words(name)) or name


def _trace_chain(chain: tuple[LinkRecord, ...], own: Origin, actors: Mapping[str, FusedActor]) -> Origin:
    outlets = [link for link in chain if link.kind == "outlet"]
    speakers = [link for link in chain if link.kind not in ("outlet", "anonymous") and not link.speaker.anonymous]
    if outlets:
        actor = actors[outlets[0].speaker.iri]
        key = actor.known or _fold_outlet(actor.name)
        return own if key == own.key else Origin("outlet", key, actor.name)
    if speakers:
        actor = actors[speakers[0].speaker.iri]
        return Origin("statement", actor.iri, actor.name)
    return own
