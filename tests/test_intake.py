"""Which articles a store still has to read."""

from dataclasses import replace

import pytest
from hypothesis import given
from strategies import LAW, RUN, articles

from kg.article_graph import build_article_graph
from kg.errors import StoreError
from kg.intake import find_article, restore_article, select_articles
from kg.model import Article
from kg.store import open_store


@LAW
@given(article=articles())
def test_an_article_comes_out_of_its_graph_as_it_went_in(article: Article) -> None:
    store = open_store()
    store.add_article_graph(build_article_graph(article, (), run=RUN))
    restored = restore_article(store, store.list_articles()[0])
    assert build_article_graph(restored, (), run=RUN).identifier == build_article_graph(article, (), run=RUN).identifier
    assert (restored.id, restored.text) == (article.id, article.text)


def test_new_and_outdated_articles_are_read_and_each_once() -> None:
    one, two, three = (Article(id=name * 8, text=f"Text {name}", headline=f"Text {name}") for name in "abc")
    store = open_store()
    store.add_article_graph(build_article_graph(one, (), run=RUN))
    store.add_article_graph(build_article_graph(two, (), run=replace(RUN, model_version="older")))
    assert [article.id for article in select_articles([three, one, three], store, RUN)] == [three.id, two.id]
    assert [article.id for article in select_articles([two], store, RUN)] == [two.id]


def test_an_article_is_found_by_each_of_its_names() -> None:
    store = open_store()
    for number in (1, 2):
        article = Article(
            id=f"abcdef{number}", text="T", headline=f"Headline {number}", url=f"https://example.org/{number}"
        )
        store.add_article_graph(build_article_graph(article, (), run=RUN))
    iri = "https://w3id.org/decision-kg/id/article/abcdef1"
    for name in (iri, "abcdef1", "https://example.org/1", "Headline 1"):
        assert find_article(store, name).article == iri
    with pytest.raises(StoreError, match="not unique"):
        find_article(store, "abcdef")
    with pytest.raises(StoreError, match=r"no article .abc. .*allowed"):
        find_article(store, "abc")
