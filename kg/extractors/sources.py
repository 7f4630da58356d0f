"""Source chains: for an act, who says so according to the article, outermost first (article, outlet, speaker)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from kg.extractors.act import Act
from kg.extractors.actors import ActorIndex
from kg.extractors.decisions import RULING
from kg.extractors.evidence import Evidence
from kg.extractors.judge import load_judge
from kg.extractors.reports import Report
from kg.extractors.source_features import list_sayings, share_mentions
from kg.model import Actor, Article, Attribution, Link, Source, SpeakerKind
from kg.ontology import Ontology

__all__ = ["drop_reporters", "drop_speakers", "find_sources", "origin_of"]

#: From this probability on who tells a report is credited for an act.
THRESHOLD = 0.4
#: The part of a mention that a report covers from which on its speaker tells of it.
TOLD = 0.5
#: Speakers who tell of decisions and take none.
REPORTERS = frozenset({SpeakerKind.OUTLET, SpeakerKind.ANONYMOUS})


def find_sources(
    doc: Doc,
    acts: Sequence[Act],
    reports: Sequence[Report],
    index: ActorIndex,
    *,
    article: Article,
    evidence: Evidence,
    ontology: Ontology,
) -> tuple[tuple[Source, ...], ...]:
    """For each act the chains that the article credits for it, each once, in text order.

    ``reports`` are all those of the article (see ``read_reports``). An act that only the article's own voice states has
    none. A speaker once quoted through an outlet ("told ABC News") keeps it in what the article goes on to report of him.
    The article's own publisher is no link.
    """
    credited: list[list[Report]] = [[] for _ in acts]
    sayings = list(list_sayings(doc, acts, reports, index, evidence, ontology))
    if sayings:
        judge = load_judge("source")
        seen = judge.look([saying.sight for saying in sayings], evidence.states)
        scores = judge.weigh_all([saying.features for saying in sayings])
        for saying, (_, chance) in zip(sayings, judge.judge(scores, seen).tolist(), strict=True):
            if chance >= THRESHOLD:
                credited[saying.act].append(saying.report)
    return tuple(_chain_sources(_nest(found), article) for found in credited)


def drop_speakers(acts: Iterable[Act], reports: Sequence[Report]) -> tuple[Act, ...]:
    """The acts without unnamed speakers among the actors of what they only tell of ("boats may not enter, *an official*
    said"): who lets, forbids, orders or refuses is somebody else, named or not."""
    told = [
        (report, link.speaker)
        for report in reports
        if report.states and (link := report.telling.speaker) is not None and link.kind is SpeakerKind.ANONYMOUS
    ]
    return tuple(_without(act, told) if act.type in RULING else act for act in acts)


def _without(act: Act, told: Sequence[tuple[Report, Actor]]) -> Act:
    """The act without those who tell of it in ``told``."""
    names = {speaker.name for report, speaker in told if share_mentions(report, act.decision) >= TOLD}
    actors = tuple(actor for actor in act.decision.actors if actor.name not in names)
    return replace(act, decision=replace(act.decision, actors=actors))


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


def _chain_sources(sayings: Iterable[Sequence[Report]], article: Article) -> tuple[Source, ...]:
    """One chain for each of the rows of reports that stand in each other, equal ones once."""
    own = article.publisher.casefold()
    found: dict[tuple[str, ...], Source] = {}
    for reports in sayings:
        links = [link for report in reports for link in report.links if link.speaker.name.casefold() != own]
        unique = tuple({link.speaker.name: link for link in reversed(links)}.values())[::-1]
        if unique:
            found.setdefault(tuple(link.speaker.name for link in unique), Source(links=unique))
    return _without_parts(found)


def _nest(reports: Sequence[Report]) -> list[list[Report]]:
    """The reports in which no other stands, each behind those in which it stands, the widest first."""
    chains = []
    for report in reports:
        outer = [
            other for other in reports if other is not report and _stands_in(report.attribution, other.attribution)
        ]
        if not any(_stands_in(other.attribution, report.attribution) for other in reports if other is not report):
            chains.append([*sorted(outer, key=_breadth, reverse=True), report])
    return chains


def _stands_in(inner: Attribution, outer: Attribution) -> bool:
    cue = inner.cue
    return cue is not None and any(span.start <= cue.start and cue.end <= span.end for span in outer.content)


def _breadth(report: Report) -> int:
    return sum(span.end - span.start for span in report.attribution.content)


def _without_parts(sources: Mapping[tuple[str, ...], Source]) -> tuple[Source, ...]:
    """A chain that is a part of a longer one says nothing new, nor do "officials" beside "four US officials"."""
    links = [link for source in sources.values() for link in source.links]
    return tuple(
        source
        for names, source in sources.items()
        if not any(set(names) < set(other) for other in sources)
        and not (len(source.links) == 1 and any(_is_vaguer(source.links[0], other) for other in links))
    )


def _is_vaguer(link: Link, other: Link) -> bool:
    """Whether both are unnamed speakers and the first has a part of the words of the other only."""
    if link.kind is not SpeakerKind.ANONYMOUS or other.kind is not SpeakerKind.ANONYMOUS:
        return False
    return set(link.speaker.name.casefold().split()) < set(other.speaker.name.casefold().split())


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
