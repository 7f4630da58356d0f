"""What fusion reads from the article graphs: plain frozen values, free of RDF.

Every ``iri`` is the node in its article graph. Order inside tuples is the order of the article or, where the graph
keeps none, that of the values, so that equal graphs give equal records.
"""

from dataclasses import dataclass, field

__all__ = ["ActorRecord", "ArticleRecord", "ClaimRecord", "ConstraintRecord", "LinkRecord", "ValueRecord"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorRecord:
    """A party as one article names it.

    ``names`` are as written, fullest first; ``kind`` is one of person, organisation, state, group, unknown. ``known``
    is the actor of the ontology that it is, ``state`` the one in whose office the article shows it ("French President
    X").
    ``anonymous``: it has a description in place of a name, so that equal words prove nothing.
    """

    iri: str
    article: str
    names: tuple[str, ...]
    kind: str = "unknown"
    known: str = ""
    state: str = ""
    anonymous: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueRecord:
    """A normalised value: ``datatype`` is date, duration, amount or place."""

    datatype: str
    value: str
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConstraintRecord:
    """A limit of one claim; ``texts`` are its wordings, best first."""

    iri: str
    kind: str
    effect: str
    texts: tuple[str, ...]
    quote: str = ""
    value: ValueRecord | None = None
    unspecified: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRecord:
    """One link of a source chain: who, and what kind of speaker."""

    speaker: ActorRecord
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRecord:
    """One decision as one article reports it.

    ``type`` is one of the seven, ``chains`` are outermost first, ``quotes`` the passages that state the decision, in text
    order; ``place`` is where the first begins, 0-1 of the text. ``headline``: every one of them stands in the article's
    first line.
    """

    iri: str
    article: str
    type: str
    concept: str = ""
    status: str = "made"
    actors: tuple[ActorRecord, ...] = ()
    recipients: tuple[ActorRecord, ...] = ()
    actions: tuple[str, ...] = ()
    constraints: tuple[ConstraintRecord, ...] = ()
    chains: tuple[tuple[LinkRecord, ...], ...] = ()
    quotes: tuple[str, ...] = ()
    place: float = 0.0
    headline: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRecord:
    """One article with its claims; ``published`` is an ISO 8601 date or empty, ``text`` the whole text."""

    iri: str
    publisher: str = ""
    published: str = ""
    url: str = ""
    text: str = field(default="", repr=False)
    claims: tuple[ClaimRecord, ...] = ()
