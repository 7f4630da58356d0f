"""An article and the run that read it -> triples: what is known of both apart from what the article says."""

from collections.abc import Iterator

import pyoxigraph as ox

from kg import terms
from kg.literals import make_date, make_term, make_triple, make_typed
from kg.model import Article, Run

__all__ = ["map_article", "map_run"]

Triples = Iterator[ox.Triple]


def map_article(article: Article, iri: str, *, run: str) -> Triples:
    """The article with what is known of it, and its publisher; ``run`` is the IRI of what read it."""
    yield make_triple(iri, "rdf:type", make_term("schema:NewsArticle"))
    yield make_triple(iri, "rdf:type", make_term("nif:Context"))
    yield make_triple(iri, "nif:isString", article.text)
    yield make_triple(iri, "rdfs:label", article.headline or article.id)
    yield make_triple(iri, "prov:wasInfluencedBy", ox.NamedNode(run))
    known = (
        ("schema:headline", ox.Literal(article.headline)),
        ("schema:author", ox.Literal(article.author)),
        ("schema:inLanguage", ox.Literal(article.language)),
        ("schema:url", make_typed(article.url, "anyURI")),
        ("schema:datePublished", make_date(article.published)),
    )
    for predicate, value in known:
        if value.value:
            yield make_triple(iri, predicate, value)
    yield from _map_publisher(" ".join(article.publisher.split()), iri)


def _map_publisher(name: str, article: str) -> Triples:
    if name:
        publisher = terms.mint_publisher(name)
        yield make_triple(article, "schema:publisher", ox.NamedNode(publisher))
        yield make_triple(publisher, "rdf:type", make_term("schema:NewsMediaOrganization"))
        yield make_triple(publisher, "rdf:type", make_term("prov:Agent"))
        yield make_triple(publisher, "schema:name", name)
        yield make_triple(publisher, "rdfs:label", name)


def map_run(run: Run, iri: str) -> Triples:
    """The software, model and ontology that read an article."""
    software = terms.mint_software(run.software)
    label = f"decision-kg {run.software}, {run.model} {run.model_version}".strip()
    yield make_triple(iri, "rdf:type", make_term("prov:Activity"))
    yield make_triple(iri, "rdfs:label", label)
    yield make_triple(iri, "kg:softwareVersion", run.software)
    yield make_triple(iri, "kg:modelName", run.model)
    yield make_triple(iri, "kg:modelVersion", run.model_version)
    yield make_triple(iri, "kg:ontologyVersion", run.ontology)
    yield make_triple(iri, "prov:wasAssociatedWith", ox.NamedNode(software))
    yield make_triple(software, "rdf:type", make_term("prov:SoftwareAgent"))
    yield make_triple(software, "rdfs:label", f"decision-kg {run.software}")
