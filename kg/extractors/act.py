"""An act: one decision of an article with the places that state it."""

from dataclasses import dataclass
from typing import NamedTuple

from spacy.tokens import Token

from kg.extractors.proposal import Proposal
from kg.model import Decision, DecisionType

__all__ = ["Act", "LeftOut"]


class LeftOut(NamedTuple):
    """What an act does not let or forbid, as another sentence words it: head and token bounds (end exclusive)."""

    head: Token
    first: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One decision with the places that state it, in text order, and what the article's opposite rules leave out of it."""

    decision: Decision
    proposals: tuple[Proposal, ...]
    left_out: tuple[LeftOut, ...] = ()

    @property
    def type(self) -> DecisionType:
        """The decision's type."""
        return self.decision.type
