# mypy: allow-subclassing-any, no-warn-unused-ignores, no-warn-return-any
"""Scores of a network during training: greedy heads, gold words and sentences (PyTorch, for training only)."""

from collections.abc import Iterable

import torch

from kg.language.labels import Labels
from kg.language.losses import collate, mask_arcs
from kg.language.network import Network
from kg.language.sampling import IGNORED, Window
from kg.language.spans import find_spans

__all__ = ["validate"]


def validate(network: Network, windows: Iterable[Window], labels: Labels) -> dict[str, float]:
    """LAS, UAS, tag and feature accuracy, sentence-start F1, entity F1 and trigger F1, in percent."""
    network.eval()
    counts = dict.fromkeys(("words", "uas", "las", "xpos", "upos", "feats"), 0)
    pairs: dict[str, list[set[tuple[int, ...]]]] = {name: [set(), set()] for name in ("starts", "entities", "triggers")}
    ordered = sorted(windows, key=lambda window: len(window.pieces.ids))
    with torch.no_grad():
        for number in range(0, len(ordered), 16):
            _validate_batch(network, ordered[number : number + 16], labels, counts, pairs, number)
    network.train()
    words = max(1, counts.pop("words"))
    return {name: 100 * count / words for name, count in counts.items()} | {
        name: 100 * 2 * len(gold & found) / max(1, len(gold) + len(found)) for name, (gold, found) in pairs.items()
    }


def _validate_batch(network, windows, labels, counts, pairs, base) -> None:  # type: ignore[no-untyped-def]
    batch = collate(windows)
    scores = network(*batch.inputs)
    columns = batch.columns
    heads = mask_arcs(scores.syntax.arcs, columns["sentence"]).argmax(-1)
    rels = network.syntax.score_rels(scores.syntax.dependents, scores.syntax.governors, heads).argmax(-1)
    known = columns["heads"] != IGNORED
    right = (heads == columns["heads"]) & known
    counts["words"] += int(known.sum())
    counts["uas"] += int(right.sum())
    counts["las"] += int((right & (rels == columns["rels"])).sum())
    for name in ("xpos", "upos", "feats"):
        counts[name] += int(((getattr(scores.syntax, name).argmax(-1) == columns[name]) & known).sum())
    starts, entities = scores.syntax.starts.argmax(-1), scores.syntax.entities.argmax(-1)
    for row, window in enumerate(windows):
        size = len(window)
        for word, gold in enumerate(window.starts):
            if gold != IGNORED:
                _note(pairs["starts"], gold == 1, int(starts[row, word]) == 1, (base + row, word))
        if any(tag != IGNORED for tag in window.entities):
            found = entities[row, :size].tolist()
            found = [tag if gold != IGNORED else IGNORED for tag, gold in zip(found, window.entities, strict=True)]
            for side, tags in enumerate((window.entities, found)):
                names = [labels.entities[tag] if tag != IGNORED else "O" for tag in tags]
                pairs["entities"][side] |= {(base + row, *span) for span in find_spans(names)}
        if window.marks is not None:
            kinds = scores.decisions.triggers[row, :size].argmax(-1).tolist()
            gold = {word: target.index(max(target)) for word, target in window.marks.triggers.items()}
            for word in range(size):
                if not any(a <= word + window.offset < b for a, b in window.marks.ignored):
                    kind = gold.get(word + window.offset, 0)
                    if kind:
                        pairs["triggers"][0].add((base + row, word, kind))
                    if kinds[word]:
                        pairs["triggers"][1].add((base + row, word, kinds[word]))


def _note(pair: list[set[tuple[int, ...]]], gold: bool, found: bool, key: tuple[int, ...]) -> None:
    for side, holds in enumerate((gold, found)):
        if holds:
            pair[side].add(key)
