"""A proposal: one place in the text that may state a decision, with its roles filled; a draft: the proposals of one act."""

from dataclasses import dataclass, field

from spacy.tokens import Token

from kg.extractors.arguments import Arguments
from kg.extractors.factuality import Factuality
from kg.extractors.reader import NOWHERE, Place
from kg.extractors.triggers import Trigger
from kg.model import Actor, DecisionType, Span

__all__ = ["Draft", "Proposal", "evoking_words"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One place in the text where a decision is stated.

    ``actors`` and ``recipients`` are all parties that may have the role, the likeliest first; the leading ones are
    those that the decision is to name.
    ``content`` are the lemmas of its action's content words, ``words`` and ``names`` those of the whole mention and of its
    names and numbers; ``place`` is where the mention stands among the words, ``paragraph`` counts the line breaks before it.
    """

    trigger: Trigger
    arguments: Arguments
    factuality: Factuality
    actors: tuple[Actor, ...]
    recipients: tuple[Actor, ...]
    leading_actors: frozenset[Actor]
    leading_recipients: frozenset[Actor]
    actions: tuple[Span, ...]
    mention: Span
    content: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    place: Place = NOWHERE
    confidence: float = 0.0
    paragraph: int = 0

    @property
    def type(self) -> DecisionType:
        """The type with reversal and negation worked in."""
        return self.factuality.type

    @property
    def heads(self) -> tuple[Token, ...]:
        """The words on which what belongs to this act hangs."""
        return (self.trigger.token, self.trigger.predicate, *self.arguments.actions)


@dataclass(slots=True)
class Draft:
    """An act while it is put together: its proposals in text order, and their parties and actions, each once.

    The leading parties are those of ``actors`` and ``recipients`` that it is to name.
    """

    proposals: list[Proposal] = field(default_factory=list)
    actors: dict[str, Actor] = field(default_factory=dict)
    recipients: dict[str, Actor] = field(default_factory=dict)
    leading_actors: set[Actor] = field(default_factory=set)
    leading_recipients: set[Actor] = field(default_factory=set)
    contents: dict[frozenset[str], None] = field(default_factory=dict)

    def add(self, proposal: Proposal) -> None:
        """Takes in one more place that states the act."""
        self.proposals.append(proposal)
        self.actors |= {actor.name: actor for actor in proposal.actors}
        self.recipients |= {recipient.name: recipient for recipient in proposal.recipients}
        self.leading_actors |= proposal.leading_actors
        self.leading_recipients |= proposal.leading_recipients
        self.contents[proposal.content] = None


def evoking_words(trigger: Trigger) -> tuple[Token, ...]:
    """The words at which the learned heads may see the decision."""
    return tuple({token.i: token for token in (trigger.token, trigger.predicate, *trigger.words)}.values())
