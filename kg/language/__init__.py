"""The language pipeline: a small transformer for all tasks at once, behind an ordinary spaCy ``Language``."""

from kg.language.loader import load
from kg.language.scores import DecisionScores, decision_scores

__all__ = ["DecisionScores", "decision_scores", "load"]
