"""What the ontology's files turn into: frozen values of plain strings, in the order of their IRIs."""

from dataclasses import dataclass

__all__ = [
    "Concept",
    "ConstraintCue",
    "DecisionEntry",
    "KnownActor",
    "KnownPlace",
    "Office",
    "ReportingCue",
]

#: Words that end the head of a nominal multi-word label ("letter of intent" is a letter).
NOUN_ENDS = frozenset(["of", "to", "for", "on", "in", "with", "from", "against", "by", "at"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """A decision type: one of the seven (``broader`` is empty) or a narrower one; ``type`` names its root."""

    iri: str
    label: str
    type: str
    broader: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionEntry:
    """A word or multi-word expression that evokes a decision type, supports such a word, or flips it.

    ``lemmas`` is the label split at spaces; determiners in it are optional when matching. ``evokes`` is a concept IRI
    and ``type`` its root, both empty for an entry that only has an ``operator``. ``weight`` (0-1) says how often the
    word means this. ``objects`` restricts the entry to these object lemmas; with one of ``not_objects`` it never holds.
    """

    iri: str
    lemmas: tuple[str, ...]
    pos: str
    evokes: str = ""
    type: str = ""
    operator: str = ""
    frame: str = ""
    status: str = ""
    weight: float = 1.0
    objects: tuple[str, ...] = ()
    not_objects: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()

    @property
    def head(self) -> str:
        """The lemma that heads the expression: the first one, or for a noun the last before a preposition."""
        return find_head(self.lemmas, self.pos)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConstraintCue:
    """Words that introduce a limit: their syntactic ``pattern``, the ``effect``, and the ``kind`` where it is certain."""

    iri: str
    words: tuple[str, ...]
    pattern: str
    effect: str
    kind: str = ""
    weight: float = 1.0
    objects: tuple[str, ...] = ()
    not_objects: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportingCue:
    """Words that credit a speaker; ``commitment`` is how far the speaker stands behind it, ``channel`` whether the
    cue names the way it was told ("in an interview with") rather than the telling."""

    iri: str
    lemmas: tuple[str, ...]
    pos: str
    frame: str = ""
    commitment: str = ""
    channel: bool = False
    weight: float = 1.0
    objects: tuple[str, ...] = ()
    not_objects: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()

    @property
    def head(self) -> str:
        """The lemma that heads the expression: the first one, or for a noun the last before a preposition."""
        return find_head(self.lemmas, self.pos)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownActor:
    """A state, body, office or outlet that general readers know.

    ``names`` starts with the usual name; ``demonyms`` are adjectives and nouns of its people, ``metonyms`` names of
    places and buildings that stand for it ("the Kremlin"), ``nouns`` what it is called when it is known ("court").
    ``part_of`` is the IRI of the actor it belongs to, ``wikidata`` an entity IRI, ``iso`` the ISO 3166-1 alpha-2 code.
    """

    iri: str
    names: tuple[str, ...]
    kind: str
    demonyms: tuple[str, ...] = ()
    metonyms: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    part_of: str = ""
    wikidata: str = ""
    iso: str = ""
    outlet: bool = False

    @property
    def name(self) -> str:
        """The usual name."""
        return self.names[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPlace:
    """A city or region with its spellings; ``country`` is the IRI of a known actor."""

    iri: str
    names: tuple[str, ...]
    country: str = ""
    wikidata: str = ""

    @property
    def name(self) -> str:
        """The usual name."""
        return self.names[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """A title that a person holds ("prime minister"); ``role`` is head, minister, spokesperson, judge, executive,
    legislator, officer, official or title."""

    iri: str
    names: tuple[str, ...]
    role: str


def find_head(lemmas: tuple[str, ...], pos: str) -> str:
    """The head of a multi-word label."""
    if pos != "noun":
        return lemmas[0]
    ends = [index for index, lemma in enumerate(lemmas) if index and lemma in NOUN_ENDS]
    return lemmas[ends[0] - 1] if ends else lemmas[-1]
