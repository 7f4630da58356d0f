"""An act: one decision of an article with the places that state it."""

from dataclasses import dataclass

from kg.extractors.proposal import Proposal
from kg.model import Decision, DecisionType

__all__ = ["Act"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One decision with the places that state it, in text order."""

    decision: Decision
    proposals: tuple[Proposal, ...]

    @property
    def type(self) -> DecisionType:
        """The decision's type."""
        return self.decision.type
