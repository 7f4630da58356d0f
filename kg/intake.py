"""Which articles a store still has to read: new ones, and its own that another model or ontology has read."""

from collections.abc import Iterable, Iterator

from rdflib import Graph, URIRef

from kg import terms
from kg.errors import StoreError
from kg.model import Article, Run
from kg.records import StoredArticle
from kg.store import Store

__all__ = ["find_article", "restore_article", "select_articles"]

#: Characters of an article's id that name it on the command line at least.
SHORTEST_PREFIX = 6


def select_articles(articles: Iterable[Article], store: Store, run: Run) -> Iterator[Article]:
    """The articles that ``store`` lacks or that another run has read, each once; then the latter's from the store.

    A run is software, language model and ontology: where one of them changes, every article is read again, so that a
    graph never mixes the readings of two.
    """
    current = terms.mint_run(
        software=run.software, model=run.model, model_version=run.model_version, ontology_version=run.ontology
    )
    stored = store.list_articles()
    done = {entry.article for entry in stored if entry.run == current}
    for article in articles:
        iri = terms.mint_article(article.id)
        if iri not in done:
            done.add(iri)
            yield article
    for entry in stored:
        if entry.article not in done:
            yield restore_article(store, entry)


def restore_article(store: Store, entry: StoredArticle) -> Article:
    """The article as it was read, out of its graph; its identity, and so its IRI, is kept."""
    graph = store.read_graph(entry.graph)
    return Article(
        id=entry.article.removeprefix(terms.BASE + "article/"),
        text=_read_value(graph, entry.article, "nif:isString"),
        headline=_read_value(graph, entry.article, "schema:headline"),
        publisher=entry.publisher,
        author=_read_value(graph, entry.article, "schema:author"),
        published=entry.published,
        url=entry.url,
        language=_read_value(graph, entry.article, "schema:inLanguage"),
    )


def find_article(store: Store, name: str) -> StoredArticle:
    """The one article of ``store`` that ``name`` means: its IRI, id, beginning of the id, URL or headline.

    Raises ``StoreError`` where none or several fit.
    """
    stored = store.list_articles()
    fitting = [entry for entry in stored if name in (entry.article, entry.url, entry.headline)]
    if not fitting and len(name) >= SHORTEST_PREFIX:
        fitting = [entry for entry in stored if entry.article.startswith(terms.mint_article(name))]
    if len(fitting) == 1:
        return fitting[0]
    allowed = f"an IRI, id, beginning of an id ({SHORTEST_PREFIX} characters or more), URL or headline"
    if not fitting:
        raise StoreError(f"no article {name!r} in store {store.location} ({len(stored)} articles); allowed: {allowed}")
    several = ", ".join(entry.article for entry in fitting[:5])
    raise StoreError(f"article {name!r} is not unique in store {store.location}: {several}")


def _read_value(graph: Graph, subject: str, predicate: str) -> str:
    value = graph.value(URIRef(subject), URIRef(terms.expand_name(predicate)))
    return "" if value is None else str(value)
