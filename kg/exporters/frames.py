"""Frames -> plain JSON values.

One object for each article, in the form that the scorers of annotated corpora read. Offsets are code points into the
article's text, end exclusive.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kg.article_graph import build_article_graph, name_claim
from kg.fusion import fuse_article_graphs
from kg.literals import make_term
from kg.model import Actor, Article, Constraint, Frame, NormalisedValue, Run, Source, Span
from kg.ontology import Ontology

__all__ = ["describe_frames", "find_fused"]


def describe_frames(
    article: Article, frames: Iterable[Frame], *, fused: Mapping[int, str] | None = None
) -> dict[str, Any]:
    """``{"article": name, "decisions": [...]}`` with ids D1, D2 ... in the order of ``frames``.

    ``fused`` names, for a frame's place in ``frames``, the fused decision that it became part of.
    """
    decisions = [_describe_frame(frame, f"D{number}") for number, frame in enumerate(frames, 1)]
    for place, iri in sorted((fused or {}).items()):
        decisions[place]["fused"] = iri
    return {"article": article.name or article.id, "decisions": decisions}


def find_fused(
    readings: Sequence[tuple[Article, Sequence[Frame]]], ontology: Ontology, run: Run
) -> list[dict[int, str]]:
    """For each article, the fused decision (IRI) of each frame by its place, when the articles are fused together."""
    graphs = (build_article_graph(article, frames, run=run) for article, frames in readings)
    quads = fuse_article_graphs(graphs, ontology)
    claims = [quad for quad in quads if quad.predicate == make_term("kg:claim")]
    decisions = {str(quad.object).strip("<>"): str(quad.subject).strip("<>") for quad in claims}
    return [
        {
            place: decisions[claim]
            for place, frame in enumerate(frames)
            if (claim := name_claim(article, frame)) in decisions
        }
        for article, frames in readings
    ]


def _describe_frame(frame: Frame, name: str) -> dict[str, Any]:
    decision = frame.decision
    return {
        "id": name,
        "type": decision.type.value,
        "concept": decision.concept,
        "status": decision.status.value,
        "confidence": round(decision.confidence, 4),
        "actor": _name_actors(decision.actors),
        "recipient": _name_actors(decision.recipients),
        "action": [span.text for span in decision.actions],
        "mentions": [_describe_span(span) for span in decision.mentions],
        "constraints": [_describe_constraint(constraint) for constraint in frame.constraints],
        "sources": [_describe_source(source) for source in frame.sources],
    }


def _name_actors(actors: Iterable[Actor]) -> list[str]:
    return list(dict.fromkeys(name for actor in actors for name in actor.names))


def _describe_span(span: Span) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "quote": span.text}


def _describe_constraint(constraint: Constraint) -> dict[str, Any]:
    described = {
        "kind": constraint.kind.value,
        "effect": constraint.effect.value,
        "text": list(dict.fromkeys((constraint.text, *constraint.texts))),
        **_describe_span(constraint.span),
    }
    if constraint.unspecified:
        described["unspecified"] = True
    if constraint.value:
        described["value"] = _describe_value(constraint.value)
    return described


def _describe_value(value: NormalisedValue) -> dict[str, str]:
    described = {"datatype": value.datatype, "value": value.value}
    return described | {"unit": value.unit} if value.unit else described


def _describe_source(source: Source) -> list[str]:
    return [link.speaker.name for link in source.links]
