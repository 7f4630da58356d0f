"""A proposal: one place in the text that may state a decision, with its roles filled."""

from dataclasses import dataclass

from spacy.tokens import Token

from kg.extractors.arguments import Arguments
from kg.extractors.factuality import Factuality
from kg.extractors.triggers import Trigger
from kg.model import Actor, DecisionType, Span

__all__ = ["Proposal", "evoking_words"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One place in the text where a decision is stated; ``content`` are the lemmas of its action's content words.

    ``paragraph`` counts the line breaks before the mention.
    """

    trigger: Trigger
    arguments: Arguments
    factuality: Factuality
    actors: tuple[Actor, ...]
    recipients: tuple[Actor, ...]
    actions: tuple[Span, ...]
    mention: Span
    content: frozenset[str] = frozenset()
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


def evoking_words(trigger: Trigger) -> tuple[Token, ...]:
    """The words at which the learned heads may see the decision."""
    return tuple({token.i: token for token in (trigger.token, trigger.predicate, *trigger.words)}.values())
