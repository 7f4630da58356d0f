"""Annotated articles: texts with gold decisions, and the measures by which an account agrees with the gold."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.model import Span

__all__ = [
    "GoldArticle",
    "GoldDecision",
    "GoldLimit",
    "check_names",
    "is_named",
    "likeness",
    "read_annotations",
    "read_gold",
    "read_groups",
    "share_place",
]

#: The file beside the annotations that says which decisions of several articles are one.
GROUPS = "merge.json"
#: Words that do not count when two phrases are compared.
STOP = frozenset(
    "a an the of to in on for and or its his her their by with that this from at as is be been was were will would has "
    "have had".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldLimit:
    """A limit of the gold in its several wordings."""

    kind: str
    effect: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldDecision:
    """A decision of the gold.

    ``name`` is its id, ``types`` has the second type that is as good; ``places`` are character ranges. ``actors`` and
    ``recipients`` are names: any of them names the party; ``sources`` are the names of all links of all chains.
    """

    name: str
    types: tuple[str, ...]
    status: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    actions: tuple[str, ...]
    places: tuple[tuple[int, int], ...]
    limits: tuple[GoldLimit, ...]
    sources: tuple[str, ...]
    is_optional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldArticle:
    """A text with its decisions."""

    name: str
    text: str
    decisions: tuple[GoldDecision, ...]


def check_names(folders: Iterable[Path]) -> None:
    """Raises ``ValueError`` where two articles bear one name, by which those that are held out are known."""
    known: dict[str, Path] = {}
    for folder in folders:
        for path in sorted((folder / "texts").glob("*.txt")):
            if path.stem in known:
                raise ValueError(f"{path}: another article is called {path.stem}, too: {known[path.stem]}")
            known[path.stem] = path


def read_gold(folders: Iterable[Path]) -> Iterator[GoldArticle]:
    """The articles of folders with ``texts/*.txt`` and ``gold/*.json``, sorted by name within each folder."""
    for folder in folders:
        for name, text, annotation in read_annotations(folder):
            decisions = tuple(_read_decision(row, text) for row in annotation["decisions"])
            yield GoldArticle(name=name, text=text, decisions=decisions)


def read_annotations(folder: Path) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Name, text and annotation as written of each article of a folder."""
    for path in sorted((folder / "gold").glob("*.json")):
        if path.name != GROUPS:
            text = (folder / "texts" / f"{path.stem}.txt").read_text("utf-8")
            yield path.stem, text, json.loads(path.read_text("utf-8"))


def read_groups(folder: Path) -> dict[str, str]:
    """The group of each annotated decision (``NAME#ID``) that several articles of the folder tell."""
    groups = json.loads((folder / "gold" / GROUPS).read_text("utf-8"))["groups"]
    return {member: group for group, members in groups.items() for member in members}


def _read_decision(row: dict[str, Any], text: str) -> GoldDecision:
    return GoldDecision(
        name=row["id"],
        types=(row["type"], *row.get("also", [])),
        status=row["status"],
        actors=_listed(row["actor"]),
        recipients=_listed(row["recipient"]),
        actions=_listed(row["action"]),
        places=tuple(m.span() for quote in row["mentions"] for m in re.finditer(re.escape(quote), text)),
        limits=tuple(
            GoldLimit(kind=limit["kind"], effect=limit["effect"], texts=_listed(limit["text"]))
            for limit in row["constraints"]
        ),
        sources=tuple(dict.fromkeys(name for chain in row["sources"] for name in chain)),
        is_optional=bool(row.get("optional")),
    )


def _listed(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value or ())


def share_place(span: Span, places: Sequence[tuple[int, int]]) -> float:
    """Shared characters as a part of the shorter stretch (0-1); the best place counts."""
    return max(
        (max(0, min(span.end, b) - max(span.start, a)) / max(1, min(span.end - span.start, b - a)) for a, b in places),
        default=0.0,
    )


def is_named(names: Iterable[str], others: Iterable[str]) -> bool:
    """Whether one of the names stands in one of the others, word for word, or shares half of their words with it."""
    sets = [[set(_list_words(name)) for name in group] for group in (names, others)]
    return any(a and b and (a <= b or b <= a or 2 * len(a & b) >= len(a | b)) for a in sets[0] for b in sets[1])


def likeness(text: str, others: Iterable[str]) -> float:
    """F1 of the content words that two phrases share (0-1); the best of ``others`` counts."""
    return max((_word_f1(_list_words(text), _list_words(other)) for other in others), default=0.0)


def _list_words(text: str) -> list[str]:
    words = (word.strip(".") for word in re.findall(r"[\w$%.]+", text.lower().replace("’s", "").replace("'s", "")))
    return [
        w[:-1] if len(w) > 3 and w.endswith("s") and not w.endswith("ss") else w for w in words if w and w not in STOP
    ]


def _word_f1(some: list[str], others: list[str]) -> float:
    if not some or not others:
        return float(some == others)
    rest = list(others)
    shared = 0
    for word in some:
        if word in rest:
            rest.remove(word)
            shared += 1
    return 2 * shared / (len(some) + len(others))
