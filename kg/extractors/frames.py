"""Article and doc -> frames: the text half in one call."""

from collections.abc import Iterable
from dataclasses import replace

from spacy.tokens import Doc

from kg.extractors.actors import build_actor_index
from kg.extractors.attributions import find_attributions
from kg.extractors.constraints import find_constraints
from kg.extractors.decisions import SPEAKING, find_acts
from kg.extractors.evidence import read_evidence
from kg.extractors.sources import find_sources, read_reports
from kg.extractors.words import read_words
from kg.model import Actor, Article, Frame, Source, SpeakerKind
from kg.ontology import Ontology

__all__ = ["extract_frames"]

#: Speakers who tell of decisions and take none.
REPORTERS = frozenset({SpeakerKind.OUTLET, SpeakerKind.ANONYMOUS})


def extract_frames(article: Article, doc: Doc, ontology: Ontology) -> tuple[Frame, ...]:
    """The article's decisions with their limits and sources, in order of first mention.

    ``doc`` must be the parse of ``article.text`` with heads, labels, tags, lemmas, sentences and entities.
    """
    doc = read_words(doc)
    index = build_actor_index(doc, ontology)
    evidence = read_evidence(doc)
    acts = find_acts(doc, ontology, index, evidence=evidence)
    constraints = find_constraints(doc, ontology, acts, published=article.published, evidence=evidence)
    reports = read_reports(doc, find_attributions(doc, ontology, index), index, ontology=ontology)
    frames = []
    for act, limits in zip(acts, constraints, strict=True):
        decision = act.decision
        speakers = decision.actors[:1] if decision.type in SPEAKING else ()
        sources = find_sources(decision.mentions, reports, article=article, speakers=speakers)
        decision = replace(decision, actors=_drop_reporters(decision.actors, sources, ontology))
        frames.append(Frame(article_id=article.id, decision=decision, constraints=limits, sources=sources))
    return tuple(frames)


def _drop_reporters(actors: tuple[Actor, ...], sources: Iterable[Source], ontology: Ontology) -> tuple[Actor, ...]:
    """Outlets and unnamed speakers who tell the act did not do it, where the article names somebody else."""
    telling = {
        name.casefold()
        for source in sources
        for link in source.links
        if link.kind in REPORTERS
        for name in link.speaker.names
    }
    others = tuple(
        actor
        for actor in actors
        if not any(name.casefold() in telling for name in actor.names)
        and not (actor.known and ontology.known_actors[actor.known].outlet)
    )
    return others or actors
