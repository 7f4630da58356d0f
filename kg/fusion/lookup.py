"""The ontology's known names, each question asked once.

Articles name the same few parties again and again; a lookup lives as long as one fusion and remembers what it was asked.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from kg.ontology import KnownActor, KnownPlace, Office, Ontology

__all__ = ["Lookup"]

Value = TypeVar("Value")


class Lookup:
    """The lookups of an ``Ontology`` that fusion needs, under their names there."""

    def __init__(self, ontology: Ontology) -> None:
        self.ontology = ontology
        self.known_actors: Mapping[str, KnownActor] = ontology.known_actors
        self.known_places: Mapping[str, KnownPlace] = ontology.known_places
        self._answers: dict[tuple[Any, ...], Any] = {}

    def remember(self, question: tuple[Any, ...], answer: Callable[[], Value]) -> Value:
        """The answer to a question, worked out only the first time."""
        if question not in self._answers:
            self._answers[question] = answer()
        found: Value = self._answers[question]
        return found

    def _ask(self, find: Callable[[str], Value], sort: str, name: str) -> Value:
        question = (sort, name)
        if question not in self._answers:
            self._answers[question] = find(name)
        found: Value = self._answers[question]
        return found

    def known_actor_by_name(self, name: str) -> KnownActor | None:
        return self._ask(self.ontology.known_actor_by_name, "name", name)

    def known_actor_by_demonym(self, word: str) -> KnownActor | None:
        return self._ask(self.ontology.known_actor_by_demonym, "demonym", word)

    def known_actor_by_metonym(self, name: str) -> KnownActor | None:
        return self._ask(self.ontology.known_actor_by_metonym, "metonym", name)

    def known_place_by_name(self, name: str) -> KnownPlace | None:
        return self._ask(self.ontology.known_place_by_name, "place", name)

    def office_by_name(self, title: str) -> Office | None:
        return self._ask(self.ontology.office_by_name, "office", title)
