"""Claims taken apart: their names and phrases, once, so that pairs of them can be compared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType

from kg.fusion.limits import PreparedLimit, prepare_limits
from kg.fusion.lookup import Lookup
from kg.fusion.matter import Matter, weigh_matter
from kg.fusion.parties import Party, parse_parties
from kg.fusion.phrases import PARTY_WEIGHT, Phrase, parse_phrase
from kg.fusion.records import ArticleRecord, ClaimRecord

__all__ = [
    "PreparedArticle",
    "PreparedClaim",
    "are_near_days",
    "count_days",
    "prepare_article",
    "weigh_article",
]

NO_STATES: Mapping[str, str] = MappingProxyType({})
#: Articles further apart than this (days) do not tell the same act.
WINDOW = 60
#: Wordings that weigh less than this tell too little alone: the passages that state the decision come in.
POOR = 1.5


@dataclass(eq=False)
class PreparedArticle:
    """What an article is about, and its claims; ``repeats`` keeps which of them say the same twice, where that was asked
    (see ``kg.fusion.likeness``)."""

    matter: Matter
    claims: list["PreparedClaim"] = field(default_factory=list)
    repeats: dict[tuple[str, str], bool] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class PreparedClaim:
    """A claim with its names and phrases taken apart once.

    ``actions`` are its phrases for the act, ``wording`` these and its limits, ``passage`` the passages that state it,
    ``content`` what blocks are made of.
    """

    claim: ClaimRecord
    day: int | None
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    actions: tuple[Phrase, ...]
    wording: Phrase
    passage: Phrase
    content: Phrase
    limits: Sequence[PreparedLimit]
    article: PreparedArticle


def prepare_article(
    article: ArticleRecord, lookup: Lookup, *, states: Mapping[str, str] = NO_STATES, matter: Matter | None = None
) -> list[PreparedClaim]:
    """Take all claims of an article apart; ``states``: IRI of an actor -> the state in whose office it is; ``matter``: what
    the article is about, if that is known already."""
    prepared = PreparedArticle(weigh_article(article, lookup) if matter is None else matter)
    prepared.claims.extend(_prepare_claim(claim, article, lookup, prepared, states=states) for claim in article.claims)
    return prepared.claims


def weigh_article(article: ArticleRecord, lookup: Lookup) -> Matter:
    """What an article is about, by its text and the passages of its claims."""
    text = "\n".join([article.text, *sorted({quote for claim in article.claims for quote in claim.quotes})])
    return weigh_matter(text, lookup)


def _prepare_claim(
    claim: ClaimRecord, record: ArticleRecord, lookup: Lookup, article: PreparedArticle, *, states: Mapping[str, str]
) -> PreparedClaim:
    limits = [constraint.texts[0] for constraint in claim.constraints if constraint.texts]
    actors = parse_parties(claim.actors, lookup, states=states)
    recipients = parse_parties(claim.recipients, lookup, states=states)
    names = {word for party in (*actors, *recipients) for form in party.forms for word in form.words}

    def parse(text: str) -> Phrase:
        return _play_down(parse_phrase(text, lookup), names)

    wording = parse("; ".join([*claim.actions, *limits]))
    poor = wording.weight < POOR
    return PreparedClaim(
        claim=claim,
        day=count_days(record.published),
        actors=actors,
        recipients=recipients,
        actions=tuple(map(parse, claim.actions)),
        wording=wording,
        passage=parse("; ".join(claim.quotes)),
        content=parse("; ".join([*claim.actions, *limits, *claim.quotes])) if poor else wording,
        limits=prepare_limits(claim, lookup),
        article=article,
    )


def _play_down(phrase: Phrase, names: set[str]) -> Phrase:
    """The phrase with the names of the claim's own parties told to mean little: they count as parties already."""
    if names.isdisjoint(phrase.keys):
        return phrase
    low = (replace(token, weight=PARTY_WEIGHT) if token.key in names else token for token in phrase.tokens)
    return Phrase(tuple(low))


def count_days(published: str) -> int | None:
    """The day of a date as a number, None where it has none."""
    try:
        return date.fromisoformat(published[:10]).toordinal()
    except ValueError:
        return None


def are_near_days(day: int | None, other: int | None) -> bool:
    """Whether articles of these days may tell the same act."""
    return day is None or other is None or abs(day - other) <= WINDOW
