"""Reports: the attributions of an article with who told each of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.extractors import syntax
from kg.extractors.actors import ActorIndex
from kg.extractors.links import Telling, find_kind, read_telling
from kg.model import Actor, Attribution, AttributionKind, Link, Span
from kg.ontology import Ontology

__all__ = ["Report", "read_reports", "report_unmarked"]

#: What a source of a claim does with it; wanting, asking, judging and promising are acts of their own.
STATING = frozenset({"stated", "claimed", "shown", "known", "believed", "denied", "proposed", "warned", "ruled"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """An attribution with who told it.

    ``relay`` is the outlet through which its speaker was heard before; ``states`` tells whether it says that something is
    so: whoever rejects a plan or knows a rule does not.
    """

    attribution: Attribution
    telling: Telling
    relay: Link | None
    states: bool

    @property
    def links(self) -> tuple[Link, ...]:
        """The chain's part that this attribution gives, outermost first."""
        outlet = self.telling.outlet or self.relay
        return tuple(link for link in (outlet, self.telling.speaker, self.telling.cited) if link is not None)


def read_reports(
    doc: Doc, attributions: Sequence[Attribution], index: ActorIndex, *, ontology: Ontology
) -> tuple[Report, ...]:
    """Who told each attribution, in text order; those that nobody known told are left out."""
    heard: dict[str, Link] = {}
    reports = []
    for attribution in attributions:
        telling = read_telling(doc, attribution, index, ontology=ontology)
        states = _states(doc, attribution)
        name = "" if telling.speaker is None else telling.speaker.speaker.name
        report = Report(attribution=attribution, telling=telling, relay=heard.get(name), states=states)
        if states and telling.outlet is not None:
            heard[name] = telling.outlet
        if report.links:
            reports.append(report)
    return tuple(reports)


def _states(doc: Doc, attribution: Attribution) -> bool:
    if attribution.commitment not in STATING:
        return False
    content = attribution.content[0]
    span = doc.char_span(content.start, content.end, alignment_mode="expand")
    is_thing = span is not None and syntax.is_nominal(span.root) and syntax.copula(span.root) is None
    return attribution.commitment == "stated" or not is_thing


def report_unmarked(actor: Actor, word: Token, mention: Span, ontology: Ontology) -> Report:
    """A report of a mention by somebody who is named beside it without a word of saying."""
    span = Span(start=word.idx, end=word.idx + len(word), text=word.text)
    attribution = Attribution(
        kind=AttributionKind.INDIRECT, content=(mention,), source=span, speaker=actor, commitment="unmarked"
    )
    link = Link(speaker=actor, kind=find_kind(actor, word, ontology), span=span)
    return Report(attribution=attribution, telling=Telling(speaker=link, outlet=None), relay=None, states=True)
