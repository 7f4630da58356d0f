# mypy: no-warn-unused-ignores, no-warn-return-any
"""Trains a judge's reader (PyTorch): `kg.extractors.reader`."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from kg.extractors.reader import Reader, average_states, contrast_states
from kg.training.cases import Case

__all__ = ["View", "train_reader", "view_cases"]

#: Units of the hidden layer.
HIDDEN = 128
#: Cases in a step, and how many cases are looked at in all, each at most `MOST_EPOCHS` times.
BATCH, LOOKS, MOST_EPOCHS = 256, 1_600_000, 12
RATE, DECAY = 1e-3, 0.05
#: Shares of the input and of the hidden layer that are left out in each step (Srivastava et al. 2014).
INPUT_DROPOUT, HIDDEN_DROPOUT = 0.2, 0.4
#: Added to the spread of what never varies.
STILL = 1e-3

Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class View:
    """What a reader sees of cases: ``states`` (case, place + pair, width) and ``evidence`` (case, evidence)."""

    states: NDArray[np.float16]
    evidence: NDArray[np.float32]

    def take(self, rows: Rows) -> Tensor:
        """The cases of the rows as one matrix (case, place * width + evidence)."""
        states = self.states[rows].astype(np.float32).reshape(len(rows), -1)
        return torch.from_numpy(np.concatenate([states, self.evidence[rows]], axis=1))

    def read(self, reader: Reader, rows: Rows) -> NDArray[np.float32]:
        """The reader's scores (case, class - 1) of the rows."""
        inner = np.concatenate([reader.places.reshape(-1, reader.bias.size), reader.evidence])
        found = [self.take(part).numpy() @ inner for part in np.array_split(rows, len(rows) // 10_000 + 1)]
        return np.asarray(np.maximum(np.concatenate(found) + reader.bias, 0) @ reader.out + reader.level, np.float32)


def view_cases(cases: Sequence[Case]) -> View:
    """The view of cases that all have a sight and their article's states."""
    first = cases[0]
    assert first.sight is not None
    assert first.states is not None
    count, pairs = len(first.sight.places), len(first.sight.pairs)
    states = np.zeros((len(cases), count + pairs, first.states.shape[1]), np.float16)
    for row, case in enumerate(cases):
        assert case.sight is not None
        assert case.states is not None
        states[row, :count] = average_states(case.states, case.sight.places)
        if pairs:
            states[row, count:] = contrast_states(case.states, case.sight.pairs)
    return View(states, np.array([case.sight.evidence for case in cases if case.sight is not None], np.float32))


def train_reader(
    view: View, rows: Rows, answers: NDArray[np.int64], weights: NDArray[np.float64], *, classes: int
) -> Reader:
    """A reader of the cases of the rows; ``answers`` and ``weights`` are those of all cases."""
    torch.manual_seed(0)
    middle, spread = _measure(view, rows)
    width = len(middle)
    network = nn.Sequential(
        nn.Dropout(INPUT_DROPOUT),
        nn.Linear(width, HIDDEN),
        nn.ReLU(),
        nn.Dropout(HIDDEN_DROPOUT),
        nn.Linear(HIDDEN, classes),
    )
    optimizer = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=DECAY)
    targets, shares = torch.from_numpy(answers), torch.from_numpy(weights).float()
    total = max(1, min(LOOKS, MOST_EPOCHS * len(rows)) // BATCH)
    order = torch.empty(0, dtype=torch.long)
    for step in range(total):
        if len(order) < BATCH:
            order = torch.cat([order, torch.from_numpy(rows)[torch.randperm(len(rows))]])
        batch, order = order[:BATCH], order[BATCH:]
        optimizer.param_groups[0]["lr"] = RATE * (1 - step / total)
        scores = network((view.take(batch.numpy()) - middle) / spread)
        losses = nn.functional.cross_entropy(scores, targets[batch], reduction="none") * shares[batch]
        optimizer.zero_grad()
        losses.mean().backward()
        optimizer.step()
    return _write_down(network, middle, spread, view)


def _measure(view: View, rows: Rows) -> tuple[Tensor, Tensor]:
    """Mean and spread of each input, by some ten thousands of the cases."""
    seen = view.take(rows[:: max(1, len(rows) // 20_000)])
    return seen.mean(0), seen.std(0) + STILL


def _write_down(network: nn.Sequential, middle: Tensor, spread: Tensor, view: View) -> Reader:
    """The network with the scaling of its input worked into the weights, and scores relative to the first class."""
    inner, outer = network[1], network[4]
    with torch.no_grad():
        weights = (inner.weight / spread).T
        bias = inner.bias - middle @ weights
        out, level = outer.weight.T, outer.bias
        parts = (weights, bias, out[:, 1:] - out[:, :1], level[1:] - level[0])
    weight, *rest = (part.numpy().astype(np.float32) for part in parts)
    places, width = view.states.shape[1:]
    seen = weight[: places * width].reshape(places, width, HIDDEN), weight[places * width :]
    return Reader(**dict(zip((field.name for field in fields(Reader)), (*seen, *rest), strict=True)))
