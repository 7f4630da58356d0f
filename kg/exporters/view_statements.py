"""Statements of one graph, looked up by subject and predicate; values are plain strings, sorted."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg import terms

__all__ = ["Statements"]


class Statements:
    """An index of quads. Names are prefixed names (``kg:actor``) or full IRIs."""

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        self._values: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for quad in quads:
            self._values[_plain(quad.subject)][_plain(quad.predicate)].append(_plain(quad.object))

    def list_values(self, subject: str, predicate: str) -> list[str]:
        """All values, sorted; an empty list where there is none."""
        found = self._values.get(subject)
        return sorted(found.get(terms.expand_name(predicate), ())) if found else []

    def find_value(self, subject: str, predicate: str) -> str:
        """The first value, or an empty string."""
        values = self.list_values(subject, predicate)
        return values[0] if values else ""

    def find_name(self, subject: str, predicate: str) -> str:
        """The first value without its namespace, in lower case: ``made`` for ``kg:Made``."""
        return self.find_value(subject, predicate).removeprefix(terms.KG).lower()

    def find_number(self, subject: str, predicate: str) -> float:
        """The first value as a number, 0 where there is none."""
        return float(self.find_value(subject, predicate) or 0)

    def list_subjects(self, kind: str) -> Iterator[str]:
        """The subjects of a class, sorted."""
        wanted, predicate = terms.expand_name(kind), terms.expand_name("rdf:type")
        for subject in sorted(self._values):
            if wanted in self._values[subject].get(predicate, ()):
                yield subject

    def __contains__(self, subject: str) -> bool:
        return subject in self._values


def _plain(term: object) -> str:
    return str(getattr(term, "value", term))
