# mypy: allow-subclassing-any, no-warn-unused-ignores, no-warn-return-any
"""Batches of windows as tensors, and the losses of all tasks (PyTorch, for training only)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from kg.language.labels import LIMIT_TAGS, TRIGGERS
from kg.language.network import DecisionWordScores, Network, SyntaxWordScores
from kg.language.sampling import IGNORED, Window

__all__ = ["WEIGHTS", "Batch", "collate", "score_decision_losses", "score_syntax_losses", "sum_losses"]

#: Weight of each task in the sum.
WEIGHTS = {
    "arcs": 1.0,
    "rels": 1.0,
    "xpos": 0.4,
    "upos": 0.3,
    "feats": 0.4,
    "starts": 1.0,
    "entities": 1.0,
    "triggers": 1.0,
    "statuses": 0.3,
    "roles": 1.0,
    "limits": 0.7,
    "kinds": 0.2,
    "effects": 0.2,
    "belongs": 0.3,
    "tells": 1.0,
    "acts": 0.5,
}
#: How steeply the chance that two words tell one act rises with the likeness of their vectors, and what a pair that does
#: counts beside one that does not: one of ten pairs does.
SHARPNESS, ONE_ACT = 8.0, 3.0


@dataclass(slots=True)
class Batch:
    """Padded tensors: network inputs by word piece, labels by word."""

    inputs: tuple[Tensor, Tensor, Tensor, Tensor]
    columns: dict[str, Tensor]
    windows: list[Window]


def collate(windows: list[Window]) -> Batch:
    """Pads the windows of a batch."""
    ids = _pad([window.pieces.ids for window in windows], 0)
    mask = _pad([[1] * len(window.pieces.ids) for window in windows], 0)
    shapes = _pad([window.pieces.shapes for window in windows], 0)
    first = _pad([window.pieces.first for window in windows], 0)
    names = ("sentence", "starts", "heads", "rels", "xpos", "upos", "feats", "entities")
    columns = {name: _pad([getattr(window, name) for window in windows], IGNORED) for name in names}
    return Batch((ids, mask, shapes, first), columns, windows)


def _pad(rows: Sequence[Sequence[int]], fill: int) -> Tensor:
    width = max(len(row) for row in rows)
    return torch.tensor([[*row, *[fill] * (width - len(row))] for row in rows])


def mask_arcs(arcs: Tensor, sentence: Tensor) -> Tensor:
    """Arc scores with heads outside the word's sentence (and the word itself) ruled out; the root stays."""
    same = sentence.unsqueeze(2) == sentence.unsqueeze(1)
    same = same & ~torch.eye(sentence.size(1), dtype=torch.bool)
    allowed = torch.cat([torch.ones_like(same[:, :, :1]), same], 2)
    return arcs.masked_fill(~allowed, -1e4)


def score_syntax_losses(network: Network, scores: SyntaxWordScores, batch: Batch) -> dict[str, Tensor]:
    """Losses of tags, features, sentence starts, entities, arcs and labels."""
    columns = batch.columns
    losses = {
        name: _cross(getattr(scores, name), columns[name]) for name in ("xpos", "upos", "feats", "starts", "entities")
    }
    losses["arcs"] = _cross(mask_arcs(scores.arcs, columns["sentence"]), columns["heads"])
    rels = network.syntax.score_rels(scores.dependents, scores.governors, columns["heads"].clamp(min=0))
    losses["rels"] = _cross(rels, columns["rels"])
    return losses


def _cross(scores: Tensor, targets: Tensor) -> Tensor:
    if not bool((targets != IGNORED).any()):
        return scores.sum() * 0.0
    return functional.cross_entropy(scores.reshape(-1, scores.size(-1)), targets.reshape(-1), ignore_index=IGNORED)


def score_decision_losses(network: Network, scores: DecisionWordScores, batch: Batch) -> dict[str, Tensor]:
    """Losses of the decision heads over the windows that carry marks; empty when none does."""
    parts: dict[str, list[Tensor]] = {}
    for row, window in enumerate(batch.windows):
        if window.marks is not None:
            for name, loss in _score_marks(network, scores, row, window).items():
                parts.setdefault(name, []).append(loss)
    if scores.acts is not None:
        parts["acts"] = [_score_acts(scores.acts, batch.windows)]
    return {name: torch.stack(losses).mean() for name, losses in parts.items()}


def _score_marks(network: Network, scores: DecisionWordScores, row: int, window: Window) -> dict[str, Tensor]:
    marks, size, base = window.marks, len(window), window.offset
    assert marks is not None
    open_words = torch.ones(size, dtype=torch.bool)
    for first, last in marks.ignored:
        open_words[max(0, first - base) : max(0, last - base)] = False
    targets = torch.zeros(size, len(TRIGGERS))
    targets[:, 0] = 1
    statuses = torch.full((size,), IGNORED)
    inside = {word - base: target for word, target in marks.triggers.items() if base <= word < base + size}
    for word, target in inside.items():
        targets[word] = torch.tensor(target)
        statuses[word] = marks.statuses[word + base]
        open_words[word] = True
    losses = {"statuses": _cross(scores.statuses[row, :size], statuses)}
    if bool(open_words.any()):
        losses["triggers"] = functional.cross_entropy(scores.triggers[row, :size][open_words], targets[open_words])
    losses |= _score_limits(scores, row, window, open_words)
    losses["roles"] = _score_roles(network, scores, row, window)
    losses["belongs"] = _score_belongs(network, scores, row, window, sorted(inside))
    losses["tells"] = _score_tells(network, scores, row, window)
    return losses


def _score_limits(scores: DecisionWordScores, row: int, window: Window, open_words: Tensor) -> dict[str, Tensor]:
    size, base = len(window), window.offset
    tags = torch.zeros(size, dtype=torch.long)
    tags[~open_words] = IGNORED
    kinds, effects = torch.full((size,), IGNORED), torch.full((size,), IGNORED)
    for first, last, kind, effect, _ in window.marks.limits if window.marks else []:
        if first >= base and last <= base + size:
            tags[first - base : last - base] = LIMIT_TAGS.index("I")
            tags[first - base] = LIMIT_TAGS.index("B")
            kinds[first - base : last - base] = kind
            effects[first - base : last - base] = effect
    found = {"limits": tags, "kinds": kinds, "effects": effects}
    return {name: _cross(getattr(scores, name)[row, :size], target) for name, target in found.items()}


def _score_roles(network: Network, scores: DecisionWordScores, row: int, window: Window) -> Tensor:
    size, base = len(window), window.offset
    triggers, targets = [], []
    for trigger, first, last, words in window.marks.roles if window.marks else []:
        if first >= base and last <= base + size:
            target = torch.full((size,), IGNORED)
            target[first - base : last - base] = 0
            target[trigger - base] = IGNORED
            for word, role in words.items():
                if first <= word < last:
                    target[word - base] = role
            triggers.append(trigger - base)
            targets.append(target)
    if not triggers:
        return scores.roles_from.sum() * 0.0
    found = network.decisions.score_roles(scores.roles_from[row, triggers], scores.roles_to[row, :size])
    return _cross(found, torch.stack(targets))


def _score_belongs(
    network: Network, scores: DecisionWordScores, row: int, window: Window, triggers: list[int]
) -> Tensor:
    size, base = len(window), window.offset
    limits = [
        (first - base, {word - base for word in owners})
        for first, last, _, _, owners in (window.marks.limits if window.marks else [])
        if first >= base and last <= base + size
    ]
    if not limits or not triggers:
        return scores.belongs_from.sum() * 0.0
    starts = [first for first, _ in limits]
    found = network.decisions.score_belongs(scores.belongs_from[row, triggers], scores.belongs_to[row, starts])
    targets = torch.tensor([[float(trigger in owners) for _, owners in limits] for trigger in triggers])
    return functional.binary_cross_entropy_with_logits(found, targets)


def _score_tells(network: Network, scores: DecisionWordScores, row: int, window: Window) -> Tensor:
    size, base = len(window), window.offset
    triggers, targets = [], []
    for trigger, first, last, words in window.marks.tellers if window.marks else []:
        if base <= trigger < base + size:
            target = torch.full((size,), float(IGNORED))
            target[max(0, first - base) : max(0, last - base)] = 0
            target[[word - base for word in words if base <= word < base + size]] = 1
            target[trigger - base] = IGNORED
            triggers.append(trigger - base)
            targets.append(target)
    if not triggers:
        return scores.tells_from.sum() * 0.0
    wanted = torch.stack(targets)
    known = wanted != IGNORED
    found = network.decisions.score_tells(scores.tells_from[row, triggers], scores.tells_to[row, :size])
    return functional.binary_cross_entropy_with_logits(found[known], wanted[known])


def _score_acts(acts: Tensor, windows: list[Window]) -> Tensor:
    """Whether the trigger words of a document tell one act, for each pair of them in the batch."""
    rows: dict[int, list[tuple[int, Tensor]]] = {}
    for row, window in enumerate(windows):
        if window.marks is not None:
            for word, act in window.marks.acts.items():
                if window.offset <= word < window.offset + len(window):
                    rows.setdefault(id(window.marks), []).append((act, acts[row, word - window.offset]))
    likenesses, targets = [], []
    for found in rows.values():
        vectors, numbers = torch.stack([vector for _, vector in found]), torch.tensor([act for act, _ in found])
        first, second = torch.triu_indices(len(found), len(found), 1)
        likenesses.append((vectors[first] * vectors[second]).sum(-1))
        targets.append((numbers[first] == numbers[second]).float())
    if not any(map(len, targets)):
        return acts.sum() * 0.0
    scores = SHARPNESS * (torch.cat(likenesses) - 0.5)
    return functional.binary_cross_entropy_with_logits(scores, torch.cat(targets), pos_weight=torch.tensor(ONE_ACT))


def sum_losses(losses: dict[str, Tensor], weights: Mapping[str, float] = WEIGHTS) -> Tensor:
    """The weighted sum of the tasks' losses."""
    return torch.stack([weights[name] * loss for name, loss in sorted(losses.items())]).sum()
