"""IRIs: the prefixes, the own terms, and names minted from content.

Every instance IRI is ``https://w3id.org/decision-kg/id/KIND/DIGEST``. The digest is the first 100 bits of the SHA-256
of the parts in JSON, in lower-case base 32: the same content has the same name on any machine, in any process, in any
order. Nothing here knows RDF libraries; an IRI is a ``str``.
"""

import base64
import hashlib
import json
from collections.abc import Iterable
from urllib.parse import quote

__all__ = [
    "BASE",
    "FUSED_GRAPH",
    "KG",
    "META_GRAPH",
    "ONTOLOGY_GRAPH",
    "PREFIXES",
    "expand_name",
    "mint_actor",
    "mint_article",
    "mint_chain",
    "mint_claim",
    "mint_constraint",
    "mint_graph",
    "mint_id",
    "mint_passage",
    "mint_publisher",
    "mint_run",
    "mint_software",
    "mint_time",
    "shorten_iri",
]

#: Own terms: classes, properties, values, decision types.
KG = "https://w3id.org/decision-kg/ontology#"
#: Everything that is minted.
BASE = "https://w3id.org/decision-kg/id/"
#: The graph that fusion derives.
FUSED_GRAPH = BASE + "graph/fused"
#: The graph of the ontology's own statements (types, known actors), so that labels can be queried.
ONTOLOGY_GRAPH = BASE + "graph/ontology"
#: The graph of the store's marker.
META_GRAPH = BASE + "graph/store"

#: Prefixes bound in every query and every export, in the order of their names.
PREFIXES = {
    "actor": "https://w3id.org/decision-kg/actor/",
    "dcterms": "http://purl.org/dc/terms/",
    "graph": BASE + "graph/",
    "id": BASE,
    "kg": KG,
    "nif": "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
    "odrl": "http://www.w3.org/ns/odrl/2/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "place": "https://w3id.org/decision-kg/place/",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "time": "http://www.w3.org/2006/time#",
    "wd": "http://www.wikidata.org/entity/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

#: Digest length in base 32 characters of 5 bits: 100 bits, one collision expected at 10^15 names.
DIGEST_LENGTH = 20


def mint_id(kind: str, *parts: str | int | Iterable[str]) -> str:
    """An instance IRI from its kind and the parts that make it what it is; the order of the parts counts.

    >>> mint_id("actor", "a", "b")
    'https://w3id.org/decision-kg/id/actor/dg3tw7cjfiwtej62ovrm'
    >>> mint_id("actor", "ab", "") == mint_id("actor", "a", "b")
    False
    """
    plain = [part if isinstance(part, (str, int)) else list(part) for part in parts]
    content = json.dumps([kind, *plain], ensure_ascii=False, separators=(",", ":")).encode()
    digest = base64.b32encode(hashlib.sha256(content).digest()).decode()
    return f"{BASE}{kind}/{digest[:DIGEST_LENGTH].lower()}"


def mint_article(article_id: str) -> str:
    """The IRI of an article from ``Article.id``, which the reader mints from its content.

    >>> mint_article("9f86d081884c7d65")
    'https://w3id.org/decision-kg/id/article/9f86d081884c7d65'
    >>> mint_article("two words/é")
    'https://w3id.org/decision-kg/id/article/two%20words%2F%C3%A9'
    """
    return f"{BASE}article/{quote(article_id, safe='')}"


def mint_passage(article: str, start: int, end: int) -> str:
    """The IRI of a passage of an article (IRI): an RFC 5147 fragment, code points, half-open.

    >>> mint_passage(mint_article("9f86d081884c7d65"), 12, 40)
    'https://w3id.org/decision-kg/id/article/9f86d081884c7d65#char=12,40'
    """
    return f"{article}#char={start},{end}"


def mint_publisher(name: str) -> str:
    """A publisher, by its name with blanks collapsed; case is kept, since names are not merged by guess.

    >>> mint_publisher("The  Harbour Post")
    'https://w3id.org/decision-kg/id/publisher/y5eakvaxsmacjk24npvr'
    """
    return mint_id("publisher", " ".join(name.split()))


def mint_actor(article: str, name: str, kind: str, *, known: str = "", count: int = 0, place: int = -1) -> str:
    """An actor of one article, by its fullest name; ``place`` (start of its first mention) tells unnamed ones apart."""
    return mint_id("actor", article, name, kind, known, count, place)


def mint_claim(article: str, *parts: str | Iterable[str]) -> str:
    """One decision as one article tells it, by all that makes it that one: type, status, parties, passages."""
    return mint_id("claim", article, *parts)


def mint_constraint(claim: str, kind: str, effect: str, text: str, passage: str) -> str:
    """A limit of one claim."""
    return mint_id("constraint", claim, kind, effect, text, passage)


def mint_chain(article: str, links: Iterable[str]) -> str:
    """A source chain of one article, by its links in order."""
    return mint_id("source", article, links)


def mint_run(*, software: str, model: str, model_version: str, ontology_version: str) -> str:
    """A run: the same software, model and ontology are the same run on any day.

    >>> mint_run(software="1.0", model="en", model_version="2", ontology_version="ab")
    'https://w3id.org/decision-kg/id/run/llecczcbgidcgrrr236j'
    """
    return mint_id("run", software, model, model_version, ontology_version)


def mint_software(version: str) -> str:
    """This software at one version, as a PROV agent."""
    return f"{BASE}software/decision-kg-{quote(version, safe='')}"


def mint_time(value: str) -> str:
    """A time, by its ISO 8601 form: the same date is the same node in every article.

    >>> mint_time("2026-03-31")
    'https://w3id.org/decision-kg/id/time/2026-03-31'
    """
    return f"{BASE}time/{quote(value, safe='')}"


def mint_graph(lines: Iterable[str]) -> str:
    """A graph, by its statements in N-Triples form, in any order.

    >>> mint_graph(["<a> <b> <c> .", "<a> <b> <d> ."]) == mint_graph(["<a> <b> <d> .", "<a> <b> <c> ."])
    True
    """
    return mint_id("graph", sorted(lines))


def expand_name(name: str) -> str:
    """A prefixed name as full IRI; anything else is returned as it is.

    >>> expand_name("kg:Permit")
    'https://w3id.org/decision-kg/ontology#Permit'
    """
    prefix, colon, local = name.partition(":")
    return PREFIXES[prefix] + local if colon and prefix in PREFIXES else name


def shorten_iri(iri: str) -> str:
    """A full IRI as prefixed name where a prefix fits, for messages and tables.

    >>> shorten_iri("https://w3id.org/decision-kg/ontology#Permit")
    'kg:Permit'
    """
    fitting = [(len(base), prefix) for prefix, base in PREFIXES.items() if iri.startswith(base)]
    if not fitting:
        return iri
    length, prefix = max(fitting)
    return f"{prefix}:{iri[length:]}"
