"""Limits that are one, and limits that only look it; origins and agreement."""

from dataclasses import replace
from itertools import count

import pytest

from kg.fusion import fuse_records
from kg.fusion.clusters import cluster_pairs
from kg.fusion.limits import compare_limits, prepare_limits
from kg.fusion.lookup import Lookup
from kg.fusion.phrases import compare_phrases, parse_phrase
from kg.fusion.records import ActorRecord, ArticleRecord, ClaimRecord, ConstraintRecord, LinkRecord, ValueRecord
from kg.ontology import Ontology

NUMBERS = count(1)


def make_limit(text: str, *, kind: str = "spatial", effect: str = "only", value: ValueRecord | None = None):  # type: ignore[no-untyped-def]
    iri = f"https://e.example/limit-{next(NUMBERS)}"
    return ConstraintRecord(iri=iri, kind=kind, effect=effect, texts=(text,), value=value)


def compare(lookup: Lookup, one: ConstraintRecord, other: ConstraintRecord) -> float:
    claims = [
        ClaimRecord(iri=f"https://e.example/{place}", article=str(place), type="permit", constraints=(limit,))
        for place, limit in enumerate((one, other))
    ]
    (mine,), (theirs,) = (prepare_limits(claim, lookup) for claim in claims)
    return compare_limits(mine, theirs)


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("near Kharkiv", "in the Kharkov region", "spatial"),
        ("for counter-fire purposes", "counterfire purposes", "purpose"),
        ("for one year", "for 1 year", "temporal"),
        ("up to $200m", "200 million dollars at most", "quantity"),
        ("4.5 per cent of turnover", "4.5% of turnover", "quantity"),
        ("American arms", "US weapons", "instrument"),
    ],
)
def test_limits_that_are_one(lookup: Lookup, one: str, other: str, kind: str) -> None:
    assert compare(lookup, make_limit(one, kind=kind), make_limit(other, kind=kind)) >= 0.62


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("near Kharkiv", "near Odesa", "spatial"),
        ("ATACMS", "the Army Tactical Missile System", "instrument"),
        ("for two weeks", "for three weeks", "temporal"),
        ("imports", "exports", "target"),
    ],
)
def test_limits_that_are_two(lookup: Lookup, one: str, other: str, kind: str) -> None:
    assert compare(lookup, make_limit(one, kind=kind), make_limit(other, kind=kind)) < 0.62


def test_effects_divide_limits_but_not_conditions(lookup: Lookup) -> None:
    assert compare(lookup, make_limit("bakers", effect="only"), make_limit("bakers", effect="except")) == 0
    one, other = (make_limit("if talks fail", kind="condition", effect=effect) for effect in ("only", "requires"))
    assert compare(lookup, one, other) == 1


def test_normalised_values_decide(lookup: Lookup) -> None:
    may = ValueRecord(datatype="date", value="2026-05-01")
    one = make_limit("until May Day", kind="temporal", value=may)
    assert compare(lookup, one, make_limit("through 1 May", kind="temporal", value=may)) == 1
    june = ValueRecord(datatype="date", value="2026-06-01")
    assert compare(lookup, one, make_limit("until May Day", kind="temporal", value=june)) == 0


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("P90D", "P3M", 1),
        ("P36M", "P3Y", 1),
        ("PT48H", "P2D", 1),
        ("P1Y6M", "P18M", 1),
        ("P3M", "P2M", 0),
        ("P100D", "P99D", 0),
        ("P1M", "P4W", 0),
    ],
)
def test_lengths_of_time_are_one_in_other_units(lookup: Lookup, one: str, other: str, same: float) -> None:
    limits = (
        make_limit(f"for {value}", kind="temporal", value=ValueRecord(datatype="duration", value=value))
        for value in (one, other)
    )
    assert compare(lookup, *limits) == same


def test_synonyms_count_and_opposites_do_not(lookup: Lookup) -> None:
    def near(one: str, other: str) -> float:
        return compare_phrases(parse_phrase(one, lookup), parse_phrase(other, lookup))

    assert near("use American weapons", "the use of US arms") > 0.6
    assert near("grain imports", "grain exports") < near("grain imports", "imports of grain")
    assert near("raise the toll", "lower the toll") < 0.7 * near("raise the toll", "increase the toll") + 0.3


def test_chains_do_not_join_what_is_far_apart() -> None:
    near = {("a", "b"): 0.9, ("b", "c"): 0.9, ("a", "c"): 0.1}

    def compare_keys(one: str, other: str) -> float:
        return near[one, other]

    scores = {pair: score for pair, score in near.items() if score > 0.5}
    assert cluster_pairs("abc", scores, compare=compare_keys, least_mean=0.6, least=0.3) == [("a", "b"), ("c",)]


def tell(number: int, publisher: str, *chain: tuple[str, str], status: str = "made") -> ArticleRecord:
    """An article that tells of one ban, by a source chain of (name, kind)."""
    iri = f"https://e.example/article-{number}"
    links = tuple(
        LinkRecord(
            speaker=ActorRecord(
                iri=f"{iri}/{name}", article=iri, names=(name,), kind="organisation", anonymous=kind == "anonymous"
            ),
            kind=kind,
        )
        for name, kind in chain
    )
    actor = ActorRecord(iri=f"{iri}/actor", article=iri, names=("France",), kind="state")
    claim = ClaimRecord(
        iri=f"{iri}/claim",
        article=iri,
        type="prohibit",
        status=status,
        actors=(actor,),
        actions=("night flights over the wetlands",),
        chains=(links,) if links else (),
        quotes=("France banned night flights over the wetlands",),
    )
    return ArticleRecord(iri=iri, publisher=publisher, published="2026-03-01", text=f"Story {number}", claims=(claim,))


@pytest.mark.parametrize(
    ("articles", "origins", "agreement"),
    [
        ([tell(1, "Harbour Post"), tell(2, "Valley Radio")], 2, "corroborated"),
        ([tell(1, "Harbour Post"), tell(2, "Valley Radio", ("Harbour Post", "outlet"))], 1, "single-origin"),
        ([tell(1, "A", ("Nordic Wire", "outlet")), tell(2, "B", ("Nordic Wire", "outlet"))], 1, "single-origin"),
        (
            [tell(1, "A", ("flight board", "organisation")), tell(2, "B", ("flight board", "organisation"))],
            2,
            "corroborated",
        ),
        (
            [tell(1, "A", ("Flight Board", "organisation")), tell(2, "B", ("Flight Board", "organisation"))],
            1,
            "single-origin",
        ),
        ([tell(1, "A", ("an aide", "anonymous")), tell(2, "B", ("an aide", "anonymous"))], 2, "corroborated"),
        ([tell(1, "A"), tell(2, "B", status="denied")], 2, "disputed"),
        ([tell(1, "A", status="denied"), tell(2, "B", status="denied")], 2, "denied"),
    ],
)
def test_origins_and_agreement(ontology: Ontology, articles: list[ArticleRecord], origins: int, agreement: str) -> None:
    (decision,) = fuse_records(articles, ontology).decisions
    assert (decision.origin_count, decision.agreement) == (origins, agreement)


def test_an_article_with_two_sources_is_one_account(ontology: Ontology) -> None:
    """Origins are named all, and counted no more often than there are articles to stand on them."""
    one = tell(1, "A", ("Nordic Wire", "outlet"))
    (claim,) = one.claims
    second = tell(1, "A", ("Flight Board", "organisation")).claims[0].chains
    both = replace(one, claims=(replace(claim, chains=claim.chains + second),))
    (decision,) = fuse_records([both], ontology).decisions
    assert (len(decision.origins), decision.origin_count, decision.agreement) == (2, 1, "single-origin")
    relayed = tell(2, "B", ("Nordic Wire", "outlet"))
    (decision,) = fuse_records([both, relayed], ontology).decisions
    assert (decision.origin_count, decision.agreement) == (2, "corroborated")
