"""Gold annotations (see the guidelines) as records, so that merging is measured apart from extraction."""

from pathlib import Path
from typing import Any

from kg.fusion.affiliations import find_state
from kg.fusion.lookup import Lookup
from kg.fusion.records import ActorRecord, ArticleRecord, ClaimRecord, ConstraintRecord, LinkRecord, ValueRecord
from kg.training.gold import read_annotations

__all__ = ["convert_article", "read_records"]


def read_records(folder: Path, lookup: Lookup) -> list[ArticleRecord]:
    """The articles of a folder with ``texts/*.txt`` and ``gold/*.json``."""
    return [convert_article(annotation, text, lookup, name=name) for name, text, annotation in read_annotations(folder)]


def convert_article(
    gold: dict[str, Any], text: str, lookup: Lookup, *, name: str, publisher: str = "", published: str = ""
) -> ArticleRecord:
    """One article; claims are named ``NAME#ID``."""
    people = frozenset(gold.get("people", ()))
    claims = tuple(_convert_claim(name, entry, text, lookup, people=people) for entry in gold["decisions"])
    return ArticleRecord(
        iri=name, publisher=publisher or name, published=published or gold.get("date", ""), text=text, claims=claims
    )


def _as_list(value: Any) -> list[str]:
    return [] if not value else [value] if isinstance(value, str) else list(value)


def _convert_actor(
    article: str, names: list[str], text: str, lookup: Lookup, *, people: frozenset[str] = frozenset()
) -> ActorRecord:
    known = next((found.iri for found in map(lookup.known_actor_by_name, names) if found), "")
    kind = "person" if people & set(names) else guess_kind(names, lookup)
    state = next(
        (
            found
            for found in (find_state(name.split()[-1], text, lookup) for name in names if kind == "person")
            if found
        ),
        "",
    )
    return ActorRecord(
        iri=f"{article}/{names[0]}",
        article=article,
        names=tuple(names),
        kind=kind,
        known=known if len(names) == 1 else "",
        state=state,
        anonymous=kind == "group",
    )


def _split_names(names: list[str], lookup: Lookup) -> list[list[str]]:
    """The gold lists a government and its head as one actor; an article graph has them as two."""
    bodies = [name for name in names if lookup.known_actor_by_name(name) or lookup.known_actor_by_metonym(name)]
    others = [name for name in names if name not in bodies]
    return [group for group in (others, bodies) if group]


def guess_kind(names: list[str], lookup: Lookup) -> str:
    """The kind of actor that names of the gold (which tells no kinds) look like."""
    known = [found.kind for found in map(lookup.known_actor_by_name, names) if found]
    if known:
        return known[0]
    heads = [name.split()[-1] for name in names]
    if all(head.islower() for head in heads):
        return "group"
    return "unknown"


def _convert_claim(
    article: str, entry: dict[str, Any], text: str, lookup: Lookup, *, people: frozenset[str]
) -> ClaimRecord:
    iri = f"{article}#{entry['id']}"
    first = text.strip().split("\n")[0]
    quotes = tuple(entry.get("mentions", ()))
    return ClaimRecord(
        iri=iri,
        article=article,
        type=entry["type"],
        status=entry["status"],
        actors=tuple(
            _convert_actor(article, names, text, lookup, people=people)
            for names in _split_names(_as_list(entry["actor"]), lookup)
        ),
        recipients=tuple(_convert_actor(article, [name], text, lookup) for name in _as_list(entry.get("recipient"))),
        actions=tuple(_as_list(entry["action"])),
        constraints=tuple(
            ConstraintRecord(
                iri=f"{iri}/c{place}",
                kind=limit["kind"],
                effect=limit["effect"],
                texts=tuple(_as_list(limit["text"])),
                quote=limit.get("quote", ""),
                value=ValueRecord(**limit["value"]) if "value" in limit else None,
            )
            for place, limit in enumerate(entry.get("constraints", ()))
        ),
        chains=tuple(
            tuple(
                LinkRecord(speaker=_convert_actor(article, [link], text, lookup), kind=_guess_speaker(link, lookup))
                for link in _as_list(chain)
            )
            for chain in entry.get("sources", ())
        ),
        quotes=quotes,
        place=min((max(0, text.find(quote)) for quote in quotes), default=0) / max(1, len(text)),
        headline=bool(quotes) and all(quote in first for quote in quotes),
    )


def _guess_speaker(name: str, lookup: Lookup) -> str:
    known = lookup.known_actor_by_name(name)
    if known:
        return "outlet" if known.outlet else "organisation"
    return "anonymous" if name.split()[-1].islower() else "person"
