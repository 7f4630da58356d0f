"""The parties of one article: all forms of one party become one ``Actor``, found from any of its tokens."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from spacy.tokens import Doc, Token

from kg.extractors.mentions import Mention, find_mentions
from kg.model import Actor, Span
from kg.ontology import Ontology, fold_name

__all__ = ["ActorIndex", "build_actor_index"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorIndex:
    """The actors of one article, in the order of their first mention; pure look-ups.

    ``by_token`` maps a token's index to the actor it names, describes or (as a pronoun) stands for; ``states`` maps an actor
    to the IRI of the state that it is or belongs to, where the article or the ontology tells.
    """

    actors: tuple[Actor, ...]
    by_token: Mapping[int, Actor]
    states: Mapping[Actor, str]

    def actor_at(self, token: Token) -> Actor | None:
        """The actor at a token: any token of its name, title or phrase head, or a resolved pronoun.

        None where the token denotes no party, or where the text leaves open which.
        """
        return self.by_token.get(token.i)

    def state_of(self, actor: Actor) -> str:
        """IRI of the state that the actor is or belongs to ("the defence ministry" of Norway: Norway), or empty."""
        return self.states.get(actor, "")


def build_actor_index(doc: Doc, ontology: Ontology) -> ActorIndex:
    """Find and group the parties of a parsed article."""
    groups: dict[str, list[Mention]] = {}
    for mention in find_mentions(doc, ontology):
        key = mention.known or fold_name(doc[mention.core[0] : mention.core[1]].text)
        groups.setdefault(key, []).append(mention)
    actors = []
    by_token = {}
    states = {}
    for mentions in groups.values():
        names = {doc[m.start : m.end].text: None for m in mentions} | {doc[m.core[0] : m.core[1]].text: None for m in mentions}
        spans = tuple(_span(doc, *m.core) for m in mentions)
        actor = Actor(
            names=tuple(sorted(names, key=len, reverse=True)), kind=mentions[0].kind, spans=spans, known=mentions[0].known
        )
        actors.append(actor)
        for m in mentions:
            for index in {m.head, *(range(m.start, m.end) if m.is_name else ())}:
                by_token.setdefault(index, actor)
            if m.states:
                states.setdefault(actor, m.states[0])
    return ActorIndex(actors=tuple(actors), by_token=MappingProxyType(by_token), states=MappingProxyType(states))


def _span(doc: Doc, start: int, end: int) -> Span:
    span = doc[start:end]
    return Span(start=span.start_char, end=span.end_char, text=span.text)
