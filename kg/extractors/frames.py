"""Article and doc -> frames: the text half in one call."""

from dataclasses import replace

from spacy.tokens import Doc

from kg.extractors.actors import build_actor_index
from kg.extractors.attributions import find_attributions
from kg.extractors.collection import collection_put_off
from kg.extractors.constraints import find_constraints
from kg.extractors.decisions import fill_actors, find_acts
from kg.extractors.evidence import read_evidence
from kg.extractors.reports import read_reports
from kg.extractors.sources import drop_reporters, drop_speakers, find_sources
from kg.extractors.words import read_words
from kg.model import Article, Frame
from kg.ontology import Ontology

__all__ = ["extract_frames"]


@collection_put_off()
def extract_frames(article: Article, doc: Doc, ontology: Ontology) -> tuple[Frame, ...]:
    """The article's decisions with their limits and sources, in order of first mention.

    ``doc`` must be the parse of ``article.text`` with heads, labels, tags, lemmas, sentences and entities.
    """
    doc = read_words(doc)
    index = build_actor_index(doc, ontology)
    evidence = read_evidence(doc)
    acts = find_acts(doc, ontology, index, evidence=evidence)
    reports = read_reports(doc, find_attributions(doc, ontology, index), index, ontology=ontology)
    acts = fill_actors(drop_speakers(acts, reports))
    constraints = find_constraints(doc, ontology, acts, published=article.published, evidence=evidence)
    chains = find_sources(doc, acts, reports, index, article=article, evidence=evidence, ontology=ontology)
    frames = []
    for act, limits, sources in zip(acts, constraints, chains, strict=True):
        decision = replace(act.decision, actors=drop_reporters(act.decision.actors, sources, ontology))
        frames.append(Frame(article_id=article.id, decision=decision, constraints=limits, sources=sources))
    return tuple(frames)
