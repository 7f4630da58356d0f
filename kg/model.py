"""The domain model: frozen values, standard library only.

All offsets are code points into ``Article.text``, half-open, and law: ``article.text[span.start:span.end] == span.text``.
"""

from dataclasses import dataclass, field
from enum import StrEnum

__all__ = [
    "Actor",
    "ActorKind",
    "Article",
    "Attribution",
    "AttributionKind",
    "Constraint",
    "ConstraintKind",
    "Decision",
    "DecisionType",
    "Effect",
    "Frame",
    "Link",
    "NormalisedValue",
    "Run",
    "Source",
    "Span",
    "SpeakerKind",
    "Status",
]


class ActorKind(StrEnum):
    """What an actor is; UNKNOWN where the text does not tell."""

    PERSON = "person"
    ORGANISATION = "organisation"
    STATE = "state"
    GROUP = "group"
    UNKNOWN = "unknown"


class DecisionType(StrEnum):
    """The seven types that every decision type of the ontology descends from (see the guidelines in README)."""

    PERMIT = "permit"
    PROHIBIT = "prohibit"
    REQUIRE = "require"
    COMMIT = "commit"
    REFUSE = "refuse"
    REQUEST = "request"
    WARN = "warn"


class Status(StrEnum):
    """Factuality of a decision as the article tells it (after FactBank, Saurí and Pustejovsky 2009)."""

    MADE = "made"
    CONSIDERED = "considered"
    DENIED = "denied"
    ENDED = "ended"


class ConstraintKind(StrEnum):
    """What a limit bounds; the left operand of an ``odrl:Constraint``."""

    SPATIAL = "spatial"
    TEMPORAL = "temporal"
    INSTRUMENT = "instrument"
    TARGET = "target"
    PURPOSE = "purpose"
    PARTY = "party"
    QUANTITY = "quantity"
    CONDITION = "condition"


class Effect(StrEnum):
    """How a limit bounds; the operator of an ``odrl:Constraint``."""

    ONLY = "only"
    EXCEPT = "except"
    REQUIRES = "requires"


class SpeakerKind(StrEnum):
    """What kind of speaker a link of a source chain is."""

    PERSON = "person"
    OFFICE = "office"
    ORGANISATION = "organisation"
    OUTLET = "outlet"
    DOCUMENT = "document"
    ANONYMOUS = "anonymous"


class AttributionKind(StrEnum):
    """How the words are given (after PARC 3, Pareti 2016)."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Span:
    """A passage: ``start`` and ``end`` are code points into ``Article.text``, half-open; ``text`` is the exact slice."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One news article as read.

    ``text`` is the whole article (headline first) after the reader's one normalisation; every offset points into it.
    ``id`` is minted from the content and the bibliographic fields, so equal articles have equal ids on any machine.
    ``published`` is an ISO 8601 date or date-time; ``language`` a BCP 47 tag; empty strings mean unknown.
    ``name`` is the file's name without folder and ending, for reports only: it is no part of the identity.
    """

    id: str
    text: str
    headline: str = ""
    publisher: str = ""
    author: str = ""
    published: str = ""
    url: str = ""
    language: str = "en"
    name: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A party as one article names it.

    ``names`` holds every form, fullest first, never a pronoun; ``spans`` the places of the forms that were used.
    ``known`` is the IRI of a known actor of the ontology, or empty. ``count`` is the stated number of an unnamed group
    ("three US officials": 3), or 0 where none is stated.
    """

    names: tuple[str, ...]
    kind: ActorKind
    spans: tuple[Span, ...] = ()
    known: str = ""
    count: int = 0

    @property
    def name(self) -> str:
        """The fullest form."""
        return self.names[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class NormalisedValue:
    """A limit's value in a form that can be compared.

    ``datatype`` is one of ``date`` (ISO 8601, possibly truncated: "2026-03"), ``duration`` (ISO 8601), ``amount``
    (decimal number, with ``unit``: ISO 4217 code, "%", or a unit symbol) and ``place`` (``value`` is an IRI).
    """

    datatype: str
    value: str
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraint:
    """A limit on a decision, in the article's words.

    ``text`` is the limit as short as it can stand; ``texts`` further wordings of the same limit; ``span`` the passage
    that states it. A restriction that the article does not specify ("limited use") has ``unspecified`` set.
    """

    kind: ConstraintKind
    effect: Effect
    text: str
    span: Span
    texts: tuple[str, ...] = ()
    value: NormalisedValue | None = None
    unspecified: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One link of a source chain: who relays or says it, by which cue words, and through which channel."""

    speaker: Actor
    kind: SpeakerKind
    span: Span
    cue: Span | None = None
    channel: str = ""
    conditions: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A chain of links, outermost first: relaying outlet, then speaker."""

    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Who said what: source, cue and content spans (PARC 3 roles); ``source`` or ``cue`` may be missing.

    ``commitment`` is the ontology's word for how far the source stands behind the content ("stated", "denied", "intended").
    """

    kind: AttributionKind
    content: tuple[Span, ...]
    source: Span | None = None
    cue: Span | None = None
    cue_lemma: str = ""
    speaker: Actor | None = None
    commitment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One act, with all its mentions in the article.

    ``type`` is one of the seven; ``concept`` the IRI of the narrower type that the ontology's entry evokes (or that of
    ``type`` itself). ``actions`` are phrases of the article for what is let, forbidden or undertaken, best first.
    ``confidence`` is 0-1, ordinal, not calibrated.
    """

    type: DecisionType
    status: Status
    actors: tuple[Actor, ...]
    recipients: tuple[Actor, ...]
    actions: tuple[Span, ...]
    mentions: tuple[Span, ...]
    concept: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What the text half hands to the graph half: one decision of one article, its limits and its source chains."""

    article_id: str
    decision: Decision
    constraints: tuple[Constraint, ...] = ()
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What read an article: versions only and no time of day, so that the same input gives the same graph.

    ``software`` is the version of this package, ``model`` and ``model_version`` name the language pipeline,
    ``ontology`` is ``Ontology.version``.
    """

    software: str
    model: str
    model_version: str
    ontology: str
