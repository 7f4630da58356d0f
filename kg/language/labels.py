"""The label inventories of all tasks, in the order of the network's outputs."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from kg.model import ConstraintKind, DecisionType, Effect, Status

__all__ = [
    "ACT_SIZE",
    "ARGUMENTS",
    "EFFECTS",
    "KINDS",
    "LIMIT_TAGS",
    "REACH",
    "ROLES",
    "STATE_SIZE",
    "STATUSES",
    "TRIGGERS",
    "Labels",
    "make_labels",
    "read_labels",
    "sort_labels",
]

#: Size of the vectors that tell whether two words trigger one act.
ACT_SIZE = 32

#: Size of the states that the decision heads read: the encoder's width.
STATE_SIZE = 384

#: What a word may trigger; the first means none.
TRIGGERS = ("O", *(kind.value for kind in DecisionType))

#: Status of the decision that a word triggers.
STATUSES = tuple(status.value for status in Status)

#: The roles that parties and actions play.
ARGUMENTS = ("actor", "recipient", "action")

#: What a word is to a trigger word: none, part of an argument, or part of a limit with this effect.
ROLES = ("none", *ARGUMENTS, *(effect.value for effect in Effect))

#: How many sentences before and after its own a decision word is told of by whom they name.
REACH = 2

#: Position in a limit's wording.
LIMIT_TAGS = ("O", "B", "I")

#: Kinds and effects of limits.
KINDS = tuple(kind.value for kind in ConstraintKind)
EFFECTS = tuple(effect.value for effect in Effect)


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """Label names by task; the decision heads' inventories are fixed by ``kg.model``."""

    rels: tuple[str, ...]
    xpos: tuple[str, ...]
    upos: tuple[str, ...]
    feats: tuple[str, ...]
    entities: tuple[str, ...]

    def write(self, path: Path) -> None:
        """Writes the inventories as JSON."""
        path.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=0) + "\n", "utf-8")


def read_labels(path: Path) -> Labels:
    """Reads what ``Labels.write`` wrote; raises ``OSError``, ``ValueError`` or ``TypeError`` on a broken file."""
    return make_labels(json.loads(path.read_text("utf-8")))


def make_labels(inventories: Mapping[str, Iterable[str]]) -> Labels:
    """The labels of stored inventories; raises ``TypeError`` where one is missing or unknown."""
    return Labels(**{task: tuple(names) for task, names in inventories.items()})


def sort_labels(names: Iterable[str]) -> tuple[str, ...]:
    """Distinct names in code-point order."""
    return tuple(sorted(set(names)))
