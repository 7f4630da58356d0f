"""Which frames of many articles tell one decision: fusion asked for by frame instead of by graph."""

from collections.abc import Iterable, Sequence
from os import PathLike

from kg import terms
from kg.article_graph import build_article_graph
from kg.corrections import load_corrections
from kg.fusion.fusing import fuse_records
from kg.fusion.lookup import Lookup
from kg.fusion.reading import read_article
from kg.model import Article, Frame, Run
from kg.ontology import Ontology
from kg.oxigraph import read_quads

__all__ = ["fused_labels"]

#: Claims are named by what they say, whatever read them.
ANY_RUN = Run(software="", model="", model_version="", ontology="")


def fused_labels(
    read: Iterable[tuple[Article, Sequence[Frame]]],
    ontology: Ontology,
    *,
    corrections: str | PathLike[str] | None = None,
) -> dict[str, dict[int, str]]:
    """``Article.id`` -> place in the article's frames -> IRI of the fused decision that the frame is part of."""
    lookup = Lookup(ontology)
    records = []
    claims: dict[tuple[str, int], str] = {}
    for article, frames in read:
        record = read_article(read_quads(build_article_graph(article, frames, run=ANY_RUN)), lookup)
        if record:
            records.append(record)
        for place, frame in enumerate(frames):
            claims[article.id, place] = _find_claim(article, frame)
    entries = load_corrections(corrections) if corrections else ()
    fusion = fuse_records(records, ontology, corrections=entries)
    decision_of = {claim.iri: decision.iri for decision in fusion.decisions for claim in decision.claims}
    labels: dict[str, dict[int, str]] = {}
    for (article_id, place), claim in claims.items():
        labels.setdefault(article_id, {})[place] = decision_of[claim]
    return labels


def _find_claim(article: Article, frame: Frame) -> str:
    """The IRI that the article graph gives the claim of a frame."""
    graph = build_article_graph(article, [frame], run=ANY_RUN)
    wanted = (terms.expand_name("rdf:type"), terms.expand_name("kg:Claim"))
    for quad in read_quads(graph):
        if (quad.predicate.value, getattr(quad.object, "value", "")) == wanted:
            return str(getattr(quad.subject, "value", ""))
    raise ValueError(f"frame of article {article.id!r} made no claim")
