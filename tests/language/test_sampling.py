"""Documents become windows, and windows batches."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from kg.language.data import Marks
from kg.language.pieces import Pieces
from kg.language.sampling import Window, batch_documents

LENGTHS = st.lists(st.lists(st.integers(1, 250), min_size=1, max_size=6), min_size=1, max_size=12)


def make_window(marks: Marks, length: int) -> Window:
    return Window(Pieces(ids=[0] * length, shapes=[0] * length, first=[]), marks=marks)


@given(LENGTHS, st.integers(0, 9))
def test_the_windows_of_a_document_are_in_one_batch(lengths: list[list[int]], seed: int) -> None:
    documents = [(Marks(), sizes) for sizes in lengths]
    windows = [make_window(marks, size) for marks, sizes in documents for size in sizes]
    batches = batch_documents(windows, rng=Random(seed), size=600)
    assert sorted(id(w) for batch in batches for w in batch) == sorted(map(id, windows))
    for batch in batches:
        owners = {id(window.marks) for window in batch}
        assert len(owners) == 1 or len(batch) * max(len(window.pieces.ids) for window in batch) <= 600
    assert sum(len({id(window.marks) for window in batch}) for batch in batches) == len(documents)
