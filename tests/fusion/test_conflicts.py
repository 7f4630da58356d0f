"""What one source states and another excludes: each kind of conflict, and what is none."""

from itertools import count
from pathlib import Path

import pytest

from kg.fusion import Fusion, fuse_records
from kg.fusion.conflicts import RESTRICT
from kg.fusion.records import ActorRecord, ArticleRecord, ClaimRecord, ConstraintRecord, ValueRecord
from kg.ontology import Ontology, load_ontology

NUMBERS = count(1)
RIVER = "barges on the upper river"


def make_limit(effect: str, text: str, *, kind: str = "temporal", value: ValueRecord | None = None) -> ConstraintRecord:
    iri = f"https://e.example/limit-{next(NUMBERS)}"
    return ConstraintRecord(iri=iri, kind=kind, effect=effect, texts=(text,), value=value)


def make_claim(
    kind: str,
    action: str = RIVER,
    *limits: ConstraintRecord,
    status: str = "made",
    headline: bool = False,
    concept: str = "",
) -> ClaimRecord:
    number = next(NUMBERS)
    actor = ActorRecord(iri=f"https://e.example/actor-{number}", article="", names=("Norway",), kind="state")
    return ClaimRecord(
        iri=f"https://e.example/claim-{number}",
        article="",
        type=kind,
        concept=concept,
        status=status,
        actors=(actor,),
        actions=(action,),
        constraints=limits,
        quotes=(f"Norway {kind} {action}",),
        headline=headline,
    )


def fuse(ontology: Ontology, *told: list[ClaimRecord], days: int = 0) -> Fusion:
    """Articles of several outlets, so many days apart, each with its claims."""
    articles = []
    for number, claims in enumerate(told):
        iri = f"https://e.example/article-{number}"
        owned = tuple(
            ClaimRecord(**{name: getattr(claim, name) for name in claim.__slots__} | {"article": iri})
            for claim in claims
        )
        published = f"2026-03-{1 + number * days:02}"
        articles.append(ArticleRecord(iri=iri, publisher=f"Outlet {number}", published=published, claims=owned))
    return fuse_records(articles, ontology)


def list_kinds(fusion: Fusion) -> list[str]:
    return sorted({conflict.kind for conflict in fusion.conflicts})


MAY, JUNE = (ValueRecord(datatype="date", value=f"2026-0{month}-01") for month in (5, 6))
#: Kind of the conflict, claims of the one outlet, claims of the other.
CONFLICTS = [
    ("limit", [make_claim("permit", RIVER, make_limit("only", "at night"))],
     [make_claim("permit", RIVER, make_limit("except", "at night"))]),
    ("permission", [make_claim("permit")], [make_claim("prohibit")]),
    ("permission", [make_claim("permit")], [make_claim("prohibit", RIVER, make_limit("only", "until 1 May", value=MAY))]),
    ("status", [make_claim("permit")], [make_claim("permit", status="denied")]),
    ("value", [make_claim("permit", RIVER, make_limit("only", "until 1 May", value=MAY))],
     [make_claim("permit", RIVER, make_limit("only", "until 1 June", value=JUNE))]),
    ("value", [make_claim("permit", RIVER, make_limit("only", "up to 40 barges", kind="quantity"))],
     [make_claim("permit", RIVER, make_limit("only", "at most 60 barges", kind="quantity"))]),
    ("headline", [make_claim("permit", headline=True), make_claim("prohibit")], []),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "one", "other"), CONFLICTS, ids=[f"{row[0]}-{n}" for n, row in enumerate(CONFLICTS)])
def test_each_kind_of_conflict_is_noted(
    ontology: Ontology, kind: str, one: list[ClaimRecord], other: list[ClaimRecord]
) -> None:
    fusion = fuse(ontology, one, other)
    assert list_kinds(fusion) == [kind]
    claims = {claim.iri for decision in fusion.decisions for claim in decision.claims}
    assert claims == {claim.iri for claim in (*one, *other)}
    assert all(len(conflict.sides) == 2 for conflict in fusion.conflicts)
    disputed = {part.agreement for decision in fusion.decisions for part in (decision, *decision.limits)}
    assert ("disputed" in disputed) == (kind != "headline")


@pytest.mark.parametrize(("kind", "one", "other"), CONFLICTS[:6], ids=[row[0] for row in CONFLICTS[:6]])
def test_what_later_articles_tell_may_have_changed(
    ontology: Ontology, kind: str, one: list[ClaimRecord], other: list[ClaimRecord]
) -> None:
    assert kind not in list_kinds(fuse(ontology, one, other, days=5))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (make_claim("permit"), make_claim("prohibit", "ferries on the upper river")),
        (make_claim("permit", RIVER, make_limit("only", "until 1 May", value=MAY)), make_claim("permit")),
        (
            make_claim("permit", RIVER, make_limit("except", "barges with coal", kind="target")),
            make_claim("prohibit", "barges with coal"),
        ),
        (make_claim("permit"), make_claim("prohibit", RIVER, make_limit("except", "ore barges", kind="target"))),
        (make_claim("permit"), make_claim("prohibit", RIVER, make_limit("only", "near the dam", kind="spatial"))),
        (make_claim("permit"), make_claim("prohibit", concept=RESTRICT)),
        (
            make_claim("permit", RIVER, make_limit("only", "at moorings on the upper river", kind="target")),
            make_claim("permit", RIVER, make_limit("except", "private moorings on the upper river", kind="target")),
        ),
        (
            make_claim("permit", RIVER, make_limit("only", "up to 2 million tonnes", kind="quantity")),
            make_claim("permit", RIVER, make_limit("only", "2m tonnes", kind="quantity")),
        ),
    ],
)
def test_what_excludes_nothing_is_no_conflict(ontology: Ontology, one: ClaimRecord, other: ClaimRecord) -> None:
    assert list_kinds(fuse(ontology, [one], [other])) == []


def test_actors_of_ones_own_join_their_names(tmp_path: Path) -> None:
    """``--actors FILE.ttl`` (or ``--ontology``): names that nothing else would bind, and a match elsewhere."""
    file = tmp_path / "actors.ttl"
    file.write_text(
        """@prefix kg: <https://w3id.org/decision-kg/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://mine.example/merfolk> a kg:KnownActor ; rdfs:label "Merfolk Union" ; skos:altLabel "Sea People" ;
    kg:actorKind kg:Organisation .""",
        encoding="utf-8",
    )
    articles = [
        ArticleRecord(
            iri=f"https://e.example/{number}",
            claims=(
                ClaimRecord(
                    iri=f"https://e.example/{number}/claim",
                    article=f"https://e.example/{number}",
                    type="prohibit",
                    actors=(
                        ActorRecord(
                            iri=f"https://e.example/{number}/actor", article="", names=(name,), kind="organisation"
                        ),
                    ),
                    actions=(RIVER,),
                    quotes=(RIVER,),
                ),
            ),
        )
        for number, name in enumerate(("Merfolk Union", "Sea People"))
    ]
    for ontology, decisions in ((load_ontology(), 2), (load_ontology(file), 1)):
        assert len(fuse_records(articles, ontology).decisions) == decisions
