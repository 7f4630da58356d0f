"""Readers: what they read hangs on the states of the places, and how far apart they are, case by case."""

import numpy as np
import pytest
from conftest import make_doc
from hypothesis import given
from hypothesis import strategies as st

from kg.extractors.judge import Judge
from kg.extractors.reader import NOWHERE, Reader, Sight, average_states, contrast_states, mark_type, place_of
from kg.model import DecisionType

WORDS, WIDTH, HIDDEN = 6, 3, 4
RANDOM = np.random.default_rng(0)
STATES = RANDOM.normal(size=(WORDS, WIDTH)).astype(np.float32)


def draw(*shape: int) -> np.ndarray:
    return RANDOM.normal(size=shape).astype(np.float32)


READER = Reader(
    places=draw(3, WIDTH, HIDDEN), evidence=draw(1, HIDDEN), bias=draw(HIDDEN), out=draw(HIDDEN, 2), level=draw(2)
)


def read(sights: list[Sight]) -> np.ndarray:
    return READER.read(sights, np.array([s.evidence for s in sights], np.float32), STATES)


STRETCHES = st.tuples(st.integers(0, WORDS - 1), st.integers(1, 3)).map(lambda p: (p[0], min(p[0] + p[1], WORDS)))
PLACES = st.just(NOWHERE) | STRETCHES
SIGHTS = st.builds(Sight, st.tuples(st.floats(-5, 5)), st.tuples(PLACES, PLACES), st.tuples(st.tuples(PLACES, PLACES)))


@given(st.lists(SIGHTS, min_size=1, max_size=5))
def test_a_case_is_read_alike_in_any_company(sights: list[Sight]) -> None:
    together = read(sights)
    alone = np.concatenate([read([sight]) for sight in sights])
    assert together.shape == (len(sights), 2)
    assert np.allclose(together, alone, atol=1e-5)


def test_reading_is_a_perceptron_over_places_pairs_and_evidence() -> None:
    sight = Sight((0.5,), ((1, 3), NOWHERE), (((0, 1), (4, 5)),))
    apart = np.abs(STATES[0] - STATES[4])
    inner = STATES[1:3].mean(0) @ READER.places[0] + apart @ READER.places[2] + 0.5 * READER.evidence[0] + READER.bias
    assert np.allclose(read([sight])[0], np.maximum(inner, 0) @ READER.out + READER.level, atol=1e-6)


def test_the_state_of_no_words_is_zero() -> None:
    assert average_states(STATES, [NOWHERE, (2, 3)]).tolist() == [[0, 0, 0], STATES[2].tolist()]


@given(PLACES, PLACES)
def test_places_are_as_far_apart_either_way_and_not_from_nowhere(one: tuple[int, int], other: tuple[int, int]) -> None:
    there, back, same = contrast_states(STATES, [(one, other), (other, one), (one, one)])
    assert np.array_equal(there, back)
    assert not same.any()
    assert there.any() == (one != other and NOWHERE not in (one, other))


def test_where_the_first_word_stands() -> None:
    doc = make_doc(["Norway", "banned", "cups"], [1, 1, 1], ["nsubj", "ROOT", "obj"])
    assert (place_of(doc[1], doc[2]), place_of()) == ((1, 2), NOWHERE)


def test_each_type_has_its_mark() -> None:
    marks = [mark_type(kind) for kind in DecisionType]
    assert len(set(marks)) == len(DecisionType)
    assert {sum(mark) for mark in marks} == {1.0}


@pytest.mark.parametrize(("reader", "columns"), [(None, 1), (READER, 3)])
def test_a_judge_looks_by_the_heads_and_its_reader(reader: Reader | None, columns: int) -> None:
    blank = np.zeros((1, 2), np.float32)
    judge = Judge(
        classes=("no", "may", "must"), rows={}, weights=blank, bias=blank[0], stack=blank.repeat(2, 0), reader=reader
    )
    sight = Sight((0.5,), ((0, 1), (2, 3)), (((0, 1), (2, 3)),))
    seen = judge.look([sight], STATES)
    assert seen is not None
    assert seen.shape == (1, columns)
    assert judge.look([sight], None) is None
    assert judge.look([None], STATES) is None
