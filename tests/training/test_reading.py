"""Readers are trained to tell cases apart by the states of their words."""

from collections.abc import Callable

import numpy as np
import pytest

from kg.extractors.reader import NOWHERE, Reader, Sight
from kg.training.cases import Case

reading = pytest.importorskip("kg.training.reading", reason="needs the training extra (PyTorch)", exc_type=ImportError)

RANDOM = np.random.default_rng(1)
CLASSES = ("no", "may", "must")


def make_case(number: int) -> Case:
    """A case whose answer stands in the state of its word, and in nothing else."""
    states = RANDOM.normal(size=(4, 8)).astype(np.float16)
    answer = number % len(CLASSES)
    states[1] = 0.1 * states[1] + np.eye(len(CLASSES), 8, dtype=np.float16)[answer]
    sight = Sight((float(RANDOM.normal()),), ((1, 2), (2, 4) if number % 2 else NOWHERE))
    return Case(article=f"a{number}", features=(), sight=sight, answer=CLASSES[answer], states=states)


def read(reader: Reader, case: Case) -> np.ndarray:
    assert case.sight is not None
    assert case.states is not None
    evidence = np.array([case.sight.evidence], np.float32)
    return reader.read([case.sight], evidence, case.states.astype(np.float32))[0]


def make_pair(number: int) -> Case:
    """A case whose answer is whether two words have one state."""
    states = RANDOM.normal(size=(4, 8)).astype(np.float16)
    answer = number % 2
    if answer:
        states[3] = states[1]
    sight = Sight((), ((1, 2), (3, 4)), (((1, 2), (3, 4)),))
    return Case(article=f"a{number}", features=(), sight=sight, answer=CLASSES[answer], states=states)


def train(cases: list[Case]) -> tuple[Reader, np.ndarray]:
    answers = np.array([CLASSES.index(case.answer) for case in cases])
    view = reading.view_cases(cases)
    return reading.train_reader(view, np.arange(len(cases)), answers, np.ones(len(cases)), classes=3), answers


def test_what_the_states_tell_is_learned_and_found_in_new_cases() -> None:
    reader, _ = train([make_case(number) for number in range(4000)])
    right = 0
    for case in (make_case(number) for number in range(90)):
        right += CLASSES[int(np.argmax([0.0, *read(reader, case)]))] == case.answer
    assert right >= 80


def test_what_is_alike_is_learned_by_how_far_apart_it_is() -> None:
    reader, _ = train([make_pair(number) for number in range(2000)])
    right = 0
    for case in (make_pair(number) for number in range(90)):
        right += CLASSES[int(np.argmax([0.0, *read(reader, case)]))] == case.answer
    assert right >= 85


@pytest.mark.parametrize("make", [make_case, make_pair])
def test_a_view_is_read_as_the_articles_are(make: Callable[[int], Case]) -> None:
    cases = [make(number) for number in range(300)]
    reader, _ = train(cases)
    rows = np.arange(0, 300, 7)
    alone = [read(reader, cases[row]) for row in rows]
    assert np.allclose(reading.view_cases(cases).read(reader, rows), alone, atol=0.02)
