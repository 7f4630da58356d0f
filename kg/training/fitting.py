"""Fits one judge to its cases: logistic regression over features (scikit-learn), stacked with the heads' evidence and a
reader's scores."""

import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from kg.extractors.reader import Reader
from kg.training.cases import Case
from kg.training.reading import train_reader, view_cases

__all__ = ["fit_judge", "write_blank", "write_judge"]

#: Features of fewer cases are left out.
RARE = 4
#: Inverse strength of the regularisation (scikit-learn's ``C``).
STRENGTH = 0.3
FOLDS = 5
#: Folds of the held-out articles: each is read by a reader that has not seen it.
READER_FOLDS = 3

Arrays = dict[str, Any]


def fit_judge(cases: Sequence[Case], classes: Sequence[str], *, held_out: frozenset[str] = frozenset()) -> Arrays:
    """The arrays of a ``kg.extractors.judge.Judge``.

    The stack is fitted to the articles of ``held_out``, which the learned heads have not seen, with first scores and
    readings from folds that have not seen the article either. Without such articles there is neither stack nor reader.
    """
    names = _list_features(cases)
    table = _tabulate(cases, names)
    answers = np.array([classes.index(case.answer) for case in cases])
    weights = np.array([case.weight for case in cases])
    coefficients, bias = _regress(table, answers, weights, len(classes))
    heeded = np.abs(coefficients).max(1) >= 0.01
    chosen = np.array([case.article in held_out and case.sight is not None for case in cases])
    reader, readings = _fit_reader(cases, answers, weights, len(classes), chosen) if chosen.any() else ({}, None)
    return {
        "classes": np.array(" ".join(classes)),
        "features": np.frombuffer(
            "\n".join(n for n, kept in zip(names, heeded, strict=True) if kept).encode(), np.uint8
        ),
        "weights": coefficients[heeded].astype(np.float16),
        "bias": bias.astype(np.float32),
        "stack": _fit_stack(cases, table, answers, weights, len(classes), chosen, readings).astype(np.float32),
        **reader,
    }


def write_judge(path: Path, arrays: Arrays) -> None:
    """Writes the arrays as a compressed NumPy file."""
    path.parent.mkdir(exist_ok=True)
    np.savez_compressed(path, **arrays)


def _list_features(cases: Iterable[Case]) -> list[str]:
    counts = Counter(feature for case in cases for feature in set(case.features))
    return sorted(feature for feature, count in counts.items() if count >= RARE and "\n" not in feature)


def _tabulate(cases: Sequence[Case], names: Sequence[str]) -> csr_matrix:
    columns = {name: column for column, name in enumerate(names)}
    found = [[columns[feature] for feature in case.features if feature in columns] for case in cases]
    ends = np.cumsum([0, *map(len, found)])
    places = np.fromiter((column for row in found for column in row), np.int32, int(ends[-1]))
    return csr_matrix((np.ones(len(places), np.float32), places, ends), shape=(len(cases), len(names)))


def _regress(table: Any, answers: Any, weights: Any, size: int, *, strength: float = STRENGTH) -> tuple[Any, Any]:
    """Coefficients (feature, class - 1) and bias (class - 1), relative to the first class."""
    model = LogisticRegression(C=strength, max_iter=300, tol=1e-3).fit(table, answers, sample_weight=weights)
    coefficients, bias = model.coef_.T, model.intercept_
    if size == 2:
        return coefficients, bias
    return (coefficients - coefficients[:, :1])[:, 1:], (bias - bias[0])[1:]


def _fit_reader(cases: Sequence[Case], answers: Any, weights: Any, size: int, chosen: Any) -> tuple[Arrays, Any]:
    """The arrays of the reader of all cases that can be read, and for the ``chosen`` the scores (case, size - 1) of readers
    that have not seen their articles; nothing where the cases have no places."""
    rows = np.array([row for row, case in enumerate(cases) if case.sight is not None])
    if not any(case.sight.places for case in cases if case.sight is not None):
        return {}, np.zeros((int(chosen.sum()), 0), np.float32)
    view = view_cases([cases[row] for row in rows])
    answers, weights, chosen = answers[rows], weights[rows], chosen[rows]
    folds = np.where(chosen, _number_folds([cases[row] for row in rows], READER_FOLDS), -1)
    readings = np.zeros((len(rows), size - 1), np.float32)
    for fold in range(READER_FOLDS):
        if (folds == fold).any():
            known = train_reader(view, np.flatnonzero(folds != fold), answers, weights, classes=size)
            readings[folds == fold] = view.read(known, np.flatnonzero(folds == fold))
    reader = train_reader(view, np.arange(len(rows)), answers, weights, classes=size)
    parts = {f"reader_{field.name}": getattr(reader, field.name).astype(np.float16) for field in fields(Reader)}
    return parts, readings[chosen]


def _number_folds(cases: Sequence[Case], count: int) -> Any:
    return np.array([zlib.crc32(case.article.encode()) % count for case in cases])


def _fit_stack(
    cases: Sequence[Case], table: Any, answers: Any, weights: Any, size: int, chosen: Any, readings: Any
) -> Any:
    if readings is None:
        return np.concatenate([np.eye(size - 1), np.zeros((size - 1, 1))], 1)
    folds = _number_folds(cases, FOLDS)
    scores = np.zeros((len(cases), size - 1))
    for fold in range(FOLDS):
        coefficients, bias = _regress(table[folds != fold], answers[folds != fold], weights[folds != fold], size)
        scores[folds == fold] = table[folds == fold] @ coefficients + bias
    seen = (case.sight for case, kept in zip(cases, chosen, strict=True) if kept)
    evidence = np.array([sight.evidence for sight in seen if sight is not None])
    columns = np.concatenate([scores[chosen], evidence, readings], 1)
    coefficients, bias = _regress(columns, answers[chosen], weights[chosen], size, strength=1.0)
    return np.concatenate([coefficients.T, bias[:, None]], 1)


def write_blank(path: Path, classes: Sequence[str]) -> None:
    """Writes a judge that knows nothing, so that cases can be made before there is any."""
    size = len(classes) - 1
    arrays = {"classes": np.array(" ".join(classes)), "features": np.frombuffer(b"-", np.uint8)}
    arrays |= {"weights": np.zeros((1, size)), "bias": np.zeros(size), "stack": np.eye(size, size + 1)}
    write_judge(path, arrays)
