"""The search for cycles is put off, and taken up again whatever happens."""

import gc
from collections.abc import Iterator

import pytest

from kg.extractors.collection import collection_put_off


@pytest.fixture(autouse=True)
def collecting() -> Iterator[None]:
    yield
    gc.enable()


def test_it_is_off_inside_and_on_afterwards() -> None:
    with collection_put_off():
        with collection_put_off():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_is_on_after_an_error() -> None:
    with pytest.raises(ValueError, match="bad"), collection_put_off():
        raise ValueError("bad")
    assert gc.isenabled()


def test_a_caller_that_collects_nothing_is_left_alone() -> None:
    gc.disable()
    with collection_put_off():
        pass
    assert not gc.isenabled()
