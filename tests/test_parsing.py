"""Parsing: order, offsets, and the annotations that extractors need."""

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from kg.errors import ModelError
from kg.model import Article
from kg.parsing import describe_run, parse_articles


def test_a_pipeline_without_parser_is_refused_with_what_is_missing() -> None:
    nlp = spacy.blank("en")
    with pytest.raises(ModelError, match=r"leaves out TAG, POS, LEMMA, DEP.*its steps: none"):
        list(parse_articles([Article(id="a", text="Some words.")], nlp))


def test_a_run_names_its_versions() -> None:
    run = describe_run(spacy.blank("en"), software="1.2", ontology="ab12")
    assert (run.software, run.ontology) == ("1.2", "ab12")
    assert run.model.startswith("en")


@pytest.mark.model
@given(text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=120).filter(str.strip))
def test_offsets_are_those_of_the_article(nlp: Language, text: str) -> None:
    ((article, doc),) = parse_articles([Article(id="a", text=text)], nlp)
    assert doc.text == article.text
    assert all(text[token.idx : token.idx + len(token)] == token.text for token in doc)


@pytest.mark.model
def test_articles_keep_their_order_whatever_the_batch(nlp: Language) -> None:
    articles = [Article(id=str(number), text=f"Court number {number} allowed the march.") for number in range(20)]
    assert [article.id for article, _ in parse_articles(articles, nlp)] == [article.id for article in articles]
