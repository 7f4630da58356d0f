"""Hypothesis strategies: records of articles in words that others use too, so that there is something to merge."""

from hypothesis import strategies as st

from kg.fusion.records import ActorRecord, ArticleRecord, ClaimRecord, ConstraintRecord, LinkRecord

__all__ = ["articles"]

PEOPLE = ("Ada Lund", "A. Lund", "Lund", "Bo Lund", "Zelensky", "Volodymyr Zelensky", "Zelenskyy")
BODIES = tuple(
    "Reuters|Lund administration|France|Paris|French government|Harbour Board|HB|Valley Radio|Valley Radio Ltd".split(
        "|"
    )
)
STATES = ("", "", "https://w3id.org/decision-kg/actor/FR", "https://w3id.org/decision-kg/actor/NO")
WORDS = "ferry weapons strike ban bridge tolls 3 5 Elmhaven night trade oysters until hydrogen import export".split()
#: A short text, and two copies of a long one.
LONG = " ".join(f"word{place} of the long report" for place in range(30))
TEXTS = ("Headline\nText", f"Headline\n{LONG}", f"Other headline\n{LONG} and its end")
TYPES = ("permit", "prohibit", "refuse", "commit", "request", "warn")


@st.composite
def claims(draw: st.DrawFn, article: str, place: int) -> ClaimRecord:
    """A claim in words that other claims use too, so that there is something to merge."""
    iri = f"{article}#{place}"

    def actor(role: str, names: tuple[str, ...], kind: str) -> ActorRecord:
        name = draw(st.sampled_from(names))
        anonymous = kind == "group"
        state = draw(st.sampled_from(STATES)) if kind == "person" else ""
        return ActorRecord(
            iri=f"{iri}/{role}", article=article, names=(name,), kind=kind, state=state, anonymous=anonymous
        )

    def phrase() -> str:
        return " ".join(draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4)))

    sides = [(PEOPLE, "person"), (BODIES, "organisation"), (("two officials",), "group")]
    limit = st.builds(
        ConstraintRecord,
        iri=st.just(f"{iri}/limit"),
        kind=st.sampled_from(("temporal", "spatial", "quantity")),
        effect=st.sampled_from(("only", "except")),
        texts=st.just((phrase(),)),
    )
    speaker = actor("source", *draw(st.sampled_from(sides)))
    link = LinkRecord(speaker=speaker, kind=draw(st.sampled_from(("outlet", "person"))))
    action = phrase()
    return ClaimRecord(
        iri=iri,
        article=article,
        type=draw(st.sampled_from(TYPES)),
        status=draw(st.sampled_from(("made", "denied", "considered", "ended"))),
        actors=(actor("actor", *draw(st.sampled_from(sides))),),
        recipients=(actor("recipient", *draw(st.sampled_from(sides))),) if draw(st.booleans()) else (),
        actions=(action,),
        constraints=tuple(draw(st.lists(limit, max_size=1))),
        chains=((link,),) if draw(st.booleans()) else (),
        quotes=(action,),
    )


@st.composite
def articles(draw: st.DrawFn) -> list[ArticleRecord]:
    """One to five articles of up to three claims."""
    found = []
    for number in range(draw(st.integers(1, 5))):
        iri = f"https://e.example/article-{number}"
        found.append(
            ArticleRecord(
                iri=iri,
                publisher=draw(st.sampled_from(("", "Harbour Post", "the Harbour Post", "Valley Radio", "Reuters"))),
                published=draw(st.sampled_from(("", "2026-01-01", "2026-01-02", "2026-08-01", "spring"))),
                text=draw(st.sampled_from(TEXTS)),
                claims=tuple(draw(claims(iri, place)) for place in range(draw(st.integers(0, 3)))),
            )
        )
    return found
