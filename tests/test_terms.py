"""Names are minted from content alone."""

import doctest
import re
import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st

from kg import terms


def test_literal_hashes_of_the_docstrings_hold() -> None:
    assert doctest.testmod(terms).failed == 0


@given(
    st.lists(st.text(st.characters(codec="utf-8")), max_size=4),
    st.lists(st.text(st.characters(codec="utf-8")), max_size=4),
)
def test_equal_names_mean_equal_parts(one: list[str], other: list[str]) -> None:
    assert (terms.mint_id("x", *one) == terms.mint_id("x", *other)) == (one == other)


@given(st.text(st.characters(codec="utf-8")))
def test_minted_names_are_plain_iris(text: str) -> None:
    made = [terms.mint_article(text), terms.mint_publisher(text), terms.mint_time(text), terms.mint_software(text)]
    assert all(re.fullmatch(r"https://w3id\.org/decision-kg/id/[a-z]+/[A-Za-z0-9_.~%-]*", iri) for iri in made)


def test_kind_is_part_of_the_name() -> None:
    assert terms.mint_id("claim", "a").rsplit("/", 1)[1] != terms.mint_id("actor", "a").rsplit("/", 1)[1]


def test_names_do_not_depend_on_the_hash_seed() -> None:
    code = "from kg import terms; print(terms.mint_id('actor', 'a', ['b', 'c']))"
    runs = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(runs) == 1


def test_prefixes_shorten_and_expand() -> None:
    for prefix, base in terms.PREFIXES.items():
        assert terms.shorten_iri(base + "x") == f"{prefix}:x"
        assert terms.expand_name(f"{prefix}:x") == base + "x"
    assert terms.expand_name("https://example.org/x") == "https://example.org/x"
