"""Source chains: for a passage, who says so according to the article, outermost first (article, outlet, speaker)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from kg.extractors import syntax
from kg.extractors.actors import ActorIndex
from kg.extractors.agreement import same_actor
from kg.extractors.links import Telling, read_telling
from kg.model import Actor, Article, Attribution, Link, Source, Span, SpeakerKind
from kg.ontology import Ontology

__all__ = ["Report", "drop_reporters", "find_sources", "origin_of", "read_reports"]

#: What a source of a claim does with it; wanting, asking, judging and promising are acts of their own.
STATING = frozenset({"stated", "claimed", "shown", "known", "believed", "denied", "proposed", "warned", "ruled"})
#: What is an act itself when its cue stands in the mention ("warned them not to ...", "ruled that ...").
ACTS = frozenset({"warned", "proposed", "ruled"})
#: Speakers who tell of decisions and take none.
REPORTERS = frozenset({SpeakerKind.OUTLET, SpeakerKind.ANONYMOUS})
#: The part of a mention, in characters, that a content must cover to stand for it; less where its cue stands in the mention.
COVERED = 0.5
COVERED_WITH_CUE = 0.35


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """An attribution with who told it; ``relay`` is the outlet through which its speaker was heard before."""

    attribution: Attribution
    telling: Telling
    relay: Link | None

    @property
    def links(self) -> tuple[Link, ...]:
        """The chain's part that this attribution gives, outermost first."""
        outlet = self.telling.outlet or self.relay
        return tuple(link for link in (outlet, self.telling.speaker, self.telling.cited) if link is not None)


def find_sources(
    mentions: Sequence[Span], reports: Sequence[Report], *, article: Article, speakers: Sequence[Actor] = ()
) -> tuple[Source, ...]:
    """The chains that the article credits for what ``mentions`` state, each once, in text order.

    ``reports`` are all those of the article (see ``read_reports``). A mention that only the article's own voice states adds
    none. A speaker once quoted through an outlet ("told ABC News") keeps it in what the article goes on to report of him.
    The article's own publisher is no link. ``speakers`` are those who make a request or a warning: their saying is the act
    itself and no source of it.
    """
    others = [report for report in reports if not _speaks_for_itself(report, speakers)]
    return chain_sources([_sayings(mention, others) for mention in sorted(mentions)], article)


def drop_reporters(actors: tuple[Actor, ...], sources: Iterable[Source], ontology: Ontology) -> tuple[Actor, ...]:
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


def read_reports(
    doc: Doc, attributions: Sequence[Attribution], index: ActorIndex, *, ontology: Ontology
) -> tuple[Report, ...]:
    """Who told each attribution that states something, in text order."""
    heard: dict[str, Link] = {}
    reports = []
    for attribution in attributions:
        if _states(doc, attribution):
            telling = read_telling(doc, attribution, index, ontology=ontology)
            name = "" if telling.speaker is None else telling.speaker.speaker.name
            reports.append(Report(attribution=attribution, telling=telling, relay=heard.get(name)))
            if telling.outlet is not None:
                heard[name] = telling.outlet
    return tuple(reports)


def _states(doc: Doc, attribution: Attribution) -> bool:
    """Whether it says that something is so: whoever rejects a plan or knows a rule does not report it."""
    if attribution.commitment not in STATING:
        return False
    content = attribution.content[0]
    span = doc.char_span(content.start, content.end, alignment_mode="expand")
    is_thing = span is not None and syntax.is_nominal(span.root) and syntax.copula(span.root) is None
    return attribution.commitment == "stated" or not is_thing


def _sayings(mention: Span, reports: Sequence[Report]) -> list[Report]:
    """The reports over a mention, the widest first."""
    covering = [r for r in reports if _covers(r.attribution, mention) and not _is_own_act(r.attribution, mention)]
    return _nested(covering)


def chain_sources(sayings: Iterable[Sequence[Report]], article: Article) -> tuple[Source, ...]:
    """One chain for the reports of each mention, equal ones once."""
    own = article.publisher.casefold()
    found: dict[tuple[str, ...], Source] = {}
    for reports in sayings:
        links = [link for report in reports for link in report.links if link.speaker.name.casefold() != own]
        unique = tuple({link.speaker.name: link for link in reversed(links)}.values())[::-1]
        if unique:
            found.setdefault(tuple(link.speaker.name for link in unique), Source(links=unique))
    return _without_parts(found)


def _nested(reports: Sequence[Report]) -> list[Report]:
    """The widest report and those told inside it, the widest first."""
    found: list[Report] = []
    for report in sorted(reports, key=_breadth, reverse=True):
        if not found or _stands_in(report.attribution, found[-1].attribution):
            found.append(report)
    return found


def _stands_in(inner: Attribution, outer: Attribution) -> bool:
    cue = inner.cue
    return cue is not None and any(span.start <= cue.start and cue.end <= span.end for span in outer.content)


def _breadth(report: Report) -> int:
    return sum(span.end - span.start for span in report.attribution.content)


def _covers(attribution: Attribution, mention: Span) -> bool:
    shared = sum(max(0, min(span.end, mention.end) - max(span.start, mention.start)) for span in attribution.content)
    inside = (
        attribution.cue is not None and mention.start <= attribution.cue.start and attribution.cue.end <= mention.end
    )
    return shared >= (COVERED_WITH_CUE if inside else COVERED) * (mention.end - mention.start)


def _speaks_for_itself(report: Report, speakers: Sequence[Actor]) -> bool:
    """Whether the speaker is one of those whose saying is the act itself."""
    link = report.telling.speaker
    return link is not None and any(same_actor(link.speaker, actor) for actor in speakers)


def _is_own_act(attribution: Attribution, mention: Span) -> bool:
    """A warning, proposal or ruling whose cue stands in the mention is the decision itself."""
    cue = attribution.cue
    if cue is None or attribution.commitment not in ACTS:
        return False
    return mention.start <= cue.start and cue.end <= mention.end


def _without_parts(sources: Mapping[tuple[str, ...], Source]) -> tuple[Source, ...]:
    """A chain that is a part of a longer one says nothing new."""
    return tuple(source for names, source in sources.items() if not any(set(names) < set(other) for other in sources))


def origin_of(source: Source, article: Article) -> Link | None:
    """The link that the claim goes back to, or None for the article's own reporting.

    That is the outermost outlet other than the article's publisher; without one, the named speaker whose statement it is.
    What unnamed speakers told the article is its own reporting.
    """
    own = article.publisher.casefold()
    for link in source.links:
        if link.kind is SpeakerKind.OUTLET and own not in {name.casefold() for name in link.speaker.names}:
            return link
    return next((link for link in source.links if link.kind not in {SpeakerKind.OUTLET, SpeakerKind.ANONYMOUS}), None)
