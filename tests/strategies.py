"""Hypothesis strategies: articles and the frames that the text half could find in them."""

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from kg.articles import mint_article_id
from kg.model import (
    Actor,
    ActorKind,
    Article,
    Constraint,
    ConstraintKind,
    Decision,
    DecisionType,
    Effect,
    Frame,
    Link,
    NormalisedValue,
    Run,
    Source,
    Span,
    SpeakerKind,
    Status,
)

__all__ = ["LAW", "RUN", "articles", "build_article", "frames", "read_articles_with_frames"]

#: How hard to look for the breach of a law.
LAW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
RUN = Run(software="0.0.0", model="test", model_version="1", ontology="0")
#: Characters that serialisers get wrong: quotes, escapes, line ends, controls, right-to-left, astral, markup.
HOSTILE = "\"'\\\n\t\r\x01\u2028\u202eאب😀<>&{}|^`%#é"
PUBLISHERS = ("", "The Harbour Post", "Valley Radio", "Nordic Wire", '<b>Bold"Post</b>')
NAMES = ("the city council", "Ada Lund", "Lund", "the ministry", "two officials", "a clerk", "Nordland", 'the "Board"')
CONCEPTS = ("", "https://w3id.org/decision-kg/ontology#LiftBan")
VALUES = (
    None,
    NormalisedValue(datatype="date", value="2026-03"),
    NormalisedValue(datatype="date", value="2026-03-31"),
    NormalisedValue(datatype="date", value="spring"),
    NormalisedValue(datatype="duration", value="P2W"),
    NormalisedValue(datatype="amount", value="12.5", unit="EUR"),
    NormalisedValue(datatype="amount", value="a dozen"),
    NormalisedValue(datatype="place", value="https://w3id.org/decision-kg/place/Harbour"),
)


def build_article(text: str, **fields: str) -> Article:
    """An article with the id that the reader would give it."""
    article = Article(id="", text=text, headline=text.split("\n", 1)[0][:80], **fields)
    return Article(**{**{name: getattr(article, name) for name in article.__slots__}, "id": mint_article_id(article)})


@st.composite
def articles(draw: st.DrawFn) -> Article:
    """An article of 1-200 characters, hostile ones included."""
    alphabet = st.one_of(st.characters(codec="utf-8", exclude_characters="\0"), st.sampled_from(HOSTILE))
    return build_article(
        draw(st.text(alphabet, min_size=1, max_size=200)),
        publisher=draw(st.sampled_from(PUBLISHERS)),
        published=draw(st.sampled_from(("", "2026", "2026-03-01", "2026-03-01T10:00:00Z", "last week"))),
        author=draw(st.sampled_from(("", "A. Writer"))),
        url=draw(st.sampled_from(("", "https://news.example/a b?c=<d>", "not a url"))),
    )


def spans(article: Article) -> st.SearchStrategy[Span]:
    """A passage of at least one character."""

    def cut(places: tuple[int, int]) -> Span:
        start, length = places
        end = min(start + length, len(article.text))
        return Span(start=start, end=end, text=article.text[start:end])

    return st.tuples(st.integers(0, len(article.text) - 1), st.integers(1, 30)).map(cut)


def actors(article: Article) -> st.SearchStrategy[Actor]:
    return st.builds(
        Actor,
        names=st.lists(st.sampled_from(NAMES), min_size=1, max_size=3).map(tuple),
        kind=st.sampled_from(ActorKind),
        spans=st.lists(spans(article), max_size=2).map(tuple),
        known=st.sampled_from(("", "", "https://w3id.org/decision-kg/actor/Nordland")),
        count=st.sampled_from((0, 0, 3)),
    )


def links(article: Article) -> st.SearchStrategy[Link]:
    return st.builds(
        Link,
        speaker=actors(article),
        kind=st.sampled_from(SpeakerKind),
        span=spans(article),
        cue=st.one_of(st.none(), spans(article)),
        channel=st.sampled_from(("", "an interview")),
        conditions=st.sampled_from(("", "not to be named")),
    )


def constraints(article: Article) -> st.SearchStrategy[Constraint]:
    return st.builds(
        Constraint,
        kind=st.sampled_from(ConstraintKind),
        effect=st.sampled_from(Effect),
        text=spans(article).map(lambda span: span.text),
        span=spans(article),
        texts=st.lists(st.sampled_from(("only at night", "by night")), max_size=2).map(tuple),
        value=st.sampled_from(VALUES),
        unspecified=st.booleans(),
    )


@st.composite
def frames(draw: st.DrawFn, article: Article) -> Frame:
    """A frame whose every passage is one of the article's."""
    decision = Decision(
        type=draw(st.sampled_from(DecisionType)),
        status=draw(st.sampled_from(Status)),
        actors=tuple(draw(st.lists(actors(article), max_size=2))),
        recipients=tuple(draw(st.lists(actors(article), max_size=2))),
        actions=tuple(draw(st.lists(spans(article), max_size=2))),
        mentions=tuple(draw(st.lists(spans(article), min_size=1, max_size=3))),
        concept=draw(st.sampled_from(CONCEPTS)),
        confidence=draw(st.floats(0, 1)),
    )
    return Frame(
        article_id=article.id,
        decision=decision,
        constraints=tuple(draw(st.lists(constraints(article), max_size=2))),
        sources=tuple(
            Source(links=tuple(chain))
            for chain in draw(st.lists(st.lists(links(article), min_size=1, max_size=3), max_size=2))
        ),
    )


@st.composite
def read_articles_with_frames(
    draw: st.DrawFn, *, min_size: int = 1, max_size: int = 3
) -> list[tuple[Article, list[Frame]]]:
    """Distinct articles, each with up to three frames."""
    found = draw(st.lists(articles(), min_size=min_size, max_size=max_size, unique_by=lambda article: article.id))
    return [(article, draw(st.lists(frames(article), max_size=3))) for article in found]
