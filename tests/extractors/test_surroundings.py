"""What stands around a proposal in its article."""

from dataclasses import replace

import pytest
from spacy.language import Language

from kg.extractors.actors import build_actor_index
from kg.extractors.decisions import list_proposals
from kg.extractors.layout import find_headline_end
from kg.extractors.sameness import grade_overlap, overlap
from kg.extractors.surroundings import Surroundings, describe_surroundings, read_surroundings
from kg.model import DecisionType
from kg.ontology import load_ontology

pytestmark = pytest.mark.model
TEXT = (
    "Oslo bans diesel ferries\n\n"
    "Oslo has banned diesel ferries. “We ban diesel ferries from every pier,” the mayor said.\n\n"
    "Bergen asked for a delay, and Stavanger refused to pay?"
)


@pytest.fixture(scope="module")
def article(nlp: Language) -> Surroundings:
    doc, ontology = nlp(TEXT), load_ontology()
    proposals = list_proposals(doc, ontology, build_actor_index(doc, ontology))
    return read_surroundings(doc, proposals, headline_end=find_headline_end(TEXT))


def describe(article: Surroundings, start: int) -> set[str]:
    """The features of the first proposal whose mention begins at or behind an offset."""
    number = next(n for n, p in enumerate(article.proposals) if p.mention.start >= start)
    return set(describe_surroundings(number, article))


def test_what_the_headline_says_and_the_text_repeats(article: Surroundings) -> None:
    found = describe(article, TEXT.index("Oslo has"))
    assert {"in headline=2", "told again=whole", "quoted=False", "question=False"} <= found
    assert {"in headline=0", "told again=none"} <= describe(article, TEXT.index("Bergen"))


def test_quotations_end_with_their_mark(article: Surroundings) -> None:
    assert "quoted=True" in describe(article, TEXT.index("We ban"))
    assert {"quoted=False", "question=True", "last=True"} <= describe(article, TEXT.index("Bergen"))


def test_what_is_read_as_two_types_stands_there_once(nlp: Language, article: Surroundings) -> None:
    other = [
        replace(p, factuality=replace(p.factuality, type=next(kind for kind in DecisionType if kind is not p.type)))
        for p in article.proposals
    ]
    both = [proposal for pair in zip(article.proposals, other, strict=True) for proposal in pair]
    doubled = read_surroundings(nlp(TEXT), both, headline_end=find_headline_end(TEXT))
    for number in range(len(other)):
        assert set(describe_surroundings(2 * number, doubled)) == set(describe_surroundings(number, article))


def test_overlap_is_of_the_smaller_set() -> None:
    assert overlap(frozenset("ab"), frozenset("abcd")) == 1
    assert [grade_overlap(share) for share in (0.0, 0.3, 0.75, 1.0)] == ["none", "1", "3", "whole"]
    assert overlap(frozenset(), frozenset("a")) == 0
