"""One annotated item on its way to a training document: words with their places, and the mentions of its decisions."""

import re
from dataclasses import dataclass, field
from typing import Any

from kg.language.data import Document

__all__ = ["Item", "Mention", "list_names"]


@dataclass(slots=True)
class Item:
    """One item: its words with places, sentences as word ranges, and its gold decisions."""

    name: str
    text: str
    words: list[str]
    places: list[int]
    document: Document
    sentences: list[tuple[int, int]]
    decisions: list[dict[str, Any]]
    mentions: list["Mention"] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)

    def find_words(self, quote: str, start: int = 0, end: int | None = None) -> tuple[int, int] | None:
        """The half-open word range of the first whole-word occurrence of ``quote`` within text offsets."""
        if not quote:
            return None
        pattern = re.compile(r"(?<!\w)" + re.escape(quote) + r"(?!\w)", re.IGNORECASE)
        match = pattern.search(self.text, start, len(self.text) if end is None else end)
        if match is None:
            return None
        inside = [n for n, place in enumerate(self.places) if match.start() <= place < match.end()]
        return (inside[0], inside[-1] + 1) if inside else None

    def find_within(self, quote: str, scope: tuple[int, int]) -> tuple[int, int] | None:
        """The same within the words of ``scope``."""
        first, last = scope
        return self.find_words(quote, self.places[first], self.places[last - 1] + len(self.words[last - 1]))

    def find_near(self, names: list[str], scope: tuple[int, int], sentence: tuple[int, int]) -> tuple[int, int] | None:
        """The longest of ``names`` within the words of ``scope``, else within ``sentence``."""
        for within in (scope, sentence):
            for name in sorted(names, key=len, reverse=True):
                found = self.find_within(name, within)
                if found:
                    return found
        return None


@dataclass(slots=True)
class Mention:
    """A place that states a decision: words of the mention, of its sentences and of its roles, and what may evoke it."""

    decision: dict[str, Any]
    scope: tuple[int, int]
    sentence: tuple[int, int]
    roles: dict[str, tuple[int, int]]
    candidates: list[int]
    trigger: int = -1


def list_names(value: Any) -> list[str]:
    """The wordings of a field of the gold, which has one or several."""
    return [value] if isinstance(value, str) else list(value or [])
