"""Source chains: for a passage, who says so according to the article, outermost first (article, outlet, speaker)."""

from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Doc, Token

from kg.extractors.actors import ActorIndex
from kg.extractors.links import make_link
from kg.model import Article, Attribution, Link, Source, Span, SpeakerKind
from kg.ontology import Ontology

__all__ = ["find_sources", "origin_of"]

#: What a source of a claim does with it; wanting, asking, judging and promising are acts of their own.
STATING = frozenset({"stated", "claimed", "shown", "known", "believed", "denied", "proposed", "warned"})
#: Acts whose speaker is their actor and is not named again as their source.
OWN_ACTS = frozenset({"warned", "proposed"})
#: The part of a passage, in characters, that a content must cover to stand for it.
COVERED = 0.5


def find_sources(
    doc: Doc,
    mentions: Sequence[Span],
    attributions: Sequence[Attribution],
    index: ActorIndex,
    article: Article,
    *,
    ontology: Ontology,
) -> tuple[Source, ...]:
    """The chains that the article credits for what ``mentions`` state, each once, in text order.

    A mention that only the article's own voice states adds none. A speaker once quoted through an outlet ("told ABC News")
    keeps it in what the article goes on to report of him.
    """
    relays = Relays(doc, attributions, index, article, ontology=ontology)
    found: dict[tuple[str, ...], Source] = {}
    for mention in sorted(mentions, key=_start):
        for source in relays.chains(mention):
            found.setdefault(tuple(link.speaker.name for link in source.links), source)
    return _without_parts(list(found.values()))


def _start(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _without_parts(sources: Sequence[Source]) -> tuple[Source, ...]:
    """A chain that is the tail of a longer one says nothing new."""
    names = [tuple(link.speaker.name for link in source.links) for source in sources]
    return tuple(
        source
        for source, own in zip(sources, names, strict=True)
        if not any(len(other) > len(own) and other[-len(own) :] == own for other in names)
    )


def origin_of(source: Source, article: Article) -> Link | None:
    """The link that the claim goes back to, or None for the article's own reporting.

    That is the outermost outlet other than the article's publisher; without one, the named speaker whose statement it is.
    What unnamed speakers told the article is its own reporting.
    """
    own = article.publisher.casefold()
    for link in source.links:
        if link.kind is SpeakerKind.OUTLET and not (own and own in {name.casefold() for name in link.speaker.names}):
            return link
    named = [link for link in source.links if link.kind not in {SpeakerKind.OUTLET, SpeakerKind.ANONYMOUS}]
    return named[0] if named else None


class Relays:
    """The attributions of one article with the outlet through which each speaker was heard."""

    def __init__(
        self, doc: Doc, attributions: Sequence[Attribution], index: ActorIndex, article: Article, *, ontology: Ontology
    ) -> None:
        self.doc = doc
        self.index = index
        self.article = article
        self.ontology = ontology
        self.stating = [a for a in attributions if a.source is not None and self._is_stating(a)]
        self.outlets: dict[str, tuple[int, Link]] = {}
        for attribution in self.stating:
            self._note_outlet(attribution)

    def _is_stating(self, attribution: Attribution) -> bool:
        return attribution.commitment in STATING

    def chains(self, mention: Span) -> Iterator[Source]:
        """One chain for each outermost attribution over the mention, with those nested in it."""
        covering = [a for a in self.stating if _covers(a, mention)]
        if covering:
            links = [link for a in sorted(covering, key=_breadth, reverse=True) for link in self._links(a)]
            unique = list({link.speaker.name: link for link in links}.values())
            if unique:
                yield Source(links=tuple(unique))

    def _links(self, attribution: Attribution) -> list[Link]:
        return []
